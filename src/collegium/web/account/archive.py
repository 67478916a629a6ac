"""All that the house holds about a person as one ZIP file, made while it is sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, cast

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, exports


class _Outlet(io.RawIOBase):
    """Takes what the archive writes until it is fetched; it cannot go back, so nothing has to be kept."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        return len(data)

    def fetch(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def files_of(person: Person, at: datetime) -> Iterator[ExportFile]:
    """The files of every room that holds something about the person, each in the room's own folder."""
    for name, export in exports.items():
        for file in export(person, at):
            yield ExportFile(f"{name}/{file.name}", file.chunks)


def zipped(person: Person, at: datetime) -> Iterator[bytes]:
    """The archive, in pieces."""
    outlet = _Outlet()
    with zipfile.ZipFile(cast(IO[bytes], outlet), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files_of(person, at):
            entry = zipfile.ZipInfo(file.name, date_time=at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as target:
                for chunk in file.chunks:
                    target.write(chunk)
                    if len(outlet.waiting) > CHUNK:
                        yield outlet.fetch()
    yield outlet.fetch()


CHUNK = 64 * 1024
