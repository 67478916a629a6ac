"""How a letter is held still: the call of its round first, as whoever signs or closes does, and then itself."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.calls.actions.locking import lock_call

from ..models import Letter


def lock_letter(pk: int) -> Letter:
    """Nobody signs, withdraws, changes or closes it meanwhile; Refused if a round began at the same moment."""
    call_id = Letter.objects.values_list("round__call_id", flat=True).get(pk=pk)
    call = lock_call(call_id) if call_id else None
    letter = lock_alone(pk)
    if (letter.round.call_id if letter.round else None) != call_id:
        raise Refused(_("Somebody changed this letter at the same moment: look at it again."))
    if letter.round is not None and call is not None:
        # The same row in memory, so that what the call's actions do is seen here.
        letter.round.call = call
    return letter


def lock_alone(pk: int) -> Letter:
    """For whoever holds its call already.

    Read again once it is locked: what is joined would be as it was before the wait.
    """
    Letter.objects.select_related(None).select_for_update(of=("self",)).get(pk=pk)
    rows = Letter.objects.select_related("entry__society__entry", "grounds", "current", "round")
    letter: Letter = rows.get(pk=pk)
    return letter


def write_state(letter: Letter, state: str, holder: str, at: datetime) -> None:
    """What lists sort and narrow by stands on the entry."""
    letter.entry.state, letter.entry.touched_at = state, at
    letter.entry.save(update_fields=["state", "touched_at"])
    letter.holder, letter.holder_since = holder, at
    letter.save(update_fields=["holder", "holder_since"])
