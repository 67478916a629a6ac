"""Counting what is stored, once a ballot is closed and nothing waits for a ruling."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Call, RollRow
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot, Count, Release
from ..queries.counting import count
from ..rules import check_count, check_release, is_paused
from .locking import lock_ballot, write_state


def advance_ballots(*, at: datetime) -> int:
    """Close early what may be and count what is closed, each in a transaction of its own; may run twice."""
    taken = 0
    running = Call.objects.running().filter(ballot__isnull=False, closes_at__gt=at).select_related("ballot")
    for call in running.order_by("pk"):
        taken += _close_early(call, at)
    for ballot in Ballot.objects.uncounted().filter(is_secret=False).order_by("pk"):
        taken += _done(count_ballot, ballot, at=at)
    return taken


def _close_early(call: Call, at: datetime) -> int:
    """Where the rule says so and everybody who takes part has voted. Never because more votes would change nothing."""
    if not call.ballot.ruleset.closes_early or is_paused(call.ballot):
        return 0
    roll = RollRow.objects.filter(call=call, struck_at=None)
    if not roll.exists() or roll.filter(is_answered=False).exists():
        return 0
    return _done(calls.close_early, call, by=None, at=at)


def _done(deed: Any, thing: Any, **words: Any) -> int:
    try:
        deed(thing, **words)
    except Refused:
        # It waits for a ruling, or somebody else was first.
        return 0
    return 1


@transaction.atomic
def count_ballot(ballot: Ballot, *, at: datetime) -> Count:
    """Count the stored votes; what cannot be counted is an outcome of its own, and nothing is lost."""
    locked = lock_ballot(ballot.pk)
    check_count(locked)
    return _count(locked, at)


@transaction.atomic
def release_box(ballot: Ballot, *, viewer: Viewer, at: datetime) -> Ballot:
    """One of two who let a secret ballot be counted; with the second it is."""
    locked = lock_ballot(ballot.pk)
    check_release(viewer, locked)
    assert viewer.person is not None  # checked
    release = Release.objects.create(ballot=locked, by=viewer.person, at=at)
    trail.record(events.BALLOT_RELEASED, on=release, by=viewer.person, at=at)
    if Release.objects.filter(ballot=locked).count() >= 2:
        _count(locked, at)
    return locked


def _count(ballot: Ballot, at: datetime) -> Count:
    made = counted_again(ballot, at)
    ballot.counted_at, ballot.outcome = at, made.outcome
    ballot.save(update_fields=["counted_at", "outcome"])
    write_state(ballot, Ballot.State.COUNTED, at)
    facts = {"outcome": made.outcome, "digest": made.digest, "papers": made.papers_hash}
    trail.record(events.BALLOT_COUNTED, on=made, by=None, at=at, facts=facts)
    return made


def counted_again(ballot: Ballot, at: datetime) -> Count:
    """A count of what is stored now, kept beside those before it."""
    number = Count.objects.filter(ballot=ballot).count() + 1
    try:
        found = count(ballot)
    except ValueError:
        error = Ballot.Outcome.COUNT_ERROR
        return Count.objects.create(ballot=ballot, number=number, outcome=error, result={}, at=at)
    return Count.objects.create(
        ballot=ballot,
        number=number,
        outcome=found.outcome,
        result=found.result,
        papers_hash=found.papers_hash,
        digest=found.digest,
        at=at,
    )
