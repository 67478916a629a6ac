"""What waits for the council's team of issues, positions and sign-on letters."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.rooms.positions.models import Issue, Position
from collegium.rooms.signons.models import Letter, Outsider

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


def letters(viewer: Viewer) -> Line:
    """Sign-on letters that go on when the team, or who clears and presides, takes the next step."""
    found = Letter.objects.filter(holder__in=["policy", "team", "officer"])
    told = found.aggregate(count=Count("pk"), oldest_at=Min("holder_since"))
    label, url = _("Sign-on letters that wait for the team"), reverse("signons:list")
    return Line(label=label, url=url, count=told["count"], oldest_at=told["oldest_at"])


def outsiders(viewer: Viewer) -> list[Line]:
    """Outside organizations that ask to sign, a line for each letter."""
    rows = Outsider.objects.filter(verified_at__isnull=False, outcome="").values("letter", "letter__entry__title")
    found = rows.annotate(count=Count("pk"), oldest_at=Min("verified_at")).order_by("letter")
    return [
        Line(
            label=_("Ask to sign from outside: %(title)s") % {"title": row["letter__entry__title"]},
            count=row["count"],
            url=reverse("signons:outsiders", args=[row["letter"]]),
            oldest_at=row["oldest_at"],
        )
        for row in found
    ]
