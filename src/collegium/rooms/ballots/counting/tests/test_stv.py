"""Counts by hand, and properties of all counts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.rooms.ballots.counting.stv import UNIT, Step, Tie, count_stv

ANNE, BILL, CARA, DORA, EMIL = 1, 2, 3, 4, 5


def count(ballots, *, candidates=(ANNE, BILL, CARA), seats=1, lots=None):
    papers = [choice for choice, n in ballots for _n in range(n)]
    return count_stv(papers, candidates=candidates, seats=seats, lots=lots or candidates)


def test_a_majority_of_first_preferences_elects_at_once():
    result = count([((ANNE,), 6), ((BILL, CARA), 5)])
    assert (result.elected, result.quota, len(result.stages)) == ((ANNE,), 6, 1)


def test_a_surplus_goes_on_at_a_value_cut_off_after_five_places():
    # Quota 100 // 3 + 1 = 34 of 100 papers. Anne has 70: 36 / 70 = 0.514285714… a paper.
    result = count([((ANNE, BILL), 40), ((ANNE, CARA), 30), ((BILL,), 16), ((CARA,), 14)], seats=2)
    first, surplus = result.stages[:2]
    assert (result.quota, first.elected) == (34, (ANNE,))
    assert (surplus.step, surplus.candidate) == (Step.SURPLUS, ANNE)
    assert surplus.votes == {ANNE: 34 * UNIT, BILL: 16 * UNIT + 40 * 51_428, CARA: 14 * UNIT + 30 * 51_428}
    assert surplus.lost == 36 * UNIT - 70 * 51_428
    assert result.elected == (ANNE, BILL)


def test_papers_of_whoever_is_last_go_on_at_the_value_they_have():
    result = count([((ANNE,), 4), ((BILL, ANNE), 3), ((CARA, BILL, ANNE), 2)])
    assert [(stage.step, stage.candidate) for stage in result.stages] == [(Step.FIRST, None), (Step.EXCLUSION, CARA)]
    assert result.stages[1].votes == {ANNE: 4 * UNIT, BILL: 5 * UNIT, CARA: 0}
    assert result.elected == (BILL,)


def test_papers_without_a_further_preference_are_lost_and_said_to_be():
    result = count([((ANNE,), 4), ((BILL,), 3), ((CARA,), 2)])
    assert [stage.lost for stage in result.stages] == [0, 2 * UNIT, 5 * UNIT, 5 * UNIT]
    assert (result.elected, result.stages[-1].step) == ((ANNE,), Step.FILLING)


def test_of_those_who_are_last_alike_the_one_goes_who_had_fewer_before():
    # Bill and Cara have six each after Emil's papers: Cara had five before.
    papers = [((ANNE,), 9), ((BILL,), 6), ((CARA, ANNE), 5), ((EMIL, CARA), 1), ((DORA,), 7)]
    result = count(papers, candidates=(ANNE, BILL, CARA, DORA, EMIL), seats=2, lots=(CARA, BILL, ANNE, DORA, EMIL))
    assert (result.stages[1].candidate, result.stages[1].tie) == (EMIL, Tie.NONE)
    assert (result.stages[2].candidate, result.stages[2].tie) == (CARA, Tie.HISTORY)


@pytest.mark.parametrize("lots", [(ANNE, BILL, CARA), (CARA, BILL, ANNE)])
def test_where_no_stage_tells_them_apart_the_lots_do_that_were_drawn_before(lots):
    result = count([((ANNE,), 2), ((BILL,), 2), ((CARA,), 2)], lots=lots)
    assert (result.elected, result.stages[1].tie) == ((lots[0],), Tie.LOT)
    assert result.stages[1].candidate == lots[-1]


def test_who_stands_unopposed_is_elected_without_a_paper():
    result = count([], candidates=(ANNE, BILL), seats=3, lots=(BILL, ANNE))
    assert (result.elected, result.papers, result.stages[-1].step) == ((BILL, ANNE), 0, Step.FILLING)


def test_blank_papers_count_for_nothing_and_are_counted():
    result = count([((ANNE,), 3), ((), 9)])
    assert (result.papers, result.blank, result.quota) == (3, 9, 2)


@pytest.mark.parametrize(
    ("ballot", "lots", "seats"),
    [
        ((ANNE, ANNE), (ANNE, BILL, CARA), 1),
        ((ANNE, 99), (ANNE, BILL, CARA), 1),
        ((ANNE,), (ANNE, BILL), 1),
        ((ANNE,), (ANNE, BILL, BILL), 1),
        ((ANNE,), (ANNE, BILL, CARA), 0),
    ],
)
def test_what_is_no_election_is_refused(ballot, lots, seats):
    with pytest.raises(ValueError, match=r"."):
        count_stv([ballot], candidates=(ANNE, BILL, CARA), seats=seats, lots=lots)


PAPERS = st.lists(st.permutations([1, 2, 3, 4, 5, 6]).flatmap(lambda p: st.integers(0, 6).map(lambda n: tuple(p[:n]))))


@given(PAPERS, st.integers(1, 6), st.permutations([1, 2, 3, 4, 5, 6]))
def test_no_vote_is_made_and_none_is_forgotten(papers, seats, lots):
    result = count_stv(papers, candidates=range(1, 7), seats=seats, lots=lots)
    assert len(set(result.elected)) == len(result.elected) == min(seats, 6)
    for stage in result.stages:
        assert sum(stage.votes.values()) + stage.lost == result.papers * UNIT
        assert min(stage.votes.values()) >= 0
    elected = [one for stage in result.stages for one in stage.elected]
    excluded = [one for stage in result.stages for one in stage.excluded]
    assert tuple(elected) == result.elected
    assert not set(elected) & set(excluded)


@given(PAPERS, st.integers(1, 5), st.permutations([1, 2, 3, 4, 5, 6]), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_does_not_matter(papers, seats, lots, chance: random.Random):
    shuffled = chance.sample(papers, len(papers))
    once, twice = (count_stv(some, candidates=range(1, 7), seats=seats, lots=lots) for some in (papers, shuffled))
    assert once == twice
