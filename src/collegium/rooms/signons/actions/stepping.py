"""What each step leaves: the state, who acts next, a row of the letter's history, and its event."""

from __future__ import annotations

from typing import Any

from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.entries.actions import change_audience
from collegium.core.trail import actions as trail

from .. import events
from ..course import STATES, Seen, State
from ..guards import Attempt
from ..models import Letter, Step
from .locking import write_state
from .reading import settle_readers


def take_step(letter: Letter, attempt: Attempt, *, by: Any) -> Step:
    """Part of a deed that has checked it and holds the letter."""
    state, was = STATES[attempt.now], letter.entry.state
    _widen(letter, state, by=by, attempt=attempt)
    write_state(letter, state.name, state.holder, attempt.at)
    step: Step = Step.objects.create(
        letter=letter, was=was, now=attempt.now, reason=attempt.reason, by=by, at=attempt.at, version=letter.current
    )
    trail.record(
        events.LETTER_MOVED,
        on=letter,
        by=by,
        acting_for=letter.entry.society if by else None,
        at=attempt.at,
        facts={
            "was": was,
            "now": attempt.now,
            "step": step.pk,
            "digest": letter.current.digest if letter.current else None,
        },
    )
    return step


def _widen(letter: Letter, state: State, *, by: Any, attempt: Attempt) -> None:
    """Let those see it for whom the state is; what was seen once stays seen."""
    publishes = state.seen == Seen.PUBLISHED and letter.publication == Letter.Publication.PUBLIC
    to = PUBLIC if publishes else MEMBERS
    if state.seen == Seen.INTERNAL or letter.entry.audience_id in (to, PUBLIC):
        return
    was_internal = letter.is_internal
    letter.entry.audience_id = change_audience(letter.entry, to=to, by=by, at=attempt.at).audience_id
    if was_internal:
        settle_readers(letter)
