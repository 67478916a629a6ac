"""The head of a letter: fields unfolded and bounded, encoded words and parameters decoded."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from . import charsets

MAX_HEAD = 256_000
MAX_FIELDS = 500
MAX_VALUE = 32_000
"""No field is read further than this, in bytes."""

MAX_LINE = 998
"""The longest line a letter may have (RFC 5322, 2.1.1), and so the longest subject."""

END_OF_HEAD = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
LINES = re.compile(rb"\r\n|\n|\r")
ENCODED_WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)\?=")
PARAMETER = re.compile(r';\s*([^\s=;"]{1,100})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)')
ESCAPED = re.compile(r"\\(.)")
PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Head:
    """The fields of a letter or a part, in their order; names in small letters, values in bytes."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    cut: bool = False

    def all(self, name: str) -> list[str]:
        """The values of each such field, as text with its encoded words still encoded."""
        return [as_text(value) for key, value in self.fields if key == name]

    def first(self, name: str) -> str:
        return next((as_text(value) for key, value in self.fields if key == name), "")


def head_and_body(raw: bytes) -> tuple[Head, bytes]:
    """Where the head ends, and its fields."""
    if raw.startswith((b"\n", b"\r\n")):
        return Head(), raw.lstrip(b"\r\n") if len(raw) < MAX_HEAD else raw[2:]
    end = END_OF_HEAD.search(raw)
    head = raw[: end.start()] if end else raw
    return read_head(head), raw[end.end() :] if end else b""


def read_head(content: bytes) -> Head:
    """The fields; a line that is none is passed over."""
    head = Head(cut=len(content) > MAX_HEAD)
    unfolded: list[bytearray] = []
    for line in LINES.split(content[:MAX_HEAD]):
        if line[:1] in (b" ", b"\t") and unfolded:
            if len(unfolded[-1]) < MAX_VALUE:
                unfolded[-1] += line
        elif len(unfolded) == MAX_FIELDS:
            head.cut = True
            break
        else:
            unfolded.append(bytearray(line))
    for one in unfolded:
        if match := FIELD.fullmatch(bytes(one[:MAX_VALUE])):
            head.fields.append((match[1].decode("ascii").lower(), match[2].strip()))
    return head


def as_text(value: bytes) -> str:
    """The value without control characters; eight-bit letters are read as UTF-8 or guessed."""
    return charsets.decoded(value)[0].replace("\n", " ")


def one_line(value: str) -> str:
    """A value as people read it: encoded words decoded, one line, as long as a line may be."""
    return SPACES.sub(" ", charsets.cleaned(words_decoded(value))).strip()[:MAX_LINE].strip()


def words_decoded(value: str) -> str:
    """Encoded words (RFC 2047) decoded; neighbours of one charset together, as some cut letters in half."""
    if "=?" not in value:
        return value
    pieces: list[str] = []
    run: list[bytes] = []
    charset, at = "", 0
    for word in ENCODED_WORD.finditer(value):
        between = value[at : word.start()]
        follows = bool(run) and not between.strip()
        if run and not (follows and word[1].lower() == charset):
            pieces.append(charsets.decoded(b"".join(run), charset)[0])
            run = []
        if not follows:
            pieces.append(between)
        run.append(_bytes_of(word[2], word[3]))
        charset, at = word[1].lower(), word.end()
    if run:
        pieces.append(charsets.decoded(b"".join(run), charset)[0])
    return "".join(pieces) + value[at:]


def _bytes_of(encoding: str, text: str) -> bytes:
    content = text.encode("utf-8", "ignore")
    if encoding in "qQ":
        return binascii.a2b_qp(content.replace(b"_", b" "))
    return unbase64(content)


def unbase64(content: bytes) -> bytes:
    """Base64 as it comes: strange characters passed over, what is missing at the end forgiven."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content.partition(b"=")[0] if content.count(b"=") <= 2 else content)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def value_and_parameters(value: str) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="utf-8"` taken apart; continued and percent-encoded parameters put together (RFC 2231)."""
    first, _semicolon, _rest = value.partition(";")
    found: dict[str, list[tuple[int, bool, str]]] = {}
    for name, content in list(_parameters(value))[:50]:
        base, star, section = name.lower().partition("*")
        number = section.rstrip("*")
        place = int(number) if number.isascii() and number.isdecimal() else -1 if star else -2
        found.setdefault(base, []).append((place, section.endswith("*") or place == -1, content))
    return first.strip().lower(), {base: _joined(pieces) for base, pieces in found.items()}


def _parameters(value: str) -> Iterable[tuple[str, str]]:
    for match in PARAMETER.finditer(value):
        content = match[2].strip()
        if content.startswith('"'):
            content = ESCAPED.sub(r"\1", content[1:-1] if content.endswith('"') and len(content) > 1 else content[1:])
        yield match[1], content


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    whole = [one for one in pieces if one[0] == -1]
    numbered = sorted((one for one in pieces if one[0] >= 0), key=lambda one: one[0])
    chosen = whole[:1] or numbered
    if not chosen:
        return pieces[0][2]
    charset, content = "utf-8", b""
    for at, (_place, encoded, text) in enumerate(chosen):
        if at == 0 and encoded and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)  # noqa: PLW2901 - what is left is the text
        raw = text.encode("utf-8", "ignore")
        content += PERCENT.sub(lambda match: bytes([int(match[1], 16)]), raw) if encoded else raw
    return charsets.decoded(content, charset)[0]
