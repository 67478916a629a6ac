"""A file with letters in it, as it lies on the disk, unpacked."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Piece:
    """`name` is what people know it by: of what came out of an archive its name in there."""

    path: Path
    name: str


@contextmanager
def content_of(path: Path) -> Iterator[bytes | mmap.mmap]:
    """The bytes of a file without reading them all: it may be larger than the machine's memory."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content
