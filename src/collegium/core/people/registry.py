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
