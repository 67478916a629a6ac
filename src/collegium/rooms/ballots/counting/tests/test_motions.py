"""One set of votes under many rules, and all rules against what they say in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.rooms.ballots.counting.motions import (
    ABSOLUTE,
    SIMPLE,
    Base,
    Outcome,
    Presence,
    Quorum,
    Rule,
    Tally,
    Threshold,
    count_motion,
)
from collegium.rooms.ballots.counting.shares import ALL, HALF, MAJORITY, TWO_THIRDS, Kind, Share, share

# 51 on the roll, three recused, 30 yes, 8 no, four abstained, six silent.
VOTES = Tally(yes=30, no=8, abstained=4, recused=3, silent=6)
# Drafts of standards: two thirds of who decided, and at most a quarter of them against.
STANDARDS = Rule(Threshold(TWO_THIRDS, Base.VALID, at_most=share(1, 4), against=Base.VALID))


def outcome(share_of, base, tally=VOTES):
    return count_motion(tally, Rule(Threshold(share_of, base))).outcome


def test_the_same_votes_pass_under_four_thresholds_and_fail_under_two():
    assert VOTES.entitled == 51
    quorum = count_motion(VOTES, SIMPLE).quorum
    assert quorum is not None
    assert (quorum.votes, quorum.needed, quorum.base, quorum.is_met) == (42, 26, 51, True)
    passed = [(MAJORITY, Base.VALID), (TWO_THIRDS, Base.VALID), (TWO_THIRDS, Base.CAST)]
    assert {outcome(*rule) for rule in passed} == {Outcome.PASSED}
    assert {outcome(TWO_THIRDS, base) for base in (Base.ABLE, Base.ENTITLED)} == {Outcome.FAILED}
    result = count_motion(VOTES, STANDARDS)
    assert result.against is not None
    assert (result.outcome, result.against.votes, result.against.needed) == (Outcome.PASSED, 8, 9)


def test_where_somebody_is_recused_the_quorum_is_shown_both_ways():
    result = count_motion(VOTES, SIMPLE)
    assert result.quorum_otherwise is not None
    assert (result.quorum_otherwise.base, result.quorum_otherwise.needed) == (48, 25)
    assert count_motion(Tally(yes=1), SIMPLE).quorum_otherwise is None


def test_a_majority_is_more_than_half_and_half_is_half():
    assert (MAJORITY.of(42), HALF.of(42), MAJORITY.of(41), HALF.of(41)) == (22, 21, 21, 21)
    assert (TWO_THIRDS.of(51), TWO_THIRDS.of(50), ALL.of(7), Share(Kind.COUNT, count=5).of(0)) == (34, 34, 7, 5)


@pytest.mark.parametrize(
    ("tally", "rule", "expected"),
    [
        (Tally(yes=5, no=5), SIMPLE, Outcome.TIED),
        (Tally(yes=5, no=5), ABSOLUTE, Outcome.FAILED),
        (Tally(yes=5, no=5), Rule(Threshold(HALF)), Outcome.PASSED),
        (Tally(yes=5, silent=6), SIMPLE, Outcome.NO_QUORUM),
        (Tally(yes=5, silent=6), Rule(quorum=None), Outcome.PASSED),
        (Tally(abstained=10), SIMPLE, Outcome.FAILED),
        (Tally(recused=3, silent=3), SIMPLE, Outcome.NO_RESULT),
        (Tally(), SIMPLE, Outcome.NO_RESULT),
        (Tally(yes=6, no=4), STANDARDS, Outcome.FAILED),
        (Tally(yes=3, recused=7), Rule(quorum=Quorum(MAJORITY, Base.ABLE)), Outcome.PASSED),
        (Tally(yes=3, recused=7), Rule(quorum=Quorum(presence=Presence.ATTENDED)), Outcome.PASSED),
        (Tally(yes=3, recused=7), SIMPLE, Outcome.NO_QUORUM),
        (Tally(yes=2, abstained=4), Rule(quorum=Quorum(presence=Presence.DECIDED)), Outcome.NO_QUORUM),
    ],
)
def test_what_comes_of_it(tally, rule, expected):
    assert count_motion(tally, rule).outcome is expected


def test_an_objection_stops_it_only_where_the_rule_says_so():
    stopped = Rule(Threshold(stopped_by_objection=True))
    assert count_motion(VOTES, stopped, objections=1).outcome is Outcome.FAILED
    assert count_motion(VOTES, stopped).outcome is Outcome.PASSED
    assert count_motion(VOTES, SIMPLE, objections=3).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: Tally(yes=-1),
        lambda: share(0, 3),
        lambda: share(4, 3),
        lambda: Share(Kind.COUNT, count=-1),
        lambda: Quorum(base=Base.VALID),
    ],
)
def test_what_is_no_rule_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"."):
        nonsense()


votes = st.integers(0, 60)
TALLIES = st.builds(Tally, votes, votes, votes, votes, votes)
SHARES = st.one_of(
    st.sampled_from([MAJORITY, HALF]), st.tuples(st.integers(1, 9), st.integers(9, 12)).map(lambda p: share(*p))
)


def naive(tally, rule):
    """The same in fractions, as one reads the rule."""
    bases = {
        Base.VALID: tally.yes + tally.no,
        Base.CAST: tally.yes + tally.no + tally.abstained,
        Base.ABLE: tally.entitled - tally.recused,
        Base.ENTITLED: tally.entitled,
    }

    def enough(votes, share_of, base):
        if share_of.kind is Kind.MAJORITY:
            return 2 * votes > base
        return Fraction(votes) >= share_of.fraction * base

    if not bases[Base.CAST]:
        return Outcome.NO_RESULT
    present = bases[Base.CAST]
    if not enough(present, rule.quorum.share, bases[rule.quorum.base]):
        return Outcome.NO_QUORUM
    base = bases[rule.threshold.base]
    if base and enough(tally.yes, rule.threshold.share, base):
        return Outcome.PASSED
    is_tied = (
        tally.yes == tally.no and tally.yes and rule.threshold.share is MAJORITY and rule.threshold.base is Base.VALID
    )
    return Outcome.TIED if is_tied else Outcome.FAILED


@given(
    TALLIES,
    SHARES,
    st.sampled_from([Base.VALID, Base.CAST, Base.ABLE, Base.ENTITLED]),
    SHARES,
    st.sampled_from([Base.ABLE, Base.ENTITLED]),
)
def test_every_rule_says_what_it_says_in_words(tally, threshold, base, quorum, quorum_base):
    rule = Rule(Threshold(threshold, base), Quorum(quorum, quorum_base))
    assert count_motion(tally, rule).outcome is naive(tally, rule)


@given(TALLIES, SHARES, st.sampled_from(list(Base)))
def test_one_more_yes_instead_of_a_no_never_hurts(tally, threshold, base):
    if not tally.no:
        return
    rule = Rule(Threshold(threshold, base), quorum=None)
    better = Tally(tally.yes + 1, tally.no - 1, tally.abstained, tally.recused, tally.silent)
    if count_motion(tally, rule).outcome is Outcome.PASSED:
        assert count_motion(better, rule).outcome is Outcome.PASSED
