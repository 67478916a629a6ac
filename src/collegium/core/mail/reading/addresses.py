"""Who wrote: the one address of From, in one spelling, and the name beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from collegium.core.people.domains import in_ascii

from .headers import Head, one_line

MAX_LOOKED_AT = 10_000
MAX_LOCAL = 64
MAX_DOMAIN = 253
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
LOCAL = re.compile(r'[^\s\x00-\x1f\x7f@<>()\[\],;:\\"]+')
QUOTED_LOCAL = re.compile(r'"(?:[^"\\\x00-\x1f\x7f]|\\[\x20-\x7e])+"')
ROUTE = re.compile(r"@[^:<>]*:")


@dataclass(frozen=True, slots=True)
class Sender:
    """The address, or None and the code of the reason."""

    address: str | None
    problem: str = ""
    name: str = ""


def sender_of(head: Head) -> Sender:
    """The single author of a letter; one that names several, or none, has none."""
    fields = [one for one in head.all("from") if one.strip()]
    if not fields:
        return Sender(None, "from-missing")
    if len(fields) > 1:
        return Sender(None, "from-several")
    mailboxes = mailboxes_of(fields[0])
    if len(mailboxes) > 1:
        return Sender(None, "from-several", mailboxes[0][0])
    if not mailboxes:
        return Sender(None, "from-missing")
    name, written = mailboxes[0]
    address = address_of(written)
    return Sender(address, "" if address else "from-malformed", name)


def address_of(written: str) -> str | None:
    """An address in one spelling: small letters, the domain in ASCII (IDNA); None for what is none."""
    text = unicodedata.normalize("NFC", ROUTE.sub("", written.strip(), count=1)).strip().lower()
    local, at, domain = text.rpartition("@")
    if not at or not 0 < len(local) <= MAX_LOCAL:
        return None
    if not QUOTED_LOCAL.fullmatch(local) and (not LOCAL.fullmatch(local) or ".." in local or local[:1] == "."):
        return None
    in_ascii = ascii_domain(domain)
    return f"{local}@{in_ascii}" if in_ascii else None


def ascii_domain(domain: str) -> str | None:
    """The domain as the name servers know it; None for what no name server could know."""
    domain = domain.strip().rstrip(".").lower()
    if not 0 < len(domain) <= MAX_DOMAIN:
        return None
    written = in_ascii(domain)
    if written is None:
        return None
    domain, labels = written, written.split(".")
    return domain if len(labels) > 1 and all(map(LABEL.fullmatch, labels)) else None


def mailboxes_of(value: str) -> list[tuple[str, str]]:
    """Each mailbox of a field as (name, address as written); groups are opened, a comment may be the name."""
    found = []
    for piece in _pieces(value[:MAX_LOOKED_AT]):
        name, address = piece.mailbox()
        if address:
            found.append((name, address))
    return found


class _Piece:
    """What stands between two commas, its words, comment and angle brackets apart."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comment: list[str] = []
        self.address: list[str] | None = None

    def mailbox(self) -> tuple[str, str]:
        words, comment = "".join(self.words).strip(), one_line("".join(self.comment))
        if self.address is not None:
            return one_line(unquoted(words)) or comment, "".join(self.address).strip() or "-"
        # Words without an address are a name whose address is missing: that is a mailbox, and a malformed one.
        return comment, re.sub(r"\s+", "", words) if "@" in words else words


def unquoted(words: str) -> str:
    """A name without its quotation marks."""
    return re.sub(r'\\(.)|"', lambda match: match[1] or "", words)


def _pieces(value: str) -> list[_Piece]:  # noqa: C901 - one table of states, taken apart it is three
    """One pass over the characters: quotes, comments however deep, angle brackets, commas, groups."""
    pieces = [_Piece()]
    state, depth, escaped = "", 0, False
    for character in value:
        piece = pieces[-1]
        if escaped or (character == "\\" and (state == '"' or depth)):
            escaped = not escaped
            (
                piece.comment if depth else piece.words if piece.address is None or state != "<" else piece.address
            ).append(character)
        elif depth or (character == "(" and not state):
            depth += {"(": 1, ")": -1}.get(character, 0)
            if depth and not (character == "(" and depth == 1):
                piece.comment.append(character)
        elif state == "<":
            state = "" if character == ">" else "<"
            if state and piece.address is not None:
                piece.address.append(character)
        elif character == '"':
            state = "" if state else '"'
            piece.words.append(character)
        elif state:
            piece.words.append(character)
        else:
            state = _outside(character, pieces)
    return pieces


def _outside(character: str, pieces: list[_Piece]) -> str:
    piece = pieces[-1]
    if character == "<" and piece.address is None:
        piece.address = []
        return "<"
    if character in ",;":
        pieces.append(_Piece())
    elif character == ":" and piece.address is None:
        pieces[-1] = _Piece()
    else:
        piece.words.append(character)
    return ""
