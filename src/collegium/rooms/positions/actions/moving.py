"""The one way a position goes from one state to another."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import change_audience
from collegium.core.people.rules import check_time_zone
from collegium.core.trail import actions as trail

from .. import events
from ..course import STATES, TAKES_COMMENTS, Seen, State, latest_dates, moves_from
from ..guards import Attempt, decided_wording
from ..models import Position, Step
from ..queries.due import due
from ..rules.issues import check_reason
from ..rules.positions import check_move_position, check_questions, stepping_society
from .asking import end_asking, hold_asked, open_window
from .consulting import anchor_anew, open_consultation
from .following import follow_step
from .positions import lock_position, settle_readers
from .texts import present


@transaction.atomic
def move_position(
    position: Position,
    *,
    to: str,
    viewer: Viewer | None,
    at: datetime,
    reason: str = "",
    closes_at: datetime | None = None,
    zone: str = "UTC",
    questions: str = "",
) -> Step:
    """Take a step of the table: its guards hold, the text it is taken with is kept, and who acts next is said.

    Where societies are asked, the newest revision is frozen until `closes_at` and a call asks them; what the
    step before asked is closed. Without a viewer the clock acts.
    """
    check_time_zone(zone)
    reason = check_reason(reason) if reason.strip() else ""
    hold_asked(position)
    locked = lock_position(position)
    was, attempt = locked.entry.state, Attempt(to, at, reason, closes_at, zone, check_questions(questions))
    check_move_position(viewer, locked, attempt)
    state = STATES[to]
    _widen(locked, state, by=viewer.person if viewer else None, at=at)
    if state.seen != Seen.INTERNAL and not state.edits:
        _show(locked, state, by=viewer.person if viewer else None, at=at)
    _note_dates(locked, to, was, at)
    locked.holder, locked.holder_since = state.holder, at
    locked.save(update_fields=["holder", "holder_since", *_DATES])
    locked.entry.state, locked.entry.touched_at = to, at
    locked.entry.save(update_fields=["state", "touched_at"])
    end_asking(locked, by=viewer.person if viewer else None, at=at)
    open_window(locked, state, attempt, by=viewer.person if viewer else None)
    step = _record(locked, was, attempt, viewer)
    for replaced in follow_step(locked, step):
        move_position(replaced, to="superseded", viewer=None, at=at)
    return step


def _show(position: Position, state: State, *, by: Any, at: datetime) -> None:
    """Let the societies read the newest revision; where they comment, find their earlier comments in it."""
    present(position, at)
    if state.name in TAKES_COMMENTS:
        open_consultation(position, by=by, at=at)
    anchor_anew(position)


def take_due_steps(*, at: datetime) -> int:
    """What the clock does: windows that closed, reviews that fell due, each in a transaction of its own.

    May run at any time and twice; what somebody does meanwhile goes before. Returns how many steps were taken.
    """
    taken = 0
    for position in Position.objects.filter(due(at)).distinct().order_by("pk"):
        for move in moves_from(position.entry.state):
            if move.clock:
                with suppress(Refused):
                    reason = _("Its review is due.") if move.needs_reason else ""
                    move_position(position, to=move.now, viewer=None, at=at, reason=reason)
                    taken += 1
    return taken


def _record(position: Position, was: str, attempt: Attempt, viewer: Viewer | None) -> Step:
    # What is adopted is frozen: it is the text every later step is about.
    revision, by = position.adopted or position.current, viewer.person if viewer else None
    step: Step = Step.objects.create(
        position=position, was=was, now=attempt.now, reason=attempt.reason, by=by, at=attempt.at, revision=revision
    )
    trail.record(
        events.POSITION_MOVED,
        on=position,
        by=by,
        at=attempt.at,
        acting_for=stepping_society(viewer) if viewer else None,
        facts={"was": was, "now": attempt.now, "step": step.pk, "digest": revision.digest if revision else None},
    )
    return step


def _widen(position: Position, state: State, *, by: Any, at: datetime) -> None:
    """Let those see it for whom the state is; what was seen once stays seen."""
    entry = position.entry
    to = {Seen.MEMBERS: MEMBERS, Seen.PUBLIC: PUBLIC}.get(state.seen)
    if to is None or entry.audience_id in (to, PUBLIC):
        return
    was_internal = position.is_internal
    entry.audience_id = change_audience(entry, to=to, by=by, at=at).audience_id
    if was_internal:
        settle_readers(position)


_DATES = ("adopted", "adopted_at", "published_at", "review_on", "sunset_on", "was_deferred")


def _note_dates(position: Position, to: str, was: str, at: datetime) -> None:
    """What follows from a step for the dates of the position."""
    if to == "adopted":
        position.adopted, position.adopted_at = decided_wording(position), at
    if to == "public":
        position.published_at = position.published_at or at
        # Days said before it was published stand unless they are over; whoever reaffirms it begins anew.
        review_on, sunset_on = latest_dates(at)
        if was == "adopted":
            review_on, sunset_on = (
                day if day and at.date() < day < last else last
                for day, last in ((position.review_on, review_on), (position.sunset_on, sunset_on))
            )
            review_on = min(review_on, sunset_on)
        position.review_on, position.sunset_on = review_on, sunset_on
    if to == "deferred":
        position.was_deferred = True
