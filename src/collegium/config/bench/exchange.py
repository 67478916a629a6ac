"""Just enough HTTP/1.1 to ask a server for pages over a kept connection and to read its answers."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field


class BadAnswer(Exception):
    """The server answered with what cannot be read, or not as expected."""


@dataclass(frozen=True)
class Answer:
    """One whole response: header names in lower case; of a repeated header all values, one a line."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    size: int  # bytes on the wire


@dataclass
class Reader:
    """Puts the bytes of one connection together into answers."""

    buffer: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Answer | None:
        """The answer these bytes complete, or None while some are missing. Raises BadAnswer.

        The server speaks only when asked, so what follows an answer unasked is an error.
        """
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        status, headers = read_head(bytes(self.buffer[:end]))
        start = end + 4
        if headers.get("transfer-encoding", "").lower() == "chunked":
            whole = self._chunks(start)
        else:
            whole = self._counted(start, _length(status, headers))
        if whole is None:
            return None
        body, size = whole
        if len(self.buffer) > size:
            raise BadAnswer("The server sent more than one answer.")
        self.buffer.clear()
        return Answer(status, headers, body, size)

    def _counted(self, start: int, length: int) -> tuple[bytes, int] | None:
        if len(self.buffer) < start + length:
            return None
        return bytes(self.buffer[start : start + length]), start + length

    def _chunks(self, at: int) -> tuple[bytes, int] | None:
        body = bytearray()
        while True:
            line = self.buffer.find(b"\r\n", at)
            if line < 0:
                return None
            try:
                length = int(bytes(self.buffer[at:line]).partition(b";")[0], 16)
            except ValueError:
                raise BadAnswer("The length of a chunk cannot be read.") from None
            after = line + 2 + length
            if len(self.buffer) < after + 2:
                return None
            body += self.buffer[line + 2 : after]
            at = after + 2
            if length == 0:
                return bytes(body), at


def read_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer's head. Raises BadAnswer."""
    first, *lines = head.decode("latin-1").split("\r\n")
    version, _space, rest = first.partition(" ")
    if not version.startswith("HTTP/1.") or not rest[:3].isdigit():
        raise BadAnswer(f"This is no answer of HTTP/1.1: {first[:80]!r}")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise BadAnswer(f"This is no header: {line[:80]!r}")
        name = name.strip().lower()
        headers[name] = f"{headers[name]}\n{value.strip()}" if name in headers else value.strip()
    return int(rest[:3]), headers


def _length(status: int, headers: Mapping[str, str]) -> int:
    if status in {204, 304}:
        return 0
    text = headers.get("content-length", "")
    if not text.isdigit():
        raise BadAnswer("The answer does not say how long it is.")
    return int(text)


def written(method: str, path: str, *, host: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> str:
    """A request as it goes over the wire, in base64 so that it can stand in a plan."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: text/html"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return base64.b64encode(head + body).decode("ascii")
