"""Whatever comes is read: nothing is raised, nothing fails inside, and no letter takes long or grows."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from collegium.core.mail.reading import MAX_BYTES, read
from collegium.design.text import clean_text, render_markdown

from . import hostile

HOSTILE = hostile.letters()
# Of the processor's time, not of the clock's; an ordinary letter takes a thousandth of it.
SECONDS = 10
MARKDOWN = 100_000


def sound(reading):
    """What holds of every reading, whatever was read."""
    assert [one for one in reading.problems if one.startswith("failed")] == []
    assert clean_text(reading.markdown, max_length=MARKDOWN) == reading.markdown
    assert len(reading.markdown.encode()) <= MARKDOWN
    assert len(reading.removed.encode()) <= MARKDOWN
    assert clean_text(reading.subject, max_length=998, multiline=False) == reading.subject
    assert clean_text(reading.sender_name, max_length=998, multiline=False) == reading.sender_name
    assert len(reading.references) <= 50
    assert len(reading.attachments) <= 200
    assert (reading.sender is None) == bool(reading.sender_problem)
    assert reading.date is None or reading.date.utcoffset() is not None
    render_markdown(reading.markdown)


@pytest.mark.parametrize("name", HOSTILE)
def test_an_attack_is_read_in_bounds(name):
    began = time.process_time()
    reading = read(HOSTILE[name])
    assert time.process_time() - began < SECONDS
    sound(reading)
    assert reading == read(HOSTILE[name])


def test_fifty_megabytes_are_read_without_being_copied_often():
    raw = hostile.typed(
        b'multipart/mixed; boundary="b"', b"--b\r\n\r\nThe text.\r\n--b\r\nContent-Type: application/x; name=a\r\n\r\n"
    )
    raw += b"x" * (MAX_BYTES - len(raw) - 5) + b"\r\n--b"
    tracemalloc.start()
    reading = read(raw)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reading.markdown == "The text."
    assert len(reading.attachments[0].content) > 52_000_000
    assert most < 5 * len(raw)


def test_more_than_there_is_room_for_is_cut_and_told():
    reading = read(hostile.HEAD + b"\r\nThe text.\r\n" + b"\r\n" * (MAX_BYTES // 2))
    assert "too-large" in reading.problems
    assert reading.sender == "a@b.example"


def test_a_text_too_long_for_the_house_is_cut_at_a_line():
    reading = read(hostile.typed(b"text/plain; charset=utf-8", "Größe zählt.\r\n\r\n".encode() * 20_000))
    assert "text-cut" in reading.problems
    assert reading.markdown.endswith("zählt.")
    sound(reading)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00", b"\r\n", b":", b"From", b"From: ", b"\xff" * 1_000, b"\r\n\r\n\r\n", b"From x\n", b"--b\r\n"]
)
def test_what_is_no_letter_is_read_too(raw):
    reading = read(raw)
    assert reading.sender is None
    sound(reading)


def test_bytes_of_any_kind_are_taken():
    assert read(bytearray(hostile.HEAD + b"\r\nThe text.")) == read(memoryview(hostile.HEAD + b"\r\nThe text."))
