"""Which letters of an archive belong together, and in which order they were said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from collegium.rooms.discussions.meant import SAME_SUBJECT_WITHIN
from collegium.rooms.discussions.subjects import has_answered, without_marks

_TAG = re.compile(r"\s*(?:[^\s:\[\]]{1,12}\s*:\s*)*\[([^\]\[]{1,60})\]")


class Threaded(Protocol):
    """What is asked of a letter here."""

    @property
    def message_id(self) -> str | None: ...
    @property
    def parents(self) -> tuple[str, ...]: ...
    @property
    def subject(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...


@dataclass(slots=True)
class Thread:
    """Numbers of letters, each after the one it answers and otherwise by time; `parents` by number of letter."""

    letters: list[int]
    parents: dict[int, int]


class _Groups:
    """Which of many things go together."""

    def __init__(self, number: int) -> None:
        self.first = list(range(number))

    def of(self, one: int) -> int:
        while self.first[one] != one:
            self.first[one] = self.first[self.first[one]]
            one = self.first[one]
        return one

    def join(self, one: int, other: int) -> bool:
        """False where they were together already."""
        one, other = self.of(one), self.of(other)
        self.first[max(one, other)] = min(one, other)
        return one != other


def tag_of(subjects: Sequence[str]) -> str:
    """What the list put before most subjects: `CFO list` of `[CFO list] Reserves`; nothing if it put nothing there."""
    tags = Counter(found[1] for subject in subjects if (found := _TAG.match(subject)))
    tag, number = tags.most_common(1)[0] if tags else ("", 0)
    return tag if number * 2 > len(subjects) else ""


def threads_of(letters: Sequence[Threaded], tag: str) -> list[Thread]:
    """The threads by the time they began. Letters that answer each other in a circle are one thread like any other.

    Those that answer the same letter, which is not there, belong together. Time is in proportion to their number.
    """
    by_id: dict[str, int] = {}
    for number, letter in enumerate(letters):
        if letter.message_id:
            by_id.setdefault(letter.message_id, number)
    groups, parents = _Groups(len(letters)), _parents(letters, by_id)
    parents = {child: parent for child, parent in parents.items() if groups.join(child, parent)}
    _join_by_what_is_missing(letters, by_id, parents, groups)
    _join_by_subject(letters, tag, parents, groups)
    return _ordered(letters, parents, groups)


def _parents(letters: Sequence[Threaded], by_id: dict[str, int]) -> dict[int, int]:
    """The nearest of the letters each one names."""
    found = {}
    for number, letter in enumerate(letters):
        named = (by_id[one] for one in letter.parents if one in by_id)
        parent = next((one for one in named if one != number), None)
        if parent is not None:
            found[number] = parent
    return found


def _join_by_what_is_missing(
    letters: Sequence[Threaded], by_id: dict[str, int], parents: dict[int, int], groups: _Groups
) -> None:
    first: dict[str, int] = {}
    for number, letter in enumerate(letters):
        if number not in parents:
            for one in letter.parents:
                if one not in by_id:
                    groups.join(number, first.setdefault(one, number))


def _join_by_subject(letters: Sequence[Threaded], tag: str, parents: dict[int, int], groups: _Groups) -> None:
    last: dict[str, tuple[datetime, int]] = {}
    for number in sorted(range(len(letters)), key=lambda one: (_time(letters[one]), one)):
        letter = letters[number]
        title = without_marks(letter.subject, tag).casefold()
        before = last.get(title)
        names_nothing = number not in parents and not letter.parents
        if title and before and names_nothing and has_answered(_untagged(letter, tag)):
            _join_if_near(groups, letter, number, before)
        last[title] = (_time(letter), number)


def _join_if_near(groups: _Groups, letter: Threaded, number: int, before: tuple[datetime, int]) -> None:
    if _time(letter) - before[0] <= SAME_SUBJECT_WITHIN:
        groups.join(number, before[1])


def _untagged(letter: Threaded, tag: str) -> str:
    """`[CFO list] Re: Reserves` answers as `Re: [CFO list] Reserves` does."""
    begins = f"[{tag}]"
    subject = letter.subject.strip()
    return subject[len(begins) :].strip() if tag and subject.startswith(begins) else subject


def _ordered(letters: Sequence[Threaded], parents: dict[int, int], groups: _Groups) -> list[Thread]:
    members: dict[int, list[int]] = {}
    for number in range(len(letters)):
        members.setdefault(groups.of(number), []).append(number)
    times = _times(letters, parents)
    threads = []
    for numbers in members.values():
        numbers.sort(key=lambda one: times[one])
        threads.append(Thread(numbers, {one: parents[one] for one in numbers if one in parents}))
    threads.sort(key=lambda thread: times[thread.letters[0]])
    return threads


def _times(letters: Sequence[Threaded], parents: dict[int, int]) -> list[tuple[datetime, int, int]]:
    """What letters are put in order by: an answer whose clock was slow still comes after what it answers."""
    times: list[tuple[datetime, int, int] | None] = [None] * len(letters)
    for number in range(len(letters)):
        way = []
        one: int | None = number
        while one is not None and times[one] is None:
            way.append(one)
            one = parents.get(one)
        before = times[one] if one is not None else None
        for below in reversed(way):
            own = _time(letters[below])
            late = before is not None and own <= before[0]
            before = (before[0], before[1] + 1, below) if late and before else (own, 0, below)
            times[below] = before
    return [time for time in times if time is not None]


def _time(letter: Threaded) -> datetime:
    assert letter.at is not None  # every letter was given one
    return letter.at
