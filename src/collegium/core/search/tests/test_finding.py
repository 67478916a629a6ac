"""Finding against the plain way of it: every passage one may see that fits, newest first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.entries import actions, lexemes
from collegium.core.entries.models import Entry, Passage
from collegium.core.people.tests.factories import AT
from collegium.core.search import candidates, known, statement
from collegium.core.search.candidates import Narrowing, TooLong
from collegium.core.search.parsing import Unclear, parse
from collegium.core.search.queries import find
from collegium.core.search.registry import kinds

WEEKS = 260
COMMON, PAIR = "policy", "reserve"


def make_entry(audience, at, place=None):
    return Entry.objects.create(
        kind="topic", title="Thing", audience_id=audience, place=place, created_at=at, touched_at=at
    )


def say(*said, facets=()):
    """A post each in an entry of its own, `(words, weeks ago, audience)`; their ids by what was said."""
    entries = [make_entry(audience, AT - timedelta(weeks=weeks)) for _words, weeks, audience in said]
    actions.write_passages(
        [
            actions.Text(entry.pk, "post", entry.pk, words, entry.created_at, facets=facets)
            for entry, (words, _weeks, _audience) in zip(entries, said, strict=True)
        ]
    )
    return [entry.pk for entry in entries]


def of(*audiences, at=AT):
    return Viewer(None, at, frozenset(audiences))


def naive(typed, viewer, since=None):
    """Entries with passages that fit, as the database itself reads the question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.entry_id FROM entries_passage p JOIN entries_entry e ON e.id = p.entry_id"
            " WHERE p.vector @@ websearch_to_tsquery('simple', %s) AND e.audience_id = ANY(%s)"
            " AND p.at >= %s ORDER BY p.at DESC, p.id DESC",
            [typed, sorted(viewer.audience_ids), since or AT - timedelta(weeks=10_000)],
        )
        return [row[0] for row in cursor.fetchall()]


def found(typed, viewer, narrowing=None, **how):
    """All pages."""
    first = find(viewer, parse(typed), narrowing or Narrowing(kind="post"), newest_first=True, **how)
    pages = [
        find(viewer, parse(typed), narrowing or Narrowing(kind="post"), newest_first=True, page=n, **how).hits
        for n in range(1, first.pages + 1)
    ]
    keys = [hit.key for page in pages for hit in page]
    assert len(keys) == len(set(keys)) == first.count
    return keys, first


@pytest.fixture
def years(taken_to_know):
    """A post a week for five years, each with a common word, and half of them with another."""
    return say(*[(f"{COMMON} {PAIR if n % 2 else 'dues'} {n}", n, (PUBLIC, MEMBERS)[n % 3 == 0]) for n in range(WEEKS)])


@pytest.mark.django_db
@pytest.mark.parametrize("passages", [0.0, 1e6, 1e9])
def test_what_is_rare_is_found_however_much_there_is_and_however_old(taken_to_know, years, passages):
    taken_to_know(passages, **{COMMON: 0.9, PAIR: 0.5, f"=audience:{PUBLIC}": 0.7})
    keys, result = found("policy 257", of(PUBLIC))
    assert (keys, result.are_more, result.since) == ([years[257]], False, None)
    assert found("257 -dues", of(PUBLIC))[0] == [years[257]]
    assert found("25 or 257", of(PUBLIC, MEMBERS))[0] == [years[25], years[257]]


@pytest.mark.django_db
def test_of_a_common_word_the_newest_are_found_and_it_is_said_since_when(taken_to_know, years):
    taken_to_know(8e8, **{COMMON: 0.9, PAIR: 0.5, f"=audience:{PUBLIC}": 0.7})
    keys, result = found(f"{COMMON} -{PAIR}", of(PUBLIC))
    everything = naive(f"{COMMON} -{PAIR}", of(PUBLIC))
    assert result.since is not None
    assert keys == naive(f"{COMMON} -{PAIR}", of(PUBLIC), since=result.since)
    assert 0 < len(keys) < len(everything)
    thorough, whole = found(f"{COMMON} -{PAIR}", of(PUBLIC), thorough=True)
    assert (thorough, whole.since) == (everything, None)


