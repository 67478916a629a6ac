"""Two certify at once, votes come in while it closes, two vote for one society: each is done once, or told why not."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions as calls
from collegium.core.groups.tests.cast import build_cast
from collegium.core.groups.tests.meeting import Other
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import BoxPaper, Certification, Count, Paper
from collegium.rooms.ballots.queries.checking import unsound_ballots

from .scene import closed, fresh, opened, row_of, secretly, vote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(db):
    return build_cast()


def test_two_who_certify_at_once_certify_it_once(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    ballot, at = closed(ballot)
    first = Other(lambda: actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)).hold()
    second = Other(lambda: actions.certify_ballot(ballot, viewer=cast.viewer("chair", at), at=at)).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert (fresh(ballot).certified_at, Certification.objects.count(), Count.objects.count()) == (at, 2, 3)
    assert Event.objects.filter(name="ballot.certified").count() == 1


def test_the_same_person_twice_at_once_certifies_once(cast):
    ballot, _at = opened(cast)
    ballot, at = closed(ballot)
    first = Other(lambda: actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)).hold()
    second = Other(lambda: actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)).start()
    first.let_go()
    with pytest.raises(Refused, match="takes a second person"):
        second.let_go()
    assert fresh(ballot).certified_at is None


def test_a_secret_vote_under_way_is_in_the_box_before_it_is_emptied(cast):
    ballot, _at = opened(cast, is_secret=True)
    last = ballot.call.closes_at.replace(microsecond=0) - (ballot.call.closes_at - ballot.call.opens_at) / 1000
    casting = Other(lambda: secretly(ballot, cast.delegate, "yes", last)).hold()
    closing = Other(lambda: calls.close_call(ballot.call, at=ballot.call.closes_at)).start()
    assert closing.is_waiting
    casting.let_go()
    closing.let_go()
    assert (Paper.objects.count(), BoxPaper.objects.count()) == (1, 0)
    assert list(unsound_ballots()) == []


def test_who_casts_while_it_closes_is_told_and_leaves_nothing(cast):
    ballot, at = opened(cast, is_secret=True)
    closing = Other(lambda: calls.close_call(ballot.call, at=ballot.call.closes_at)).hold()
    casting = Other(lambda: secretly(ballot, cast.delegate, "yes", at)).start()
    assert casting.is_waiting
    closing.let_go()
    with pytest.raises(Refused, match="time for answers is over"):
        casting.let_go()
    assert (Paper.objects.count(), BoxPaper.objects.count()) == (0, 0)
    assert not row_of(ballot, cast.delegate).is_answered


def test_one_row_puts_one_paper_into_the_box(cast):
    ballot, at = opened(cast, is_secret=True)
    first = Other(lambda: secretly(ballot, cast.delegate, "yes", at)).hold()
    second = Other(lambda: secretly(ballot, cast.delegate, "no", at)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="is not changed"):
        second.let_go()
    assert BoxPaper.objects.get().choice == "yes"


def test_two_secret_votes_do_not_wait_for_each_other(cast):
    ballot, at = opened(cast, is_secret=True)
    first = Other(lambda: secretly(ballot, cast.delegate, "yes", at)).hold()
    second = Other(lambda: secretly(ballot, cast.chair, "no", at)).start()
    assert not second.is_waiting
    first.let_go()
    second.let_go()
    assert BoxPaper.objects.count() == 2


def test_a_vote_and_a_pause_at_once_are_one_after_the_other(cast):
    ballot, at = opened(cast)
    pausing = Other(lambda: actions.pause_ballot(ballot, reason="Fault", viewer=cast.viewer("chair", at), at=at)).hold()
    voting = Other(lambda: vote(ballot, cast.delegate, "yes", at)).start()
    assert voting.is_waiting
    pausing.let_go()
    with pytest.raises(Refused, match="is paused"):
        voting.let_go()
