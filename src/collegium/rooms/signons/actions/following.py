"""What a letter does as the call of its round closes or is cancelled, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from collegium.core.calls.models import Call, Extension

from ..course import ADDED, CANCELLED, CLOSED, SENT
from ..guards import Attempt, check_before_delivery
from ..models import Letter, Round
from ..rules.letters import check_move_letter
from .listing import assemble, list_signatures
from .locking import lock_alone
from .sending import store_addendum
from .stepping import take_step


def _of(call: Call) -> tuple[Letter, Round] | None:
    """The letter, held still, if the call is that of its present round."""
    made = Round.objects.get(call=call)
    letter = lock_alone(made.letter_id)
    if letter.round_id != made.pk:
        return None
    assert letter.round is not None  # just compared
    letter.round.call = call
    return letter, letter.round


def closed(call: Call, at: datetime) -> None:
    """The list is made; of later names an addendum, which goes to the addressee beside the letter."""
    found = _of(call)
    if found is None:
        return
    letter, made = found
    is_late = made.kind == Round.Kind.ADDENDUM
    signatures = list_signatures(letter, call, at, is_late=is_late)
    # Where no later names came there is no addendum.
    attempt = Attempt((ADDED if signatures else SENT) if is_late else CLOSED, at)
    check_move_letter(None, letter, attempt, taken_by="clock")
    if is_late and signatures:
        assemble(letter, is_late=True)
        store_addendum(letter, at)
    take_step(letter, attempt, by=None)


def cancelled(call: Call, at: datetime) -> None:
    """Whoever cancels the call cancels the letter; an addendum that is called off leaves the letter as it was sent."""
    found = _of(call)
    if found is None:
        return
    letter, made = found
    if letter.entry.state == CANCELLED:
        return
    to = SENT if made.kind == Round.Kind.ADDENDUM else CANCELLED
    attempt = Attempt(to, at, call.cancelled_for)
    check_move_letter(None, letter, attempt, taken_by="call")
    take_step(letter, attempt, by=None)


def extended(extension: Extension) -> None:
    """However long societies have, a whole day lies between the end and the day of delivery."""
    found = _of(extension.call)
    if found is not None and found[1].kind != Round.Kind.ADDENDUM:
        check_before_delivery(found[0], extension.closes_at)
