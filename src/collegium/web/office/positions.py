"""What waits for the council's team of issues and positions."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.rooms.positions.models import Issue, Position

from .registry import Line


def issues(viewer: Viewer) -> Line:
    """Issues nobody has decided of."""
    found = Issue.objects.filter(entry__state=Issue.State.PROPOSED)
    told = found.aggregate(count=Count("pk"), oldest_at=Min("entry__created_at"))
    url = reverse("positions:issues") + "?state=proposed"
    return Line(label=_("Issues to decide"), url=url, count=told["count"], oldest_at=told["oldest_at"])


def positions(viewer: Viewer) -> Line:
    """Positions that go on when the team takes the next step."""
    found = Position.objects.filter(holder="team")
    told = found.aggregate(count=Count("pk"), oldest_at=Min("holder_since"))
    label, url = _("Positions that wait for the team"), reverse("positions:list")
    return Line(label=label, url=url, count=told["count"], oldest_at=told["oldest_at"])
