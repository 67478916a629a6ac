"""What the audiences of groups are called and where a group is read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.entries.models import Entry

from ..models import Circle, Group


def circle_names(ids: list[int]) -> dict[int, str]:
    """The group's name; for a circle that was current before a widening, with its number."""
    rows = Circle.objects.filter(audience__in=ids).select_related("group__entry")
    return {
        row.audience_id: row.group.name
        if row.pk == row.group.circle_id
        else _("%(group)s, as it was before it was widened") % {"group": row.group.name}
        for row in rows
    }


def officers_names(ids: list[int]) -> dict[int, str]:
    rows = Group.objects.filter(officers_audience__in=ids)
    return {row.officers_audience_id: _("officers of %(group)s") % {"group": row.name} for row in rows}


def group_address(entry: Entry) -> str:
    return reverse("groups:group", args=[entry.group.slug])


def undertaking_address(entry: Entry) -> str:
    return reverse("undertakings:undertaking", args=[entry.undertaking.slug])
