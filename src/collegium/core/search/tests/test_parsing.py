"""What somebody typed, read: never an error, never a question the database cannot answer or that fits everything."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.core.search.candidates import Narrowing
from collegium.core.search.parsing import MOST_LETTERS, Term, Unclear, parse
from collegium.core.search.queries import find

NOTHING_SAID = "There is no word in this. Type letters or digits."
ONLY_OUT = "Say what to look for as well, not only what to leave out."


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dues", "dues"),
        ("Annual  DUES", "annual dues"),
        ('"reserve policy" dues', '"reserve policy" dues'),
        ("„Reserve Policy“", '"reserve policy"'),
        ('"not closed', '"not closed"'),
        ("audit -software", "audit -software"),
        ('audit --"old software"', 'audit -"old software"'),
        ("dues or fees", "dues | fees"),
        ("dues OR or fees or", "dues | fees"),
        ("or dues", "dues"),
        ('"or" dues', '"or" dues'),
        ("Café Straße", "cafe strasse"),
        ("e-mail a/b c++", '"e mail" "a b" c'),
        ("society’s -cfo/coo o'brien", '"society s" -"cfo coo" "o brien"'),
        ('"CFO/COO survey"', '"cfo coo survey"'),
        ("mate\u00adriality _dues_ 2024–25", 'materiality dues "2024 25"'),
        ("& | ! <-> :* ' \\ dues", "dues"),
    ],
)
def test_words_phrases_and_what_is_left_out_are_told_apart(typed, read):
    asked = parse(typed)
    assert " | ".join(" ".join(map(str, terms)) for terms in asked.alternatives) == read


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("!?", NOTHING_SAID),
        ('""', NOTHING_SAID),
        ("or or", NOTHING_SAID),
        ("-dues", ONLY_OUT),
        ("dues or -fees", ONLY_OUT),
        ('-"dues" -fees', ONLY_OUT),
        ("x" * (MOST_LETTERS + 1), "That is too much to search for. Take the few words that matter most."),
        ("x " * 21, "These are too many words. Take the few that matter most."),
    ],
)
def test_what_cannot_be_searched_for_is_refused_with_the_reason(typed, reason):
    with pytest.raises(Unclear) as refusal:
        parse(typed)
    assert str(refusal.value) == reason


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "\n\t"])
def test_where_nothing_is_typed_nothing_is_asked(typed):
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "beginning"),
    [
        ("annual due", "due"),
        ("due annual", "annual"),
        ('"due"', ""),
        ("dues -fee", ""),
        ("d", ""),
        ("e-mai", ""),
        ("x" * 61, ""),
        ("dues or fe", "fe"),
    ],
)
def test_the_last_word_may_go_on_where_one_may_still_be_typing_it(typed, beginning):
    assert parse(typed).beginning == beginning


@pytest.mark.parametrize(
    ("typed", "has_order"),
    [("dues fees", False), ("dues -fees", False), ('"dues"', False), ('"a b"', True), ("a-b", True)],
)
def test_the_order_of_words_counts_in_phrases_and_in_words_of_several_parts(typed, has_order):
    assert parse(typed).has_order == has_order


def test_alternatives_are_asked_each_with_its_words_and_what_it_leaves_out():
    asked = parse('dues fees -old -"very old" or "reserve policy" -new or stat')
    assert asked.together == ["dues fees", "reserve policy", ""]
    assert asked.without == ["old", "new", ""]
    assert (asked.others, asked.rest) == ('dues fees -old -"very old" or "reserve policy" -new', "")
    assert asked.words == {"dues", "fees", "reserve", "policy", "stat"}


# Operators of every syntax near, letters that fold to many, quotes of every kind, halves of characters.
PIECES = [*"ab1 -\"'&|!<>():*\\/.@%_,;“”«»\x00\ud800\u0301ﷺ㌫İßº½①", " or ", " -", ' "']
STRANGE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(STRANGE, st.text(max_size=60), st.text(max_size=12).map(lambda text: text * 20)))
@pytest.mark.django_db
def test_whatever_is_typed_the_database_can_answer(nobody, typed):
    try:
        asked = parse(typed)
    except Unclear:
        return
    if asked is None:
        return
    assert all(any(not term.is_out for term in terms) for terms in asked.alternatives)
    assert find(nobody, asked, Narrowing()).count == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT websearch_to_tsquery('simple', %s), websearch_to_tsquery('simple', %s)", [asked.others, asked.rest]
        )


def test_a_term_stands_for_itself():
    assert [str(term) for term in (Term("a"), Term("a b", is_phrase=True), Term("a", is_out=True))] == [
        "a",
        '"a b"',
        "-a",
    ]
