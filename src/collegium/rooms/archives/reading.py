"""Reading the letters of an archive for what becomes of them; in processes of their own where there are many."""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from collegium.core.access.errors import Refused
from collegium.core.files.actions import MOST_PER_PART
from collegium.core.files.rules import check_file, clean_name
from collegium.core.mail.reading import Reading, read
from collegium.core.mail.reading.automatic import is_out_of_office
from collegium.design.text import plain_text, render_markdown

from .models import PastLetter
from .processes import beside
from .sources.rewriting import restored

Reason = PastLetter.Reason
# What lists put on every letter they pass on says nothing of who wrote it.
_BY_THE_LIST = {"precedence", "own-list", "auto-response-suppressed"}
_UNREADABLE = {"encrypted", "sealed-unreadable", "failed-parts", "failed-head", "failed-text"}
_SPACES = re.compile(r"\s+")
# So many letters go to a process at once, and so many at most wait for the one that writes.
PORTION, AHEAD = 40, 12


class Place(NamedTuple):
    """Where a letter lies, and its number in the run."""

    number: int
    path: str
    start: int
    end: int


@dataclass(slots=True)
class Brought:
    """What a letter says; with a reason, why it becomes no post."""

    number: int
    reason: str = ""
    sender: str | None = None
    sender_name: str = ""
    markdown: str = ""
    removed: str = ""
    body: str = ""
    plain: str = ""
    sameness: bytes = b""
    files: tuple[tuple[str, bytes], ...] = ()
    files_left_out: int = 0


def bring(place: Place) -> Brought:
    """Read the letter at a place."""
    with _content(place.path) as content:
        raw = restored(bytes(content[place.start : place.end]))
    found = read(raw)
    brought = Brought(place.number, sender=found.sender, sender_name=found.sender_name)
    brought.sameness = _sameness(found)
    brought.reason = _reason(found)
    if not brought.reason:
        _take(found, brought)
    return brought


def _content(path: str) -> mmap.mmap:
    with Path(path).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _reason(found: Reading) -> str:
    machine = found.automatic is not None and found.automatic not in _BY_THE_LIST
    if machine or is_out_of_office(found.subject):
        return Reason.MACHINE
    if found.markdown or found.attachments or found.removed:
        return ""
    return Reason.UNREADABLE if _UNREADABLE & set(found.problems) else Reason.EMPTY


def _sameness(found: Reading) -> bytes:
    """Two copies of a letter came different ways: they have one name, and the same words in whatever lines."""
    said = _SPACES.sub(" ", found.markdown or found.removed)
    return hashlib.sha256("\0".join([found.message_id or "", found.sender or "", said]).encode()).digest()


def _take(found: Reading, brought: Brought) -> None:
    taken = []
    for file in found.attachments:
        name = clean_name(file.name or "file")
        with suppress(Refused):
            check_file(name, len(file.content), BytesIO(file.content))
            taken.append((name, file.content))
    brought.files = tuple(taken[:MOST_PER_PART])
    brought.files_left_out = min(len(found.attachments) - len(brought.files), 30_000)
    # Nothing but quotes, or a forwarded letter taken for one: better the quote than nothing.
    brought.markdown = found.markdown or found.removed or "\n".join(f"- {file.name}" for file in found.attachments)
    brought.removed = found.removed if found.markdown else ""
    brought.body = str(render_markdown(brought.markdown))
    brought.plain = plain_text(brought.body)


# --- many


def brought_in(places: Iterable[Place], *, processes: int) -> Iterator[Brought]:
    """The letters at the places, in their order, read ahead by so many processes; by none here and now."""
    if not processes:
        yield from map(bring, places)
        return
    waiting: list[Future[list[Brought]]] = []
    remaining = iter(places)
    with beside(processes) as pool:
        while portion := list(islice(remaining, PORTION)):
            waiting.append(pool.submit(_bring_all, portion))
            if len(waiting) > AHEAD:
                yield from waiting.pop(0).result()
        for one in waiting:
            yield from one.result()


def _bring_all(portion: list[Place]) -> list[Brought]:
    return [bring(place) for place in portion]
