"""The sign-on letters that follow from a position."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.entries.queries import address

from ..models import Position


def letters_on(position: Position, viewer: Viewer) -> list[tuple[str, str, str]]:
    """Those the viewer sees, the newest first, each with what it is, its title and where it is read."""
    seen = Entry.objects.visible_to(viewer).filter(signon__grounds=position.pk)
    return [
        (_("A letter that follows from it"), one.title, address(one)) for one in seen.order_by("-touched_at", "-pk")
    ]
