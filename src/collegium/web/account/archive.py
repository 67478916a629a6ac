"""All that the house holds about a person as one ZIP file, made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from collegium.core.files import zipping
from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, exports


def files_of(person: Person, at: datetime) -> Iterator[ExportFile]:
    """The files of every room that holds something about the person, each in the room's own folder."""
    for name, export in exports.items():
        for file in export(person, at):
            yield ExportFile(f"{name}/{file.name}", file.chunks)


def zipped(person: Person, at: datetime) -> Iterator[bytes]:
    """The archive, in pieces."""
    return zipping.zipped(files_of(person, at), at)
