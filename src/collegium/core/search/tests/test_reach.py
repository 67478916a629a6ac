"""How far back is looked: everything where little or rare, as far as the time allows where much and common."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.core.entries import lexemes
from collegium.core.search.known import Known
from collegium.core.search.reach import EVERYTHING, STRETCHES, Asking, Reach, reach, sees_much

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)
AGES = [NOW - timedelta(days=5 * 365) * (100 - n) / 100 for n in range(101)]
EVER = datetime(1, 1, 2, tzinfo=UTC)


def known(passages=1_000_000.0, **shares):
    return Known(passages, {"rare": 0.001, **shares}, AGES)


def far(asking, facts=None, *, enough=200, within=5.0, since=EVER, at=NOW):
    return reach(asking, facts or known(), enough=enough, within=within, at=at, since=since)


def weeks(found: Reach):
    """The weeks looked through, by the lexemes of their stretches."""
    return [one for text in found.stretches for one in _weeks(text)]


def _weeks(text):
    for word in text.strip("()").replace("'", "").split(" | "):
        level, number = word.removeprefix("=t").split(":")
        length = lexemes.BASE ** int(level)
        yield from range(int(number) * length, (int(number) + 1) * length)


@pytest.mark.parametrize(
    "facts", [Known(), Known(1_000_000.0), Known(50.0, {"the": 0.9}, AGES), Known(0.0, {}, AGES)], ids=str
)
def test_where_little_is_known_or_there_everything_is_looked_through(facts):
    assert far(Asking([[0.9]], [[1.0]]), facts) is EVERYTHING


def test_a_rare_word_is_looked_for_everywhere_however_many_audiences_one_is_in():
    found = far(Asking([[0.001]], [[0.04] * 25]))
    assert (found.older is None, found.since) == (False, None)


def test_a_common_word_is_looked_for_among_the_newest_and_what_is_left_out_is_said():
    found = far(Asking([[0.9], [0.5]], [[0.04]]))
    assert found.older is None
    assert NOW - timedelta(days=5 * 365) < found.since < NOW
    assert min(weeks(found)) == lexemes.week_of(found.since)


def test_two_common_words_that_hardly_meet_are_looked_for_as_long_as_the_time_allows():
    short, long = (far(Asking([[0.3, 0.3]], [[1.0]]), within=within).since for within in (1.0, 10.0))
    assert long < short
    assert far(Asking([[0.3, 0.3]], [[1.0]]), within=1_000_000.0).since is None


def test_a_small_circle_makes_a_common_word_rare():
    small, large = (far(Asking([[0.5]], [[share]]), within=1e9) for share in (0.000_1, 0.5))
    assert small is EVERYTHING
    assert len(large.stretches) > 1


def test_nobody_looks_back_beyond_the_moment_one_asked_for():
    since = NOW - timedelta(days=92)
    found = far(Asking([[0.5]], [[0.01]]), within=1_000.0, since=since)
    assert min(weeks(found)) >= lexemes.week_of(since)
    assert (found.older, found.since) == (None, None)


shares = st.lists(st.floats(0, 1), min_size=1, max_size=4)


@given(
    st.lists(shares, min_size=1, max_size=3),
    st.lists(shares, min_size=1, max_size=3),
    st.floats(0, 1e8),
    st.integers(-200, 200),
)
def test_stretches_lie_one_after_the_other_without_a_gap_and_nothing_else_is_left_out(words, scope, passages, weeks_on):
    at = NOW + timedelta(weeks=weeks_on)
    found = far(Asking(words, scope), known(passages), at=at)
    if found is EVERYTHING:
        return
    looked = weeks(found)
    assert len(found.stretches) <= STRETCHES
    assert len(looked) == len(set(looked))
    end = lexemes.week_of(found.later)
    assert found.later == lexemes.begin_of(end) > at
    begin = min(looked, default=end)
    assert sorted(looked) == list(range(begin, end))
    assert lexemes.begin_of(begin) == (found.older or found.since)
    assert (found.older is None) != (found.since is None)
    # Each stretch is older than the one before.
    newest = [max(_weeks(text)) for text in found.stretches]
    assert newest == sorted(newest, reverse=True)


def test_the_newest_stretch_ends_where_few_lexemes_name_it():
    for weeks_on in range(200):
        found = far(Asking([[0.9], [0.5]], [[0.04]]), at=NOW + timedelta(weeks=weeks_on))
        assert found.stretches[0].count("=t") <= 2 + 3 * 2  # two that are long, and up to where it begins


def test_who_sees_nearly_everything_is_not_asked_for_by_audience_and_who_sees_little_is():
    groups = [f"=audience:{n}" for n in range(30)]
    facts = known(**dict.fromkeys(groups, 0.03))
    assert sees_much(facts, groups, enough=200)
    assert not sees_much(facts, groups[:5], enough=200)
    assert sees_much(known(**{"=audience:1": 0.97}), ["=audience:1"], enough=200)
    assert not sees_much(known(), ["=audience:1"], enough=200)
    assert not sees_much(Known(), groups, enough=200)


@given(st.integers(-3_000, 6_000), st.integers(0, 2_000))
def test_weeks_are_put_together_of_few_stretches(begin, length):
    found = lexemes.weeks_between(begin, begin + length)
    assert [week for one in found for week in _weeks(f"('{one}')")] == list(range(begin, begin + length))
    assert len(found) <= 2 * 3 * lexemes.LEVELS + length // lexemes.BASE ** (lexemes.LEVELS - 1)


@given(st.dictionaries(st.text("abé\uffff", max_size=3), st.floats(0, 1), max_size=9), st.text("abé", max_size=2))
def test_the_words_that_begin_so_are_all_of_them(shares, beginning):
    expected = {word: share for word, share in shares.items() if word.startswith(beginning)}
    assert dict(Known(1.0, shares, ()).begun(beginning)) == expected
