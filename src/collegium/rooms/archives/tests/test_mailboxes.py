"""Where letters of a mailbox begin and end, whichever program wrote it, and whatever is handed over instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.rooms.archives.sources.mailboxes import is_letter, is_mailbox, letters_in

from .lists import LINE, letter, mailbox


def split(content: bytes) -> list[bytes]:
    return [content[one.start : one.end] for one in letters_in(content)]


def names(content: bytes) -> list[str]:
    return [one.partition(b"Message-ID: <")[2].partition(b">")[0].decode() for one in split(content)]


def test_letters_of_the_usual_mailbox_are_told_apart():
    letters = [letter(1), letter(2, text="From here on\n\nFrom 2012 on: no.\n>From the start"), letter(3)]
    assert names(mailbox(letters)) == [f"letter-{n}@list.example" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "line",
    [
        "From somebody@list.example Mon Jan  3 10:00:00 2011",
        "From somebody at list.example  Mon Jan  3 10:00:00 2011",
        "From - Mon Jan 03 10:00:00 2011",
        "From 1234567890123456789@xxx Mon Jan 03 10:00:00 +0000 2011",
        "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        "From somebody@list.example Mon, 3 Jan 2011 10:00:00 +0000",
        "From somebody@list.example",
    ],
)
def test_lines_of_many_programs_part_letters(line):
    assert len(split(mailbox([letter(1), letter(2)], line=line))) == 2


def test_windows_line_ends_part_letters_as_well():
    content = mailbox([letter(1), letter(2)]).replace(b"\n", b"\r\n")
    assert names(content) == ["letter-1@list.example", "letter-2@list.example"]


def test_an_unmarked_line_within_a_letter_that_says_its_length_is_no_end():
    inner = f"I pass it on:\n\n{LINE}\nSubject: inner\n\nhello\n"
    first = letter(1, extra=[f"Content-Length: {len(inner)}"], text="@").replace("@\n", inner, 1)
    content = f"{LINE}\n{first.rstrip(chr(10))}\n\n{LINE}\n{letter(2)}".encode()
    assert names(content) == ["letter-1@list.example", "letter-2@list.example"]


@pytest.mark.parametrize("said", [0, 5, 99_999_999, 99_999_999_999_999])
def test_a_length_that_is_not_true_is_not_believed(said):
    letters = [letter(n, extra=[f"Content-Length: {said}"]) for n in (1, 2, 3)]
    assert len(split(mailbox(letters))) == 3


def test_a_doubled_line_belongs_to_neither_letter():
    content = mailbox([letter(1), letter(2)], line=f"{LINE}\n>From somebody@list.example Mon Jan  3 10:00:00 2011")
    assert [one.splitlines()[0][:6] for one in split(content)] == [b"From: ", b"From: "]


def test_a_letter_is_told_from_other_text():
    assert is_letter(letter(1).encode())
    assert not is_letter(b"Note: from here\nto there\n")
    assert not is_letter(b"")
    assert not is_mailbox(b"From Monday on we meet at ten.\n\nThe office\n")


WORDS = st.text(st.sampled_from("From a:>\n\r <@.example123\0é-"), max_size=300)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_marked_letters_come_back_whole(texts):
    letters = [letter(n, text=text.replace("\r", "")) for n, text in enumerate(texts, start=1)]
    content = mailbox(letters)
    assert [one.strip(b"\n") for one in split(content)] == [
        one.replace("\nFrom ", "\n>From ").encode().strip(b"\n") for one in letters
    ]


@given(st.binary(max_size=2000) | WORDS.map(str.encode))
def test_of_anything_every_byte_belongs_to_one_letter_at_most(content):
    for given_ in (content, LINE.encode() + b"\nSubject: x\n\n" + content):
        end = 0
        for one in letters_in(given_):
            assert end <= one.start <= one.end <= len(given_)
            end = one.end
        assert end in (0, len(given_))
