"""Who is approved most is elected, if enough approve."""

from __future__ import annotations

import pytest

from collegium.rooms.ballots.counting.approval import count_approval
from collegium.rooms.ballots.counting.shares import MAJORITY

THREE = (1, 2, 3)


def test_who_is_named_most_often_is_elected():
    result = count_approval([(1, 2), (2,), (2, 3), (3,), ()], candidates=THREE, seats=2, lots=THREE)
    assert (result.elected, result.approvals, result.papers, result.blank) == ((2, 3), {1: 1, 2: 3, 3: 2}, 4, 1)
    assert result.by_lot == ()


def test_the_last_place_among_equals_goes_by_the_lots_drawn_before_and_it_is_said():
    papers = [(1,), (1,), (2,), (3,)]
    result = count_approval(papers, candidates=THREE, seats=2, lots=(3, 2, 1))
    assert (result.elected, result.by_lot) == ((1, 3), (3, 2))


def test_nobody_is_elected_with_less_than_what_is_needed():
    papers = [(1,), (1, 2), (3,), (1,)]
    result = count_approval(papers, candidates=THREE, seats=3, lots=THREE, least=MAJORITY)
    assert (result.elected, result.needed) == ((1,), 3)
    assert count_approval([], candidates=THREE, seats=1, lots=THREE).elected == ()


@pytest.mark.parametrize(
    ("ballot", "lots", "seats"), [((1, 1), THREE, 1), ((9,), THREE, 1), ((1,), (1, 2), 1), ((1,), THREE, 0)]
)
def test_what_is_no_election_is_refused(ballot, lots, seats):
    with pytest.raises(ValueError, match=r"."):
        count_approval([ballot], candidates=THREE, seats=seats, lots=lots)
