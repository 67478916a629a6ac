"""What the archives of some list managers did to letters, undone: addresses spelt out, parts cut off with a note."""

from __future__ import annotations

import re

# `From: ines at lagoon.example (Ines Okafor)`, as Mailman 2 writes it into its monthly texts.
_SPELT_OUT = re.compile(
    rb"^From:[ \t]*(?P<local>[^\s<>@()]{1,64}) at (?P<domain>[^\s<>@()]{1,253})"
    rb"(?:[ \t]+\((?P<name>[^\r\n]{0,300})\))?[ \t]*(?P<end>\r?)$",
    re.MULTILINE,
)
_HEAD_ENDS = re.compile(rb"\n\r?\n")
_CUT_OFF = re.compile(
    rb"-------------- next part --------------\r?\nAn HTML attachment was scrubbed\.\.\.\r?\n"
    rb"URL: <[^>\r\n]{0,500}>[ \t]*\r?\n?"
)


def restored(raw: bytes) -> bytes:
    """The letter with its sender's address as it was; what says that its other form was cut off goes."""
    end = _HEAD_ENDS.search(raw)
    head, body = (raw[: end.start() + 1], raw[end.start() + 1 :]) if end else (raw, b"")
    if b" at " in head:
        head = _SPELT_OUT.sub(_address, head, count=1)
    if b"was scrubbed" in body:
        body = _CUT_OFF.sub(b"", body)
    return head + body


def _address(found: re.Match[bytes]) -> bytes:
    address = found["local"] + b"@" + found["domain"]
    name = (found["name"] or b"").strip()
    if not name:
        return b"From: " + address + found["end"]
    # An encoded word says nothing between quotation marks.
    word = name if b"=?" in name else b'"' + name.replace(b"\\", b"").replace(b'"', b"'") + b'"'
    return b"From: " + word + b" <" + address + b">" + found["end"]
