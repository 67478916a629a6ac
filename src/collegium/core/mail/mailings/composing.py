"""A letter as bytes, composed once for all its readers, with places for what differs by reader.

Composing a message with the standard library takes a millisecond or more. So a mailing is composed once, with marks
where a reader's tokens belong, and cut at the marks: each reader's letter is those pieces joined around the tokens.
"""

from __future__ import annotations

import re
import secrets
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable, Sequence
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from ..registry import Links, Picture, Said
from ..writing import Written, write
from . import tokens

LONGEST_NAME = 60


# What a line of a letter begins with is said twice to a relay where it is a dot (RFC 5321, 4.5.2).
_DOT = re.compile(rb"^\.", re.MULTILINE)
_END = b".\r\n"


class Composed:
    """A letter for many: `for_reader` gives each their own, `for_relay` the same as it is said to a relay."""

    def __init__(self, raw: bytes, marks: Marks) -> None:
        # A mark that quoted-printable has broken across two lines (RFC 2045, 6.7) gets a line of its own, as then does
        # what is put in its place.
        for mark in marks:
            raw = _mended(raw, mark)
        split = re.compile(b"(" + b"|".join(marks) + b")").split
        parts = split(raw)
        self._pieces, self._slots = parts[::2], [marks.index(mark) for mark in parts[1::2]]
        # Once for all: what is put in the places begins with no dot.
        self._said = split(_DOT.sub(b"..", raw) + _END)[::2]

    def for_reader(self, values: tuple[bytes, ...]) -> bytes:
        """The letter with these values in the places of the marks, in the order of the marks."""
        return self._filled(self._pieces, values)

    def for_relay(self, values: tuple[bytes, ...]) -> bytes:
        """What follows DATA, with its end."""
        return self._filled(self._said, values)

    def _filled(self, pieces: list[bytes], values: tuple[bytes, ...]) -> bytes:
        filled = [values[slot] for slot in self._slots]
        return b"".join(chain.from_iterable(zip(pieces, [*filled, b""], strict=True)))


