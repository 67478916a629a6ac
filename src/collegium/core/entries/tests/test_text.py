"""Folding and cutting text."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.core.entries.models import PASSAGE_BYTES
from collegium.core.entries.text import cut, fold, words

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Å Å Å", "a a a"),  # the three ways to write it, Unicode Standard Annex 15, figure 3
        ("ñ ệ ǭ", "n e o"),
        ("ﬁ ½ ² Ⅷ ①", "fi 1⁄2 2 viii 1"),
        ("ſ ẛ̣", "s s"),
        ("Straße STRASSE straẞe", "strasse strasse strasse"),
        ("İstanbul ISTANBUL", "istanbul istanbul"),
        ("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ"),
        ("ＡＢＣ ｱ", "abc ア"),
        ("中文 漢字", "中文 漢字"),
        ("مُحَمَّد محمد", "محمد محمد"),
        ("Café\u0301 cafe", "cafe cafe"),
        ("a\x00b \ud800", "a b  "),
        ("", ""),
    ],
)
def test_what_reads_alike_meets(written, found):
    assert fold(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("CFO/COO survey; ends here.Starts again", "cfo coo survey ends here starts again"),
        ("The society’s “material” rule—Endowment–spending", "the society s material rule endowment spending"),
        ("Women's Women‘s O’Brien Womenʼs", "women s women s o brien women s"),
        ("joe@acs.example https://acs.example/dues_2026.xlsx", "joe acs example https acs example dues 2026 xlsx"),
        ("COVID-19 2024-25 -5 1,000 3.5 ½", "covid 19 2024 25 5 1 000 3 5 1 2"),
        ("mate\u00adri\u200bal\ufeff", "material"),
        ("नीति, नीति", "नीति नीति"),
        ("Hawaiʻi Hawai'i", "hawai i hawai i"),
        ("well done 👍🏽 ✔\ufe0f", "well done"),
        ("!? … — ’", ""),
    ],
)
def test_words_are_what_stands_between_all_that_is_no_letter_and_no_digit(written, found):
    assert words(written).split() == found.split()


@given(TEXT)
@settings(derandomize=True, database=None, max_examples=300)
def test_words_of_words_are_the_same(text):
    assert words(words(text)) == words(text)


@given(TEXT)
@settings(derandomize=True, database=None, max_examples=300)
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT)
@settings(derandomize=True, database=None, max_examples=200)
def test_upper_and_lower_case_meet(text):
    assert fold(fold(text).upper()) == fold(fold(text).upper().lower())


@given(TEXT, st.integers(4, 60))
@settings(derandomize=True, database=None, max_examples=300)
def test_pieces_are_whole_characters_no_longer_than_allowed_and_lose_nothing(text, size):
    pieces = list(cut(text, size))
    assert all(len(piece.encode()) <= size for piece in pieces)
    joined = "".join(pieces)
    assert text.startswith(joined)
    assert text[len(joined) :].strip() == ""


def test_a_long_text_is_cut_between_words():
    text = "word " * 30_000
    pieces = list(cut(text))
    assert "".join(pieces) == text
    assert [len(piece) for piece in pieces] == [PASSAGE_BYTES, PASSAGE_BYTES, PASSAGE_BYTES]
    assert all(piece.endswith(" ") for piece in pieces)


def test_a_text_without_a_space_is_cut_where_it_must_be():
    assert [len(piece.encode()) for piece in cut("漢" * 20_000)] == [49_998, 10_002]


@pytest.mark.django_db
@given(st.text(alphabet=st.sampled_from("audience:3/.@'&! -_<>"), max_size=30))
@settings(derandomize=True, database=None, max_examples=150, deadline=None)
def test_nobody_writes_themselves_into_an_audience(text):
    written = words(f"=audience:3 {text} =audience:3/{text} {text}=audience:3")
    with connection.cursor() as cursor:
        cursor.execute("SELECT '=audience:3' = ANY(tsvector_to_array(to_tsvector('simple', %s)))", [written])
        assert cursor.fetchone()[0] is False
