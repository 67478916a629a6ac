"""Looking into what was handed over: a mailbox, a letter, a folder of them, packed or not; and unpacking it."""

from __future__ import annotations

import csv
import gzip
import io
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .mailboxes import is_letter, is_mailbox
from .pieces import Piece

LOOKED_AT = 64_000
CHUNK = 1 << 20
# Letters pack to a fifth, seldom to a twentieth: what grows beyond this was packed to do harm.
MOST_GROWTH, ALWAYS_ALLOWED = 100, 50_000_000
MOST_PACKED_FILES = 50_000
MOST_IN_A_SHEET = 20_000_000


class Unusable(Exception):
    """It holds no letters, or cannot be read; the reason is worded for whoever handed it over."""


@dataclass(slots=True)
class Opened:
    """The files with letters in them, in their order; names by address from a list of members; what was passed over."""

    pieces: list[Piece] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)


def opened(path: Path, scratch: Path) -> Opened:
    """What there is to read; unpacked into the folder `scratch` where it is packed. Raises Unusable."""
    found = Opened()
    if path.is_dir():
        for file in _files_of(path):
            _look_into(file, str(file.relative_to(path)), scratch, found)
    elif path.is_file():
        _look_into(path, path.name, scratch, found)
    else:
        raise Unusable(_("There is no such file."))
    if not found.pieces:
        raise Unusable(_("There are no letters in it: it is no mailbox, no folder of letters and no export of a list."))
    return found


def _files_of(folder: Path) -> Iterator[Path]:
    """Of a Maildir what lies in `cur` and `new`; of any other folder every file; never by a link out of it."""
    letters = [place for name in ("cur", "new") if (place := folder / name).is_dir()]
    for place in letters or [folder]:
        for file in sorted(place.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield file


def _look_into(path: Path, name: str, scratch: Path, found: Opened, *, is_packed: bool = False) -> None:
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if head.startswith(b"\x1f\x8b") and not is_packed:
        _look_into(_unzipped(path, name, scratch), name, scratch, found, is_packed=True)
    elif head.startswith(b"PK\x03\x04") and not is_packed:
        for inner in _unpacked(path, name, scratch):
            _look_into(inner.path, inner.name, scratch, found, is_packed=not inner.name.lower().endswith(".gz"))
    elif is_mailbox(head) or is_letter(head):
        found.pieces.append(Piece(path, name))
    elif names := _names_in(path, head):
        found.names |= names
    else:
        found.passed_over.append(name)


def _unzipped(path: Path, name: str, scratch: Path) -> Path:
    target = _new_file(scratch)
    try:
        with gzip.open(path, "rb") as packed:
            _copy(packed, target, path.stat().st_size, name)
    except EOFError:
        raise Unusable(_("“%(name)s” ends in the middle; it was not copied whole.") % {"name": name}) from None
    except (OSError, zlib.error):
        raise Unusable(_("“%(name)s” is damaged and cannot be unpacked.") % {"name": name}) from None
    return target


def _unpacked(path: Path, name: str, scratch: Path) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_PACKED_FILES:
                raise Unusable(_("“%(name)s” holds too many files.") % {"name": name})
            left = _room(path.stat().st_size)
            for member in members:
                target = _new_file(scratch)
                with archive.open(member) as packed:
                    left -= _copy(packed, target, left, name, room=left)
                yield Piece(target, member.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        # Of another kind of packing, or with a password.
        raise Unusable(_("“%(name)s” is damaged and cannot be unpacked.") % {"name": name}) from None


def _room(packed: int) -> int:
    return max(packed * MOST_GROWTH, ALWAYS_ALLOWED)


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, size: int, name: str, *, room: int | None = None) -> int:
    room, written = _room(size) if room is None else room, 0
    with target.open("wb") as file:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            if written > room:
                raise Unusable(_("“%(name)s” unpacks to far more than letters do; it was not read.") % {"name": name})
            file.write(chunk)
    return written


def _new_file(scratch: Path) -> Path:
    handle, path = tempfile.mkstemp(dir=scratch)
    os.close(handle)
    return Path(path)


def _names_in(path: Path, head: bytes) -> dict[str, str]:
    """Names by address from a sheet of members; nothing from any other file."""
    first = head.partition(b"\n")[0].lower()
    if b"mail" not in first or b"," not in first or b"\0" in head or path.stat().st_size > MOST_IN_A_SHEET:
        return {}
    found: dict[str, str] = {}
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig", "replace")))
    try:
        for row in rows:
            words = {str(key).strip().lower(): str(value or "").strip() for key, value in row.items()}
            address = next((words[key] for key in ("email", "e-mail", "email address") if words.get(key)), "")
            name = next((words[key] for key in ("display name", "name", "full name") if words.get(key)), "")
            if "@" in address and name:
                found[address.lower()] = name
    except csv.Error:
        return {}
    return found
