"""Where each letter of a mailbox begins and ends, whichever program wrote it.

Letters in a mailbox are told apart by lines `From somebody Mon Jan  3 10:00:00 2005` alone. Some programs put `>`
before such a line within a letter, some do not and say how long the letter is instead, and what they say may be wrong.
So a line separates only if it bears a date, or follows an empty line and names an address; and a head must follow.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from typing import NamedTuple

Content = bytes | mmap.mmap

# As far as a head, or a line between letters, is looked for.
LONGEST_HEAD, LONGEST_LINE = 256_000, 2_000
_DATED = re.compile(
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2}"
    rb"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)).{1,60}",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(rb"From (?:[^\s@]{1,200}@[^\s@]{1,200}|[^\s@]{1,200} at [^\s@]{1,200}|-|MAILER-DAEMON)\s*")
FIELD = re.compile(rb"[!-9;-~]{1,76}[ \t]*:")
_DOUBLED = re.compile(rb">?From [^\n]{0,2000}\n")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\n\r?\n")


class Letter(NamedTuple):
    """The line before a letter, and where the letter itself begins and ends."""

    line: bytes
    start: int
    end: int


def is_mailbox(head: bytes) -> bool:
    """Whether a file that begins so is one."""
    return _begins(head, len(head) - len(head.lstrip(b"\r\n")))


def is_letter(head: bytes) -> bool:
    """Whether a file that begins so is one letter: two fields, one of which every letter has."""
    lines = [line for line in head.split(b"\n") if not line.startswith((b" ", b"\t"))][:20]
    fields = [line.partition(b":")[0].strip().lower() for line in lines if FIELD.match(line)]
    return (
        bool(lines)
        and FIELD.match(lines[0]) is not None
        and bool({b"from", b"received", b"message-id", b"return-path"} & set(fields))
    )


def letters_in(content: Content) -> Iterator[Letter]:
    """The letters of a mailbox in their order; together with the lines between them they are all of it."""
    start = _first(content)
    while start is not None:
        body = _after_lines(content, start)
        following = _following(content, body)
        yield Letter(_line_at(content, start), body, len(content) if following is None else following)
        start = following


def _first(content: Content) -> int | None:
    blank = re.compile(rb"[\r\n]*").match(content)
    start = blank.end() if blank else 0
    return start if _begins(content, start) else None


def _begins(content: Content, start: int) -> bool:
    """Of the first line less is asked than of those between letters."""
    if content[start : start + 5] != b"From ":
        return False
    return FIELD.match(content, _after_lines(content, start)) is not None


def _line_at(content: Content, start: int) -> bytes:
    end = content.find(b"\n", start, start + LONGEST_LINE)
    return content[start : end if end >= 0 else start + LONGEST_LINE]


def _after_lines(content: Content, start: int) -> int:
    """Where the letter's own head begins; some programs have put a second such line before it."""
    end = content.find(b"\n", start)
    after = len(content) if end < 0 else end + 1
    while doubled := _DOUBLED.match(content, after):
        after = doubled.end()
    return after


def _following(content: Content, body: int) -> int | None:
    """Where the line before the next letter begins, looked for from this letter's own beginning."""
    position = max(body - 1, _said_end(content, body))
    while (found := content.find(b"\nFrom ", position)) >= 0:
        if _separates(content, found + 1):
            return found + 1
        position = found + 1
    return None


def _separates(content: Content, start: int) -> bool:
    line = _line_at(content, start)
    before = content[max(0, start - 3) : start]
    follows_blank = before.endswith((b"\n\n", b"\n\r\n"))
    if not (_DATED.search(line) or (follows_blank and _ADDRESSED.fullmatch(line))):
        return False
    return FIELD.match(content, _after_lines(content, start)) is not None


def _said_end(content: Content, body: int) -> int:
    """Where the letter ends by its own word, if a line between letters stands there or nothing does; otherwise 0."""
    head = content[body : body + LONGEST_HEAD]
    blank = _BLANK.search(head)
    said = _LENGTH.search(head, 0, blank.start() + 1) if blank else None
    if blank is None or said is None:
        return 0
    end = body + blank.end() + int(said[1])
    if end > len(content):
        return 0
    rest = content[end : end + 4].lstrip(b"\r\n")
    gap = len(content[end : end + 4]) - len(rest)
    is_there = content[end + gap : end + gap + 5] == b"From " and content[end + gap - 1 : end + gap] == b"\n"
    return end + gap - 1 if is_there or end + gap >= len(content) else 0
