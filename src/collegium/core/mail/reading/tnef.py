"""What is in a winmail.dat (MS-OXTNEF): the files, and the text where the letter has none beside it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import charsets

SIGNATURE = 0x223E9F78
MESSAGE_CODEPAGE, BODY, MESSAGE_PROPERTIES = 0x9007, 0x800C, 0x9003
FILE_BEGINS, FILE_TITLE, FILE_CONTENT, FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
LONG_NAME, MIME_TYPE, CONTENT_ID, TEXT, HTML = 0x3707, 0x370E, 0x3712, 0x1000, 0x1013
MAX_FILES = 200
MAX_PROPERTIES = 500
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
"""Bytes of each property type that has a length of its own, padded to four."""


@dataclass(slots=True)
class File:
    name: str = ""
    content: bytes = b""
    content_type: str = ""
    content_id: str = ""


@dataclass(slots=True)
class Winmail:
    """What was found. `text` and `html` are empty where it holds none that can be read."""

    files: list[File] = field(default_factory=list)
    text: str = ""
    html: str = ""


class NotTnef(Exception):
    """The bytes are no such file."""


def opened(content: bytes) -> Winmail:
    """The files and texts in it; raises NotTnef for what is something else or broken at its beginning."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != SIGNATURE:
        raise NotTnef
    found, codepage = Winmail(), "cp1252"
    for name, value in _attributes(content):
        if name == MESSAGE_CODEPAGE and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == BODY:
            found.text = found.text or _words(value, codepage)
        elif name == MESSAGE_PROPERTIES:
            _texts(found, value, codepage)
        elif name == FILE_BEGINS and len(found.files) < MAX_FILES:
            found.files.append(File())
        elif found.files:
            _of_file(found.files[-1], name, value, codepage)
    return found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute: a level, a name, a length, the bytes, a checksum. What does not fit ends the reading."""
    at = 6
    while at + 9 <= len(content):
        _level, name, _kind, length = struct.unpack_from("<BHHI", content, at)
        at += 9
        if length > len(content) - at:
            return
        yield name, content[at : at + length]
        at += length + 2


def _of_file(file: File, name: int, value: bytes, codepage: str) -> None:
    if name == FILE_TITLE:
        file.name = file.name or _words(value, codepage)
    elif name == FILE_CONTENT:
        file.content = value
    elif name == FILE_PROPERTIES:
        for prop, kind, content in _properties(value):
            if prop == LONG_NAME:
                file.name = _string(kind, content, codepage) or file.name
            elif prop == MIME_TYPE:
                file.content_type = _string(kind, content, codepage).lower()
            elif prop == CONTENT_ID:
                file.content_id = _string(kind, content, codepage)


def _texts(found: Winmail, value: bytes, codepage: str) -> None:
    for prop, kind, content in _properties(value):
        if prop == TEXT and kind in (0x1E, 0x1F):
            found.text = _string(kind, content, codepage)
        elif prop == HTML:
            found.html = charsets.decoded(
                content.rstrip(b"\0"), "utf-8" if b"utf-8" in content[:2000].lower() else codepage
            )[0]


def _properties(value: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each MAPI property as (name, type, bytes); of several values the first; an unknown type ends the reading."""
    at, number = 4, 0
    while at + 4 <= len(value) and number < MAX_PROPERTIES:
        number += 1
        kind, prop = struct.unpack_from("<HH", value, at)
        at += 4
        if prop & 0x8000:
            at = _past_name(value, at)
        several, kind = bool(kind & 0x1000), kind & 0x0FFF
        if kind in FIXED and not several:
            yield prop, kind, value[at : at + FIXED[kind]]
            at += FIXED[kind]
            continue
        if kind not in (0x1E, 0x1F, 0x0D, 0x102) or at + 8 > len(value):
            return
        count, length = struct.unpack_from("<II", value, at)
        if count != 1 or length > len(value) - at - 8:
            return
        yield prop, kind, value[at + 8 : at + 8 + length]
        at += 8 + length + (-length % 4)


def _past_name(value: bytes, at: int) -> int:
    """Where a named property's value begins."""
    if at + 24 > len(value):
        return len(value)
    by_string, length = struct.unpack_from("<II", value, at + 16)
    return at + 24 if by_string == 0 else at + 24 + length + (-length % 4)


def _string(kind: int, content: bytes, codepage: str) -> str:
    if kind == 0x1F:
        return charsets.cleaned(content.decode("utf-16-le", "replace").rstrip("\0"))
    return _words(content, codepage)


def _words(content: bytes, codepage: str) -> str:
    return charsets.decoded(content.rstrip(b"\0"), codepage)[0]
