"""How a ballot is held still: its call first, as whoever votes or closes does, and then itself."""

from __future__ import annotations

from datetime import datetime

from collegium.core.calls.actions.locking import lock_call

from ..models import Ballot


def lock_ballot(pk: int) -> Ballot:
    """Nobody votes, closes, counts or certifies meanwhile."""
    call = lock_call(Ballot.objects.values_list("call_id", flat=True).get(pk=pk))
    rows = Ballot.objects.select_for_update(of=("self",)).select_related(
        "entry", "body__entry", "body__circle", "about"
    )
    ballot = rows.get(pk=pk)
    # The same row in memory, so that what the call's actions do is seen here.
    ballot.call = call
    return ballot


def write_state(ballot: Ballot, state: str, at: datetime) -> None:
    """What lists sort and narrow by stands on the entry."""
    ballot.entry.state, ballot.entry.touched_at = state, at
    ballot.entry.save(update_fields=["state", "touched_at"])
