"""The tree of a letter's parts (RFC 2045, 2046), read without recursion and within bounds."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from . import charsets
from .headers import Head, head_and_body, one_line, unbase64, value_and_parameters

MAX_DEPTH = 20
MAX_PARTS = 300
MAX_BOUNDARY = 200
MAX_NAME = 200
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\n\t]+')
KIND = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")


@dataclass(slots=True)
class Part:
    """One part with its head and its undecoded body; `kind` is its media type."""

    head: Head
    body: bytes
    kind: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    children: list[Part] = field(default_factory=list)
    depth: int = 0

    @property
    def disposition(self) -> str:
        return value_and_parameters(self.head.first("content-disposition"))[0]

    @property
    def name(self) -> str:
        """The file's name without a path, or nothing."""
        given = value_and_parameters(self.head.first("content-disposition"))[1].get("filename", "")
        return safe_name(given or self.parameters.get("name", ""))

    @property
    def content_id(self) -> str | None:
        return self.head.first("content-id").strip().strip("<>")[:250] or None

    @property
    def content(self) -> bytes:
        """The body as it was before it was encoded to travel."""
        encoding = self.head.first("content-transfer-encoding").split(";")[0].strip().lower()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding == "base64":
            return unbase64(self.body)
        if encoding in ("x-uuencode", "uuencode", "x-uue"):
            return _unuuencoded(self.body)
        return self.body

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in the order of the letter."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


def safe_name(given: str) -> str:
    """A file's name as one word of a folder: no path, no dots before it, no longer than a file system takes."""
    name = UNSAFE_IN_NAMES.sub("_", one_line(given)).strip(" ._")
    if len(name) <= MAX_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return stem[: MAX_NAME - 20] + dot + ending[:19] if dot else name[:MAX_NAME]


def tree_of(raw: bytes) -> tuple[Part, bool]:
    """The letter as a tree, and whether some of it was left unread: too deep, or too many parts."""
    root = _part(raw, 0, "text/plain")
    waiting, number, left_out = [root], 1, False
    while waiting:
        part = waiting.pop(0)
        if not part.kind.startswith("multipart/"):
            continue
        if part.depth >= MAX_DEPTH:
            left_out = True
            continue
        usual = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        for content in _between(part.body, part.parameters.get("boundary", "")):
            if number == MAX_PARTS:
                left_out = True
                break
            part.children.append(_part(content, part.depth + 1, usual))
            number += 1
        waiting.extend(part.children)
        if not part.children:
            _become_text(part)
    return root, left_out


def _part(raw: bytes, depth: int, usual: str) -> Part:
    head, body = head_and_body(raw)
    kind, parameters = value_and_parameters(head.first("content-type"))
    if not KIND.fullmatch(kind):
        kind = {"text": "text/plain", "html": "text/html"}.get(kind, usual if not kind else "text/plain")
    return Part(head, body, kind, parameters, depth=depth)


def _become_text(part: Part) -> None:
    """What says it has parts and has none is what it is: text."""
    part.kind = "text/plain" if b"<html" not in part.body[:2000].lower() else "text/html"


def _between(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the delimiter lines; what was cut off on the way has no closing one."""
    mark = boundary.rstrip()[:MAX_BOUNDARY].encode("utf-8", "ignore")
    if not mark:
        return
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(mark) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start: int | None = None
    for match in delimiter.finditer(body):
        if start is not None:
            yield _without_first_break(body[start : match.start()])
        start = None if match[1] else match.end()
        if match[1]:
            return
    if start is not None and body[start:].strip():
        yield _without_first_break(body[start:])


def _without_first_break(content: bytes) -> bytes:
    for ending in (b"\r\n", b"\n"):
        if content.startswith(ending):
            return content[len(ending) :]
    return content


def _unuuencoded(body: bytes) -> bytes:
    found = bytearray()
    inside = False
    for line in body.splitlines():
        if line.startswith(b"begin "):
            inside = True
        elif line.strip() == b"end":
            break
        elif inside:
            # Some write blanks and checksums at the end: the first byte says how long the line is.
            length = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            with suppress(binascii.Error):
                found += binascii.a2b_uu(line[: length + 1])
    return bytes(found)


def text_of(part: Part, limit: int) -> tuple[str, bool]:
    """A text part's text, no more than so many bytes of it, and whether its charset was guessed."""
    return charsets.decoded(part.content[:limit], part.parameters.get("charset", ""))
