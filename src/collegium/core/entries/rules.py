"""Who may link what."""

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer

from .models import Entry
from .registry import link_kinds


def check_link(viewer: Viewer, source: Entry, target: Entry, kind: str) -> None:
    """Both ends must be seen by whoever links them, and must be two."""
    if kind not in link_kinds:
        raise Refused(_("There is no such kind of link."))
    if source.pk == target.pk:
        raise Refused(_("An entry cannot be linked to itself."))
    seen = Entry.objects.visible_to(viewer).filter(pk__in=[source.pk, target.pk]).count()
    if viewer.person_id is None or seen != 2:
        raise Refused(_("You can link only what you can see."))
