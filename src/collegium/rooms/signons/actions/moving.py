"""The one way a letter goes from one state to another by hand, and what each step does on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.people.queries import member_societies
from collegium.core.trail import actions as trail

from .. import events
from ..course import ADDING, ASSEMBLED, CANCELLED, CIRCULATING, SENT
from ..guards import Attempt, standing
from ..models import Letter, Round, Step
from ..rules.letters import check_deliver_addendum, check_move_letter
from ..rules.words import check_needed_line, check_reason
from .listing import assemble
from .locking import lock_letter
from .rounds import begin_round
from .sending import store_papers
from .stepping import take_step


@transaction.atomic
def move_letter(
    letter: Letter,
    *,
    to: str,
    viewer: Viewer,
    at: datetime,
    reason: str = "",
    closes_at: datetime | None = None,
    locks_at: datetime | None = None,
) -> Step:
    """Take a step of the table: its guards hold, what it brings is done, and who acts next is said.

    Where societies are asked they are so until `closes_at`; an assembled list can be left until `locks_at`.
    """
    attempt = Attempt(to, at, check_reason(reason), closes_at, locks_at)
    locked = lock_letter(letter.pk)
    check_move_letter(viewer, locked, attempt)
    if to in _BRINGS:
        _BRINGS[to](locked, attempt, viewer.person)
    step = take_step(locked, attempt, by=viewer.person)
    if to == CANCELLED:
        _cancel(locked, attempt, viewer.person)
    return step


def _circulate(letter: Letter, attempt: Attempt, by: Any) -> None:
    assert attempt.closes_at is not None  # the guard has asked
    begin_round(letter, Round.Kind.FIRST, closes_at=attempt.closes_at, by=by, at=attempt.at)


def _assemble(letter: Letter, attempt: Attempt, by: Any) -> None:
    letter.locks_at = attempt.locks_at
    letter.save(update_fields=["locks_at"])
    assemble(letter)


def _send(letter: Letter, attempt: Attempt, by: Any) -> None:
    """The files are made and stored; from now on nothing replaces them. Later names come from another page."""
    letter.sent_at, letter.outside_key = attempt.at, ""
    letter.save(update_fields=["sent_at", "outside_key"])
    store_papers(letter, attempt.at)


def _take_later(letter: Letter, attempt: Attempt, by: Any) -> None:
    signed = {signature.society_id for signature in standing(letter)}
    left = [one.pk for one in member_societies(attempt.at) if one.pk not in signed]
    if not left:
        raise Refused(_("All member societies have signed."))
    assert letter.late_until is not None  # the guard has asked
    begin_round(letter, Round.Kind.ADDENDUM, closes_at=letter.late_until, by=by, at=attempt.at, only=tuple(left))


def _cancel(letter: Letter, attempt: Attempt, by: Any) -> None:
    """Its call goes with it; what was said is kept and counts for nothing. Outside organizations sign no more."""
    letter.outside_key = ""
    letter.save(update_fields=["outside_key"])
    if letter.round is not None and not letter.round.call.is_over:
        calls.cancel_call(letter.round.call, reason=attempt.reason, by=by, at=attempt.at)


_BRINGS: dict[str, Callable[[Letter, Attempt, Any], None]] = {
    CIRCULATING: _circulate,
    ASSEMBLED: _assemble,
    SENT: _send,
    ADDING: _take_later,
}


@transaction.atomic
def deliver_addendum(letter: Letter, *, how: str, viewer: Viewer, at: datetime) -> Letter:
    """Note how the addressee was given the later names."""
    how = check_needed_line(how)
    locked = lock_letter(letter.pk)
    check_deliver_addendum(viewer, locked)
    locked.addendum_delivered_at, locked.addendum_delivered_how = at, how
    locked.save(update_fields=["addendum_delivered_at", "addendum_delivered_how"])
    trail.record(events.ADDENDUM_DELIVERED, on=locked, by=viewer.person, acting_for=locked.entry.society, at=at)
    return locked
