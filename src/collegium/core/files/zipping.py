"""Files put into a ZIP archive while it is sent: neither a file nor the archive is ever whole in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any, Protocol, cast

CHUNK = 64 * 1024


class Packed(Protocol):
    """A file of the archive; its chunks are made while it is sent."""

    @property
    def name(self) -> str: ...
    @property
    def chunks(self) -> Iterable[bytes]: ...


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


def zipped(files: Iterable[Packed], at: datetime) -> Iterator[bytes]:
    """The archive, in pieces."""
    outlet = _Outlet()
    with zipfile.ZipFile(cast(IO[bytes], outlet), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, date_time=at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as target:
                for chunk in file.chunks:
                    target.write(chunk)
                    if len(outlet.waiting) > CHUNK:
                        yield outlet.fetch()
    yield outlet.fetch()