@pytest.mark.django_db
def test_what_was_written_after_now_by_a_clock_that_is_ahead_is_found(taken_to_know, years):
    taken_to_know(1e9, **{COMMON: 0.9})
    [ahead] = say((COMMON, -52, PUBLIC))
    assert found(COMMON, of(PUBLIC))[0][0] == ahead


@pytest.mark.django_db
def test_more_than_two_hundred_are_not_counted(taken_to_know):
    say(*[(COMMON, n % 5, PUBLIC) for n in range(205)])
    taken_to_know(0.0)
    keys, result = found(COMMON, of(PUBLIC))
    assert (len(keys), result.count, result.are_more) == (200, 200, True)
    assert (
        find(of(PUBLIC), parse(COMMON), Narrowing(), page=99).hits
        == find(of(PUBLIC), parse(COMMON), Narrowing(), page=10).hits
    )


@pytest.mark.django_db
def test_nothing_of_what_one_does_not_see_is_told_not_even_that_there_is_more(taken_to_know):
    say(*[(COMMON, n % 50, OFFICE) for n in range(700)])
    for passages in (0.0, 1e9):
        taken_to_know(passages, **{COMMON: 0.9, f"=audience:{OFFICE}": 0.9})
        _keys, result = found(COMMON, of(PUBLIC))
        _none, other = found("nosuchword", of(PUBLIC))
        assert (result.count, result.are_more) == (0, False) == (other.count, other.are_more)
        assert found(f'"{COMMON} {COMMON}"', of(PUBLIC))[1].are_more is False


@pytest.mark.django_db
def test_a_passage_whose_lexeme_says_too_much_is_kept_back_by_its_entry(taken_to_know):
    [key] = say((COMMON, 1, PUBLIC))
    Entry.objects.filter(pk=key).update(audience=OFFICE)
    assert found(COMMON, of(PUBLIC))[0] == []
    assert found(COMMON, of(PUBLIC, OFFICE))[0] == [key]


@pytest.mark.django_db
@pytest.mark.parametrize("share", [0.5, 0.99])
def test_titles_are_found_further_back_than_posts_whether_or_not_audiences_are_asked_for(taken_to_know, years, share):
    [entry] = [make_entry(PUBLIC, AT - timedelta(weeks=WEEKS))]
    hidden = make_entry(OFFICE, AT - timedelta(weeks=WEEKS))
    actions.write_passages(
        [actions.Text(e.pk, "title", 0, f"{COMMON} {PAIR}", e.created_at, is_title=True) for e in (entry, hidden)]
    )
    facts = {COMMON: 0.9, PAIR: 0.5, "=title": 0.000_01, f"=audience:{PUBLIC}": share}
    taken_to_know(1e8, **facts)
    everybodys = find(of(PUBLIC), parse(COMMON), Narrowing())
    assert (everybodys.since is None, entry.pk in {hit.key for hit in everybodys.hits}) == (False, True)
    typed = find(of(PUBLIC), parse("pol"), Narrowing(titles=True))
    assert [hit.key for hit in typed.hits] == [entry.pk]


@pytest.mark.django_db
def test_a_phrase_is_compared_word_by_word(taken_to_know, years):
    [phrase, other] = say(("the reserve policy", 3, PUBLIC), ("policy of reserve", 2, PUBLIC))
    for passages in (0.0, 1e6):
        taken_to_know(passages, **{COMMON: 0.01, PAIR: 0.01})
        assert found('"reserve policy"', of(PUBLIC))[0] == [phrase]
        assert other in found("reserve policy", of(PUBLIC))[0]
        assert phrase not in found('policy -"reserve policy"', of(PUBLIC))[0]


@pytest.mark.django_db
def test_what_takes_too_long_is_given_up_with_a_word_to_the_person(taken_to_know, monkeypatch):
    say(*[("x" * 30 + f" {n}", 1, PUBLIC) for n in range(20)])
    monkeypatch.setattr(candidates, "_LONGEST", 1)
    monkeypatch.setattr(statement, "BY_WORDS", "SELECT pg_sleep(5), " + "%s, " * statement.BY_WORDS.count("%s") + "1")
    with pytest.raises(TooLong, match="Add a word, or narrow it"):
        find(of(PUBLIC), parse(COMMON), Narrowing())
    assert Passage.objects.count() == 20  # the transaction around it goes on


