"""Certifying a result by counting it again, and the chair's casting vote before that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot, CastingVote, Certification
from ..queries.results import certifications_of, result_of
from ..registry import outcomes
from ..rules import check_casting_vote, check_certify, manages
from .counting import counted_again
from .locking import lock_ballot, write_state


@transaction.atomic
def cast_deciding_vote(ballot: Ballot, *, choice: str, viewer: Viewer, at: datetime) -> Ballot:
    """The chair decides a tie, where the rule says so and the chair's own seat has not voted."""
    locked = lock_ballot(ballot.pk)
    check_casting_vote(viewer, locked, choice)
    assert viewer.person is not None  # checked
    vote = CastingVote.objects.create(ballot=locked, choice=choice, by=viewer.person, at=at)
    made = counted_again(locked, at)
    locked.outcome = made.outcome
    locked.save(update_fields=["outcome"])
    facts = {"outcome": made.outcome, "digest": made.digest, "choice": choice}
    trail.record(events.BALLOT_TIE_DECIDED, on=vote, by=viewer.person, at=at, facts=facts)
    return locked


@transaction.atomic
def certify_ballot(ballot: Ballot, *, viewer: Viewer, at: datetime) -> Ballot:
    """Have the stored votes counted again and say that the result is right; with the second person it is certified.

    A count that differs is no certification: the ballot has no result then, and can only be annulled.
    """
    locked = lock_ballot(ballot.pk)
    check_certify(viewer, locked)
    result = result_of(locked)
    again = counted_again(locked, at)
    facts = {"digest": again.digest, "count": again.number}
    if again.digest != result.digest:
        locked.outcome = Ballot.Outcome.COUNT_ERROR
        locked.save(update_fields=["outcome"])
        trail.record(events.COUNTS_DIFFERED, on=again, by=viewer.person, at=at, facts=facts)
        return locked
    assert viewer.person is not None  # checked
    certification = Certification.objects.create(
        ballot=locked, count=again, by=viewer.person, at=at, is_officer=manages(viewer, locked)
    )
    trail.record(events.COUNT_VERIFIED, on=certification, by=viewer.person, at=at, facts=facts)
    if certifications_of(locked, result).count() >= 2:
        _certified(locked, at)
    return locked


def _certified(ballot: Ballot, at: datetime) -> None:
    ballot.certified_at = at
    ballot.save(update_fields=["certified_at"])
    write_state(ballot, Ballot.State.CERTIFIED, at)
    if ballot.about is not None and ballot.about.kind in outcomes:
        outcomes.get(ballot.about.kind)(ballot, at)
    trail.record(events.BALLOT_CERTIFIED, on=ballot, by=None, at=at, facts={"outcome": ballot.outcome})
