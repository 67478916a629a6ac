"""Invariants of ballots, for `collegium check`."""

from __future__ import annotations

from collections.abc import Iterator

from collegium.core.calls.models import Answer, RollRow

from ..models import Ballot, BoxPaper, Count, Paper
from .counting import count


def unsound_ballots() -> Iterator[str]:
    """A sentence for each box that does not fit its roll, and each count that its votes do not give again."""
    for ballot in Ballot.objects.loaded().order_by("pk"):
        if ballot.is_secret:
            yield from _unsound_box(ballot)
        if ballot.counted_at is not None and ballot.outcome != Ballot.Outcome.COUNT_ERROR:
            yield from _unsound_count(ballot)


def _unsound_box(ballot: Ballot) -> Iterator[str]:
    answered = Answer.objects.filter(row__call=ballot.call_id, ended_at=None).values("row")
    marked = RollRow.objects.filter(call=ballot.call_id, is_answered=True).exclude(pk__in=answered).count()
    waiting = BoxPaper.objects.filter(ballot=ballot).count()
    found = waiting + Paper.objects.filter(ballot=ballot).count()
    if found != marked:
        yield f"ballot {ballot.pk}: {marked} have voted and {found} votes are there"
    if waiting and ballot.call.closed_at is not None:
        yield f"ballot {ballot.pk}: it is closed and its box is not empty"


def _unsound_count(ballot: Ballot) -> Iterator[str]:
    result = Count.objects.filter(ballot=ballot, certification=None).latest("number")
    try:
        digest = count(ballot).digest
    except ValueError:
        digest = ""
    if digest != result.digest:
        yield f"ballot {ballot.pk}: its votes no longer give the result that was counted"