@pytest.mark.django_db
def test_what_the_database_has_counted_is_known_and_kept_for_some_minutes(django_assert_num_queries):
    say(*[(COMMON if n % 2 else "dues", n, PUBLIC) for n in range(100)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE entries_passage")
    facts = known.look()
    assert facts.share(COMMON) == facts.share("dues") == pytest.approx(0.5, abs=0.02)
    assert facts.share(lexemes.audience(PUBLIC)) > 0.9
    assert facts.share("nosuchword") == facts.rare <= 0.5
    assert list(facts.begun("pol")) == [(COMMON, facts.share(COMMON))]
    assert facts.newest(0.0) == AT
    assert abs(facts.newest(0.5) - (AT - timedelta(weeks=50))) < timedelta(weeks=2)
    known._kept.clear()
    with django_assert_num_queries(1):
        known.known(AT)
        known.known(AT + timedelta(minutes=4))
    with django_assert_num_queries(1):
        known.known(AT + timedelta(minutes=6))
    known._kept.clear()


def test_names_have_an_index_of_their_own_and_all_that_lasts_is_a_name(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'passage_names'")
        [definition] = cursor.fetchone()
    condition = statement._IS_NAME.removeprefix("p.vector @@ $$").removesuffix("$$::tsquery").replace("'", "''")
    assert definition.endswith(f" WHERE (vector @@ '{condition}'::tsquery)")
    lasting = {lexemes.kind(*part) for kind in kinds.all() if kind.is_lasting for part in kind.parts}
    written = {lexemes.kind(*part) for kind in kinds.all() for part in kind.parts if part[1] in ("title", "person")}
    assert lasting <= written | {"=group/purpose"}


def test_what_waits_for_either_index_is_a_short_list(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reloptions FROM pg_class WHERE relname IN ('passage_vector', 'passage_names') ORDER BY 1"
        )
        assert [options for _name, options in cursor.fetchall()] == [["gin_pending_list_limit=256"]] * 2


WORDS = st.sampled_from(["ax", "bo", "cy", "axle", "bond"])
TEXTS = st.lists(
    st.tuples(
        st.lists(WORDS, max_size=4).map(" ".join), st.integers(0, WEEKS), st.sampled_from([PUBLIC, MEMBERS, OFFICE])
    ),
    max_size=12,
)
TERMS = st.one_of(WORDS, WORDS.map("-{}".format), st.tuples(WORDS, WORDS).map('"{0[0]} {0[1]}"'.format), st.just("or"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    TEXTS,
    st.lists(TERMS, min_size=1, max_size=5).map(" ".join),
    st.sampled_from([0.0, 1e5, 1e7, 1e9]),
    st.sampled_from([0.5, 0.99]),
)
@pytest.mark.django_db
def test_whatever_is_asked_all_that_was_looked_through_is_found(taken_to_know, said, typed, passages, share):
    try:
        # The last word is closed, so that it stands for itself alone.
        asked = parse(f'{typed} or "zz"')
    except Unclear:
        return
    Passage.objects.all().delete()
    say(*said)
    taken_to_know(passages, ax=0.5, bo=0.3, cy=0.1, **{f"=audience:{PUBLIC}": share})
    viewer = of(PUBLIC, MEMBERS)
    # Not narrowed, the audiences may be left out of what the index is asked.
    result = find(viewer, asked, Narrowing(), newest_first=True)
    narrowed = find(viewer, asked, Narrowing(kind="post"), newest_first=True)
    whole = " or ".join(" ".join(map(str, terms)) for terms in asked.alternatives)
    for hits, since in ((result.hits, result.since), (narrowed.hits, narrowed.since)):
        new = naive(whole, viewer, since)
        assert [hit.key for hit in hits][: len(new)] == new
        assert {hit.key for hit in hits} <= set(naive(whole, viewer))
    assert result.are_more is narrowed.are_more is False
