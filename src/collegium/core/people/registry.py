"""What rooms tell of what they hold about a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from collegium.core.access.registry import Registry

# name -> function(person, at) yielding an ExportFile for each file of "download my data"
exports = Registry("export of a person's data")

# name -> function(departure, viewer) yielding a Belonging for each thing that hangs on whoever leaves
departing = Registry("belongings of whoever leaves")

# kind of Belonging -> function(handover, at) that does what handing it on means; again when the departure is done
handing = Registry("way of handing on")

# name -> function(tenure) that takes back what a room made for a tenure that never began
unbegun = Registry("what hangs on a tenure that never began")


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
