"""The page on which those who run a group see and change what it asks: undertakings, suspensions, readings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group, Need, Undertaking
from collegium.core.groups.queries import newest_versions, suspensions_of
from collegium.core.groups.rules import check_lift
from collegium.rooms.discussions.rules import allows

from ..together import together
from . import queries, readings


def conditions_page(group: Group, viewer: Viewer) -> dict[str, Any]:
    """What the group needs, who is suspended, who reads it."""
    needs = Need.objects.filter(group=group, period__contains=viewer.at).select_related("undertaking__entry")
    suspensions = suspensions_of(group, viewer.at).select_related("person", "given_by", "group")
    is_team = viewer.is_among(OFFICE)
    return {
        "group": group,
        "needs": list(needs.order_by("undertaking__entry__title")),
        "suspensions": [{"suspension": row, "may_lift": allows(check_lift, viewer, row)} for row in suspensions],
        "is_team": is_team,
        "may_ask": is_team and not queries.reads(viewer, group),
        **readings.shown(viewer, together(**readings.reading_lists(group, viewer))),
    }


def free_undertakings(group: Group, at: datetime) -> list[tuple[str, str]]:
    """Undertakings with a text that the group does not need yet, as choices."""
    needed = set(Need.objects.filter(group=group, period__contains=at).values_list("undertaking", flat=True))
    texts = [version.undertaking for version in newest_versions()]
    return [(undertaking.slug, undertaking.name) for undertaking in texts if undertaking.pk not in needed]


def undertaking_of(slug: str) -> Undertaking:
    """The undertaking of a choice."""
    return Undertaking.objects.get(slug=slug)


def end_of(day: date) -> datetime:
    """The midnight after a day, in the council's time zone."""
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone()).astimezone(UTC)
