"""What rooms tell of what they hold about a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from collegium.core.access.registry import Registry

# name -> function(person, at) yielding an ExportFile for each file of "download my data"
exports = Registry("export of a person's data")

# name -> function(departure, viewer) yielding a Belonging for each thing that hangs on whoever leaves
departing = Registry("belongings of whoever leaves")

# kind of Belonging -> function(handover, at) that does what handing it on means; again when the departure is done
handing = Registry("way of handing on")

# kind of Belonging -> function(handover, at) that undoes it where another follows or nobody does; most leave nothing
taking_back = Registry("way of taking back what was handed on")

# name -> function(tenure) that takes back what a room made for a tenure that never began
unbegun = Registry("what hangs on a tenure that never began")

# name -> a tuple of `Held`: what becomes of each column that refers to a person, or to a tenure, when two are joined
joins = Registry("columns of joined accounts")

# name -> function(stays, other, at) yielding a sentence for each reason why the two accounts cannot be joined now
obstacles = Registry("obstacle to joining accounts")


def drop(theirs: Any, _mine: Any, _at: Any) -> bool:
    """The staying account has this already: one of the two goes."""
    theirs.delete()
    return False


def leave(_theirs: Any, _mine: Any, _at: Any) -> bool:
    """Both stand, the one under the joined account."""
    return False


@dataclass(frozen=True, slots=True)
class Held:
    """A column `app.Model.field` that refers to a person or a tenure, and how its rows go from one to the other.

    Rows just move, unless there may be but one with the same `once` (among those that fit `only`): then `twin(theirs,
    mine, at)` brings the two together and says whether theirs still moves. Rows whose column `unlike` would become the
    same stay. `first(stays, other, at)` is done before, with the ids. `apart` says why rows do not move at all.
    `label` is what they are called on the page that says what will move.
    """

    column: str
    label: Any = ""
    once: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)
    twin: Callable[[Any, Any, Any], bool] = drop
    unlike: str = ""
    first: Callable[[int, int, Any], None] | None = None
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that hangs on a person at a society; `seat_id` is the seat whose successor it would best go to.

    `thing_id` is None for what ends or stays by itself: then `note` says which.
    """

    kind: str
    label: str
    note: str
    thing_id: int | None = None
    seat_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of what the house holds about a person; `chunks` are made while they are sent."""

    name: str
    chunks: Iterable[bytes]


def as_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The rows as a JSON list, a row at a time."""
    yield b"["
    comma = b"\n"
    for row in rows:
        yield comma + json.dumps(dict(row), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()
        comma = b",\n"
    yield b"\n]\n"
