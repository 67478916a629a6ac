"""A kind of findable thing, and one thing as a page of results shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse

Row = Mapping[str, Any]


class Shown(NamedTuple):
    """A result: where it leads, what it is called, the line below; an excerpt is put beneath unless `is_whole`."""

    title: str
    url: str
    line: tuple[str, ...] = ()
    at: datetime | None = None
    initials: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """How things of a kind are found and shown.

    `label` is what several are called, `one` what one is. `parts` are the kinds of entries and their parts that the
    passages are of. `sql` gives rows with `id` for a first parameter of ids, with `{visible}`, last, where the one
    predicate on the audience of the entry `e` stands; the ids are those of entries, or of parts where `by_part`.
    `show` makes of a row, and of the moment of the passage, what is shown. Where a kind `folds`, the best part of an
    entry stands for all that fit, unless one asked for this kind. What is `is_lasting` is never too old to be found.
    """

    label: Any
    one: Any
    icon: str
    parts: tuple[tuple[str, str], ...]
    sql: str
    show: Callable[[Row, datetime], Shown]
    by_part: bool = False
    folds: bool = False
    is_lasting: bool = False


def address(name: str, *arguments: int | str) -> str:
    """Where a thing is found. A page of results asks twenty times, so where its numbers stand is looked up once."""
    if all(isinstance(argument, int) for argument in arguments):
        return _with_numbers(name, len(arguments)).format(*arguments)
    return _with_words(name, *arguments)


@lru_cache(maxsize=2048)
def _with_words(name: str, *arguments: int | str) -> str:
    return reverse(name, args=arguments)


@lru_cache(maxsize=64)
def _with_numbers(name: str, count: int) -> str:
    """The address with a pair of braces for each number."""
    stand_ins = [10**15 + n for n in range(count)]
    found = reverse(name, args=stand_ins).replace("{", "{{").replace("}", "}}")
    for number in stand_ins:
        found = found.replace(str(number), "{}")
    return found
