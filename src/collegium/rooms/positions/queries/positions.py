"""Positions as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from collegium.core.access.doors import get_visible
from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry, Link
from collegium.core.entries.queries import links_of
from collegium.core.groups.models import Group
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.ballots.queries.showing import ballots_about

from ..course import HOLDERS, PUBLISHED, STATES, State, moves_from
from ..guards import SUPERSEDES, Attempt, check_guard, standing
from ..models import Block, Drafter, Position, PositionAffected, Revision, Step, Window
from ..rules.positions import WHO, sees_all_revisions

PAGE = 50


def visible_positions(viewer: Viewer) -> QuerySet[Position]:
    seen = Entry.objects.visible_to(viewer).filter(kind="position")
    found: QuerySet[Position] = Position.objects.filter(entry__in=seen)
    return found


def positions_page(viewer: Viewer, *, kind: str = "", state: str = "") -> list[Position]:
    """The positions that moved last, of one kind or state or of all."""
    found = visible_positions(viewer)
    if kind in Position.Kind.values:
        found = found.filter(kind=kind)
    if state in STATES:
        found = found.filter(entry__state=state)
    return list(found.order_by("-entry__touched_at", "-pk")[:PAGE])


def published_positions(at: datetime, *, limit: int = PAGE) -> list[Position]:
    """Those everybody may cite, with the text in force: first those of which something was decided last."""
    found = visible_positions(Viewer.of(None, at=at)).filter(published_at__isnull=False, entry__state__in=PUBLISHED)
    blocks = Prefetch("adopted__blocks", Block.objects.order_by("ordinal"))
    return list(found.select_related("adopted").prefetch_related(blocks).order_by("-entry__touched_at", "-pk")[:limit])


def position_for_page(viewer: Viewer, pk: int) -> Position:
    """The position, if the viewer sees it; otherwise Http404."""
    entry: Any = get_visible(Entry.objects.all(), viewer, pk=pk, kind="position")
    rows = Position.objects.select_related("current", "presented", "adopted", "issue__entry")
    position: Position = rows.get(pk=entry.pk)
    return position


def state_of(position: Position) -> State:
    return STATES[position.entry.state]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step the viewer may want to take: `hindrance` says what is missing yet."""

    now: str
    label: str
    hindrance: str = ""


def next_steps(position: Position, viewer: Viewer) -> list[NextStep]:
    """The steps of the table that are the viewer's, with what stands against each; a window is not asked for yet."""
    steps = []
    for move in moves_from(position.entry.state):
        if not WHO[move.who](viewer):
            continue
        hindrance = ""
        for guard in move.guards:
            if guard != "window_long_enough" and not hindrance:
                hindrance = _hindrance(guard, position, Attempt(move.now, viewer.at))
        steps.append(NextStep(move.now, str(move.label), hindrance))
    return steps


def _hindrance(guard: str, position: Position, attempt: Attempt) -> str:
    try:
        check_guard(guard, position, attempt)
    except Refused as refusal:
        return str(refusal.reason)
    return ""


# --- texts


def visible_revisions(position: Position, viewer: Viewer) -> list[Revision]:
    """The wordings the viewer may read: its drafters all, member societies those they were shown, the rest the one

    in force.
    """
    found = position.revisions.order_by("number")
    if not sees_all_revisions(viewer, position):
        found = found.filter(presented_at__isnull=False)
        if not viewer.is_among(MEMBERS):
            found = found.filter(pk__in=[position.adopted_id])
    return list(found)


def shown_revision(position: Position, viewer: Viewer) -> Revision | None:
    """The wording its page shows: the newest the viewer may read; in force, the one in force."""
    if position.entry.state in PUBLISHED:
        return position.adopted
    return position.current if sees_all_revisions(viewer, position) else position.presented


def blocks_of(revision: Revision | None) -> list[Block]:
    return list(Block.objects.filter(revision=revision).order_by("ordinal")) if revision else []


# --- around


@dataclass(frozen=True)
class Around:
    """What stands beside the text, as far as the viewer may know it."""

    state: State
    holder: str
    window: Window | None
    touches: list[PositionAffected]
    drafters: list[Drafter] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    replaces: list[Entry] = field(default_factory=list)
    replaced_by: list[Entry] = field(default_factory=list)
    is_member: bool = False


def around(position: Position, viewer: Viewer) -> Around:
    """Who drafts, and why each step was taken, is for member societies; whom it touches and replaces for everybody."""
    state = state_of(position)
    links = [link for link in links_of(position.entry, viewer) if link["kind"] == SUPERSEDES]
    is_member = viewer.is_among(MEMBERS)
    touches = PositionAffected.objects.filter(position=position).select_related("society__entry")
    return Around(
        state=state,
        holder=str(HOLDERS[state.holder]),
        window=_open_window(position, viewer.at),
        touches=list(touches.order_by("society__entry__title")),
        drafters=list(standing(position)) if is_member else [],
        steps=list(position.steps.select_related("by").order_by("-pk")) if is_member else [],
        replaces=[link["other"] for link in links if link["outward"]],
        replaced_by=[link["other"] for link in links if not link["outward"]],
        is_member=is_member,
    )


def ballots_beside(position: Position, viewer: Viewer) -> list[tuple[Ballot, str]]:
    """The ballots about it that the viewer sees, the newest first, each with what came of it or how far it is."""
    return [(ballot, _word_of(ballot, viewer)) for ballot in ballots_about(position.entry, viewer)]


def _word_of(ballot: Ballot, viewer: Viewer) -> str:
    decided = ballot.certified_at is not None and ballot.annulled_at is None
    return str(ballot.get_outcome_display() if decided else Ballot.State(ballot.state_at(viewer.at)).label)


def governing_bodies() -> list[Group]:
    """Which bodies may adopt it."""
    return list(Group.objects.filter(kind=Group.Kind.GOVERNING_BODY).order_by("entry__title"))


def _open_window(position: Position, at: datetime) -> Window | None:
    window = position.windows.last()
    return window if window is not None and window.state == position.entry.state else None


def other_positions(viewer: Viewer, *, but: int) -> list[Position]:
    """Those that can be replaced by another: what was published."""
    found = visible_positions(viewer).filter(entry__state__in=PUBLISHED).exclude(pk=but)
    return list(found.order_by("entry__title", "pk"))


def replaces(position: Position, other: Position) -> bool:
    """Whether the one is published and says that it replaces the other."""
    if position.entry.state not in PUBLISHED or other.entry.state not in PUBLISHED:
        return False
    return Link.objects.filter(kind=SUPERSEDES, source=position.pk, target=other.pk).exists()