class Marks(NamedTuple):
    """What stands in a composed letter for the reader's address and tokens: random, so that no text can hold it."""

    to: bytes
    answer: bytes
    stop: bytes

    @classmethod
    @cache
    def of_this_process(cls) -> Marks:
        """They never leave it: each letter that does has a reader's own in their place."""
        return cls(*(secrets.token_hex(tokens.LENGTH // 2).encode() for _mark in cls._fields))


def _mended(raw: bytes, mark: bytes) -> bytes:
    def whole(found: re.Match[bytes]) -> bytes:
        return mark if found[0] == mark else b"=\r\n" + mark + b"=\r\n"

    return re.sub(b"(?:=\r\n)?".join(bytes([letter]) for letter in mark), whole, raw)


def links_of(marks: Marks) -> Links:
    """The addresses and pages of a letter, with marks for the reader's tokens."""
    answer, stop = marks.answer.decode(), marks.stop.decode()
    return Links(
        answer=mailbox(f"r-{answer}"),
        answer_author=mailbox(f"p-{answer}"),
        mute=settings.BASE_URL + reverse("letters:mute", args=[stop]),
        stop=settings.BASE_URL + reverse("letters:stop", args=[stop]),
        stop_by_letter=mailbox(f"u-{stop}"),
    )


def mailbox(local: str) -> str:
    """An address of the house."""
    return f"{local}@{settings.MAIL_DOMAIN}"


def compose(said: Said, links: Links, marks: Marks) -> Composed:
    """The bytes of a letter to many; every line at most 998 octets, ASCII alone."""
    written = write(said.letter, said.context, said.house)
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers(said, links))
    whole = _top(_sender(said), written.subject) + _bodies(written, said.pictures)
    return Composed(b"To: " + marks.to + b"\r\n" + head.encode("ascii") + whole, marks)


def _sender(said: Said) -> tuple[str, str]:
    """A domain of one's own, so that no strict policy of the author's domain is broken (RFC 7489, 3.1)."""
    via = _short(said.author)
    if said.place.is_group:
        return f"{via} · {_short(said.place.name)}", mailbox(said.place.slug)
    return via, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _top(sender: tuple[str, str], subject: str) -> bytes:
    return _from(*sender) + _subject(subject) + b"MIME-Version: 1.0\r\n"


@lru_cache(maxsize=64)
def _from(name: str, address: str) -> bytes:
    """The library encodes and folds it, which takes longer than all else in a letter; few people write at a time."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = Address(name, addr_spec=address)
    return message.as_bytes().removesuffix(b"\r\n")


def _subject(subject: str) -> bytes:
    """Encoded words (RFC 2047) where it is not plain; folded."""
    charset = "us-ascii" if subject.isascii() else "utf-8"
    folded = Header(subject, charset, header_name="Subject", maxlinelen=76).encode(linesep="\r\n")
    return f"Subject: {folded}\r\n".encode("ascii")


def _bodies(written: Written, pictures: Sequence[Picture]) -> bytes:
    """Plain text and HTML as alternatives, the HTML with its pictures (RFC 2387)."""
    html = _text_part(b"html", written.html)
    if pictures:
        html = _multipart(b"related", [html, *(_picture_part(picture) for picture in pictures)])
    return _multipart(b"alternative", [_text_part(b"plain", written.text), html])


def _multipart(kind: bytes, parts: Iterable[bytes]) -> bytes:
    boundary = secrets.token_hex(16).encode()
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    return head + b"".join(b"--" + boundary + b"\r\n" + part for part in parts) + b"--" + boundary + b"--\r\n"


def _text_part(kind: bytes, words: str) -> bytes:
    """Quoted in C: a digest is long, and each has but one reader."""
    quoted = b2a_qp(words.replace("\r\n", "\n").replace("\n", "\r\n").encode(), istext=True)
    head = b"Content-Type: text/" + kind + b"; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head + quoted + b"\r\n"


def _picture_part(picture: Picture) -> bytes:
    head = f"Content-Type: {picture.content_type}\r\nContent-ID: <{picture.cid}>\r\nContent-Disposition: inline\r\n"
    encoded = encodebytes(picture.content).replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded + b"\r\n"


def _headers(said: Said, links: Links) -> list[tuple[str, str]]:
    """The headers that hold ASCII alone. The library would fold a long one, or encode it, in the midst of a mark."""
    group, name = mailbox(said.place.slug), _phrase(said.place.name)
    headers = [
        ("Date", format_datetime(said.at)),
        ("Message-ID", said.message_id),
        # RFC 2919 and RFC 2369.
        ("List-Id", f"{name} <{said.place.slug}.{settings.MAIL_DOMAIN}>"),
        ("List-Archive", f"<{said.place.url}>"),
        # Out-of-office replies leave it alone (RFC 3834, 5; Microsoft's header for the same).
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "list"),
        ("Feedback-ID", f"{said.place.slug}:{said.letter.name}:collegium"),
    ]
    if said.place.is_group:
        headers.append(("List-Owner", f"<mailto:{mailbox(said.place.slug + '-owner')}>"))
    if said.can_be_stopped:
        # RFC 8058: one POST without signing in; the mail address for readers that know no other way.
        headers.append(("List-Unsubscribe", f"<{links.stop}>,\r\n <mailto:{links.stop_by_letter}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if said.takes_answers:
        headers += [("Reply-To", f"{name} <{links.answer}>"), ("List-Post", f"<mailto:{group}>")]
    else:
        headers.append(("List-Post", "NO"))
    if said.parents:
        headers += [("In-Reply-To", said.parents[-1]), ("References", "\r\n ".join(said.parents))]
    return headers


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _phrase(name: str) -> str:
    """A name before an address: what needs no encoding there."""
    plain = name.encode("ascii", "ignore").decode()
    return '"' + re.sub(r'["\\\r\n]', "", plain).strip()[:LONGEST_NAME] + '"'


# What may stand between < and > of a command to a relay: no space, no bracket, nothing that ends a line.
_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+", re.ASCII)


def reader(name: str, email: str) -> bytes:
    """A reader as a letter's To names them; ValueError for an address that no relay is told."""
    if not _ADDRESS.fullmatch(email):
        raise ValueError("an address of ASCII letters is needed")
    return formataddr((name if len(name) <= LONGEST_NAME else "", email)).encode("ascii", "surrogateescape")
