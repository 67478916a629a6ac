"""The first look at each letter: enough to say which belong together and in which order they were written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from collegium.core.mail.reading import MAX_BYTES
from collegium.core.mail.reading.headers import END_OF_HEAD, MAX_HEAD, Head, one_line, read_head
from collegium.core.mail.reading.threads import AHEAD, EARLIEST, date_of, ids_in, message_id

from .sources import Piece, letters_in
from .sources.mailboxes import is_mailbox
from .sources.pieces import content_of

_LINE_DATE = re.compile(
    rb"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+(?P<day>\d{1,2})\s+(?P<time>\d{1,2}:\d\d(?::\d\d)?)"
    rb"(?:\s+(?P<before>[+-]\d{4}))?\s+(?P<year>\d{4})(?:\s+(?P<after>[+-]\d{4}))?"
)
# How a letter's time was found where the letter itself does not say it: codes of the books.
WRITTEN, RECEIVED, LINE, NEIGHBOUR = "", "received", "line", "neighbour"


@dataclass(slots=True)
class Scanned:
    """A letter by its place; `at` is when it was written, `dated_by` how that was found."""

    piece: int
    start: int
    end: int
    digest: bytes
    message_id: str | None
    parents: tuple[str, ...]
    subject: str
    at: datetime | None
    dated_by: str = WRITTEN

    @property
    def is_too_large(self) -> bool:
        return self.end - self.start > MAX_BYTES


def scanned(pieces: list[Piece], now: datetime) -> Iterator[Scanned]:
    """All letters in the order in which they lie there; those without a time of their own still without one."""
    for number, piece in enumerate(pieces):
        with content_of(piece.path) as content:
            if is_mailbox(bytes(content[:64_000])):
                for letter in letters_in(content):
                    yield _scan(bytes(content[letter.start : letter.end]), number, letter.start, letter.line, now)
            else:
                yield _scan(bytes(content[:]), number, 0, b"", now)


def _scan(raw: bytes, piece: int, start: int, line: bytes, now: datetime) -> Scanned:
    ends = END_OF_HEAD.search(raw, 0, MAX_HEAD)
    head = read_head(raw[: ends.start()] if ends else raw[:MAX_HEAD])
    at, dated_by = _time_of(head, line, now)
    answered = ids_in(head.first("in-reply-to"))
    named = dict.fromkeys([*reversed(answered), *reversed(ids_in(" ".join(head.all("references"))))])
    return Scanned(
        piece,
        start,
        start + len(raw),
        # How many empty lines part it from the next one says nothing of the letter.
        hashlib.sha256(raw.rstrip(b"\r\n")).digest(),
        message_id(head)[0],
        tuple(named),
        one_line(head.first("subject")),
        at,
        dated_by,
    )


def _time_of(head: Head, line: bytes, now: datetime) -> tuple[datetime | None, str]:
    """By the letter's own word; by the first server that took it; by the line before it."""
    written, _problem = date_of(head, None)
    for found, by in (
        (written, WRITTEN),
        (_received(head), RECEIVED),
        (_of_line(line), LINE),
    ):
        if found is not None and EARLIEST <= found <= now + AHEAD:
            # No letter of an archive was written after it was brought in.
            return min(found, now), by
    return None, NEIGHBOUR


def _received(head: Head) -> datetime | None:
    return _moment((head.all("received") or [""])[-1].rpartition(";")[2])


def _of_line(line: bytes) -> datetime | None:
    found = _LINE_DATE.search(line)
    if found is None:
        return None
    zone = found["before"] or found["after"] or b"+0000"
    return _moment(b" ".join([found["day"], found["month"], found["year"], found["time"], zone]).decode("ascii"))


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip()[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def dated(letters: list[Scanned], now: datetime) -> None:
    """Give each letter without a time that of the one before it in its file, or else of the one after, or now."""
    for order in (letters, list(reversed(letters))):
        last: tuple[int, datetime] | None = None
        for letter in order:
            if letter.at is None and last is not None and last[0] == letter.piece:
                letter.at = last[1]
            if letter.at is not None:
                last = (letter.piece, letter.at)
    for letter in letters:
        letter.at = letter.at or now
