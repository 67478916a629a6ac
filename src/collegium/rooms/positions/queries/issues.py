"""Issues as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from collegium.core.access.doors import get_visible
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group

from ..course import STATES
from ..models import Affected, Issue, Position, Triage
from .audiences import issue_address, position_address
from .similar import Similar

PAGE = 50
OPEN_STATES = (Issue.State.PROPOSED, Issue.State.REFERRED, Issue.State.ACCEPTED)


def visible_issues(viewer: Viewer) -> QuerySet[Issue]:
    """The issues the viewer sees, those that end first in front."""
    seen = Entry.objects.visible_to(viewer).filter(kind="issue")
    found: QuerySet[Issue] = Issue.objects.filter(entry__in=seen)
    return found


def issues_page(viewer: Viewer, *, state: str = "") -> list[Issue]:
    """The newest issues, of one state or of all, each with the societies it touches."""
    found = visible_issues(viewer)
    if state in Issue.State.values:
        found = found.filter(entry__state=state)
    touched = Prefetch("touches", Affected.objects.select_related("society__entry").order_by("society__entry__title"))
    return list(found.prefetch_related(touched).order_by("-entry__touched_at", "-pk")[:PAGE])


def issue_for_page(viewer: Viewer, pk: int) -> Issue:
    """The issue with all that was answered and decided, if the viewer sees it; otherwise Http404."""
    entry: Any = get_visible(Entry.objects.all(), viewer, pk=pk, kind="issue")
    triages = Triage.objects.select_related("into__entry", "to_group__entry").order_by("pk")
    touched = Affected.objects.select_related("society__entry").order_by("society__entry__title")
    rows = Issue.objects.select_related("tenure__seat__organization__entry").prefetch_related(
        "answers", Prefetch("triages", triages), Prefetch("touches", touched)
    )
    issue: Issue = rows.get(pk=entry.pk)
    return issue


def positions_of(issue: Issue, viewer: Viewer) -> list[Position]:
    """The positions that grew from it, as far as the viewer sees them."""
    seen = Entry.objects.visible_to(viewer).filter(kind="position")
    return list(Position.objects.filter(issue=issue, entry__in=seen).order_by("pk"))


def open_issues(viewer: Viewer, *, but: int) -> list[Issue]:
    """Those into which another can be merged."""
    found = visible_issues(viewer).filter(entry__state__in=OPEN_STATES).exclude(pk=but)
    return list(found.order_by("entry__title", "pk"))


def visible_groups(viewer: Viewer) -> list[Group]:
    seen = Entry.objects.visible_to(viewer).filter(kind="group")
    return list(Group.objects.filter(entry__in=seen).order_by("entry__title"))


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A similar thing as the page shows it."""

    title: str
    url: str
    kind: str
    state: str


def shown(found: list[Similar]) -> list[SimilarRow]:
    """With addresses and words for what they are."""
    rows = []
    for one in found:
        entry = Entry(pk=one.id, kind=one.kind)
        is_issue = one.kind == "issue"
        state = Issue.State(one.state).label if is_issue else STATES[one.state].label
        rows.append(
            SimilarRow(one.title, (issue_address if is_issue else position_address)(entry), one.kind, str(state))
        )
    return rows
