"""Any bytes give a reading, the same each time: trees built by chance, changed letters of the corpus, plain noise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.core.mail.reading import read

from . import trees
from .test_reading_bounds import sound


def check(letter: bytes) -> None:
    reading = read(letter)
    sound(reading)
    assert read(letter) == reading


@given(trees.letters)
@settings(max_examples=150)
def test_any_tree_of_parts_is_read(letter):
    check(letter)


@given(trees.changed())
@settings(max_examples=150)
def test_any_changed_letter_is_read(letter):
    check(letter)


@given(trees.raw)
@settings(max_examples=100)
def test_any_bytes_are_read(letter):
    check(letter)


@given(trees.text, st.sampled_from(["plain", "html"]))
@settings(max_examples=150)
def test_any_text_is_read(text, kind):
    head = f"From: a@b.example\r\nSubject: x\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n"
    check(head.encode() + text.encode("utf-8", "surrogatepass"))
