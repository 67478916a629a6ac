"""Marks: where the asked words stand, in the text as it was written, whatever is in it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.core.entries.text import WORD, fold
from collegium.core.search.highlights import BEFORE, LETTERS, excerpt, marked

MARKS = re.compile("</?mark>")


@pytest.mark.parametrize(
    ("text", "words", "beginning", "shown"),
    [
        ("The dues rose", {"dues"}, "", "The <mark>dues</mark> rose"),
        ("Dues, DUES and overdues", {"dues"}, "", "<mark>Dues</mark>, <mark>DUES</mark> and overdues"),
        ("policies and a polo shirt", set(), "pol", "<mark>policies</mark> and a <mark>polo</mark> shirt"),
        # A word and a beginning that meet are one mark.
        ("policy", {"policy"}, "policy", "<mark>policy</mark>"),
        ("nothing of it", {"dues"}, "", "nothing of it"),
        ("", {"dues"}, "dues", ""),
        # Escaped outside of a mark, inside of one, and where the word is a tag's name.
        ("<b>dues</b> & <script>", {"dues"}, "", "&lt;b&gt;<mark>dues</mark>&lt;/b&gt; &amp; &lt;script&gt;"),
        ("<script>", {"script"}, "", "&lt;<mark>script</mark>&gt;"),
        ("&amp; amp", {"amp"}, "", "&amp;<mark>amp</mark>; <mark>amp</mark>"),
        # What folds to the same word is the same word, and stays as it was written.
        (
            "Café, CAFE\u0301S, ﬁnance",
            {"cafe", "cafes", "finance"},
            "",
            "<mark>Café</mark>, <mark>CAFE\u0301S</mark>, <mark>ﬁnance</mark>",
        ),
        ("Straße İstanbul", {"strasse", "istanbul"}, "", "<mark>Straße</mark> <mark>İstanbul</mark>"),
        ("一致 договор", {"договор"}, "", "一致 <mark>договор</mark>"),
        # What is not seen within a word, and what stands between two.
        (
            "mate\u00adriality mate\u200briality",
            {"materiality"},
            "",
            "<mark>mate\u00adriality</mark> <mark>mate\u200briality</mark>",
        ),
        ("Hawaiʻi, OʼBrien", {"hawai", "brien"}, "", "<mark>Hawai</mark>ʻi, Oʼ<mark>Brien</mark>"),
        ("می\u200cخواهم", {"میخواهم"}, "", "<mark>می\u200cخواهم</mark>"),
        # Of a word with a hyphen or a point each part is a word.
        ("e-mail dues_2026.xlsx", {"mail", "dues"}, "", "e-<mark>mail</mark> <mark>dues</mark>_2026.xlsx"),
    ],
)
def test_each_asked_word_is_marked_as_it_was_written(text, words, beginning, shown):
    assert marked(text, words, beginning) == shown


@given(st.text(max_size=300), st.sets(st.text("abc<&é", min_size=1, max_size=3), max_size=3), st.text("ab", max_size=2))
def test_without_its_marks_every_text_is_the_escaped_text(text, words, beginning):
    shown = str(marked(text, words, beginning))
    assert html.unescape(MARKS.sub("", shown)) == html.unescape(html.escape(text))
    assert "<" not in MARKS.sub("", shown)
    # Marks are opened and closed in turn.
    assert MARKS.findall(shown) == ["<mark>", "</mark>"] * shown.count("<mark>")


@given(
    st.text("abC_1 -é–\u0301\u212a", max_size=40),
    st.sets(st.text("abc1ek", min_size=1, max_size=3), max_size=3),
    st.text("abc", max_size=2),
)
def test_the_words_marked_are_those_that_fold_to_what_was_asked(text, words, beginning):
    folded = [fold(word) for word in WORD.findall(text)]
    asked = [word for word in folded if word in words or (beginning and word.startswith(beginning))]
    assert [fold(word) for word in re.findall("<mark>(.*?)</mark>", str(marked(text, words, beginning)))] == asked


def test_an_excerpt_is_the_stretch_around_the_first_asked_word():
    text = "before " * 60 + "the reserve policy " + "after " * 100
    shown = str(excerpt(text, {"policy", "reserve"}))
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert "the <mark>reserve</mark> <mark>policy</mark> after" in shown
    assert shown.index("<mark>") < BEFORE + 10
    assert len(MARKS.sub("", shown)) <= LETTERS + 4


def test_a_short_text_is_shown_whole_and_a_text_without_the_words_from_its_beginning():
    assert excerpt("  A short\n\n text ", {"text"}) == "A short <mark>text</mark>"
    assert str(excerpt("word " * 200, {"elsewhere"})).startswith("word word")


def test_an_excerpt_is_empty_where_the_text_only_repeats_the_title():
    assert excerpt("Reserve  policy", {"policy"}, but="Reserve policy") == ""
    assert excerpt("Reserve policy of ours", {"policy"}, but="Reserve policy") != ""


@given(st.text(max_size=2_000), st.sets(st.text(min_size=1, max_size=4), max_size=3), st.text(max_size=3))
def test_no_text_is_too_strange_for_an_excerpt(text, words, beginning):
    shown = MARKS.sub("", str(excerpt(text, words, beginning)))
    assert "<" not in shown
    assert len(html.unescape(shown)) <= LETTERS + 4


def test_a_text_of_one_endless_word_is_cut():
    assert len(MARKS.sub("", str(excerpt("a" * 5_000, {"b"})))) <= LETTERS + 4
