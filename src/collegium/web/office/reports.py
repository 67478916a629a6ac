"""What waits for the officers of groups, as the council's team may know of it: how much, and since when."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.rooms.discussions.queries.moderation import waiting_by_group

from .registry import Line


def unattended(viewer: Viewer) -> list[Line]:
    """Groups in which something waits and nobody is there to decide it: the team names an officer."""
    return [
        Line(
            label=_("Waiting in %(group)s, which has no officer") % {"group": row["name"]},
            count=row["reports"] + row["held"],
            url=reverse("office:reports"),
            oldest_at=row["oldest"],
        )
        for row in waiting_by_group(viewer)
        if not row["officers"]
    ]
