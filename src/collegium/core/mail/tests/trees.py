"""Letters by chance: any tree of parts that can be built, letters of the corpus with bytes changed, and bytes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

CORPUS = Path(__file__).parent / "corpus"
TEXTS = ["text/plain", "text/html", "text/calendar", "text/csv", "TEXT/PLAIN", "text", ""]
OTHERS = [
    "application/octet-stream", "application/pdf", "image/png", "message/rfc822", "message/delivery-status", "message/feedback-report",
    "application/pkcs7-mime; smime-type=signed-data", "application/pgp-encrypted", "application/ms-tnef", "text/rfc822-headers", "a/b; name*=x'y'%z",
]  # fmt: skip
TOGETHER = ["mixed", "alternative", "related", "signed", "encrypted", "report", "digest", "parallel"]
CHARSETS = [
    "utf-8",
    "iso-8859-1",
    "big5",
    "iso-2022-jp",
    "utf-16",
    "utf-7",
    "koi8-r",
    "hz",
    "unknown-8bit",
    "x" * 99,
    "rot13",
    "base64",
    "idna",
    "",
]
ENCODINGS = ["7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "nonsense", ""]
PIECES = [
    "On Tue, Nov 3, 2026 at 10:12 AM Ann <a@b.example> wrote:", "> quoted", ">> twice", "-- ", "--", "From: Ann <a@b.example>", "Sent: today 2026", "To: all",
    "Subject: dues", "---------- Forwarded message ---------", "-----Original Message-----", "Sent from my iPhone", "# x", "1986. x", "    x", "- x", "2) x", "```",
    "[1]: https://x.example", "*a* _b_ `c`", "&copy; \\ <b>", "https://x.example/a_b", "| a | b |", "|---|---|", "====", "Best regards,", "T +99 555 0100", "_" * 40,
    "This e-mail is confidential and intended for nobody.", "\u202eren", "\x00", "\ufdd0", "<div>x</div>", "<blockquote type=cite>q</blockquote>", "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
    '<a href="https://x.example/">x</a>', "<ul><li>x<li>y</ul>", '<div class="gmail_quote"><div class="gmail_attr">x</div>', '<div id="appendonsend"></div>', "<pre>x\n y</pre>",
    '<p class="MsoListParagraph" style="mso-list:l0">1. x</p>', '<div class="gmail_signature">s</div>', "&#xFDD1;", "&#0;", "<o:p></o:p>", "<img alt='😀'>", "<b>", "</p>", "a\u0301" * 9,
]  # fmt: skip

line = st.one_of(st.sampled_from(PIECES), st.text(max_size=30), st.just(""))
text = st.lists(line, max_size=25).map("\n".join)
content = st.one_of(text.map(lambda one: one.encode("utf-8", "surrogatepass")), st.binary(max_size=200))
FIELDS = [
    "Subject", "From", "Date", "Message-ID", "In-Reply-To", "References", "Authentication-Results", "Auto-Submitted", "Precedence", "List-Id", "Return-Path",
    "X-Auto-Response-Suppress", "Received", "Content-ID", "Content-Disposition", "Content-Type",
]  # fmt: skip
VALUES = [
    "a@b.example", "Ann <a@b.example>", '"Ann, B" <a@b.example>, c@d.example', "Tue, 03 Nov 2026 11:45:28 +0100", "Tue, 99 Nov 2026 99:45:28 +9999", "<a@b.example>",
    "=?utf-8?q?=C3=A4?= =?utf-8?b?w6Q=?=", "=?x?q?=?= =?utf-16?b?//4=?=", "mx.example; dmarc=pass header.from=b.example", "Re: dues", "Fwd: dues", "mailer-daemon@b.example",
    'attachment; filename="a.txt"', "inline; filename*0=a; filename*1*=%ff", "multipart/mixed; boundary=b", "", "<>",
]  # fmt: skip
value = st.one_of(st.sampled_from(VALUES), st.text(max_size=40).map(lambda one: one.replace("\n", " ")))
fields = st.lists(st.tuples(st.sampled_from(FIELDS), value), max_size=8)


def _head(given) -> bytes:
    return b"".join(f"{name}: {content}\r\n".encode("utf-8", "surrogatepass") for name, content in given)


@st.composite
def leaves(draw) -> bytes:
    kind = draw(st.sampled_from(TEXTS + OTHERS))
    charset, encoding = draw(st.sampled_from(CHARSETS)), draw(st.sampled_from(ENCODINGS))
    flowed = draw(
        st.sampled_from(["", "; format=flowed", "; format=flowed; delsp=yes", '; name="a.txt"', "; method=REPLY"])
    )
    head = f'Content-Type: {kind}; charset="{charset}"{flowed}\r\nContent-Transfer-Encoding: {encoding}\r\n'
    return (
        head.encode()
        + _head(draw(st.lists(st.tuples(st.sampled_from(FIELDS[13:15]), value), max_size=2)))
        + b"\r\n"
        + draw(content)
    )


def _together(parts):
    return st.tuples(
        st.sampled_from(TOGETHER), st.sampled_from(["b", "c", "b b", "=_x", ""]), st.lists(parts, max_size=4)
    ).map(_joined)


def _joined(given) -> bytes:
    kind, boundary, parts = given
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    mark = b"--" + boundary.encode()
    return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


letters = st.tuples(fields.map(_head), st.recursive(leaves(), _together, max_leaves=8)).map(b"".join)
raw = st.binary(max_size=2_000)


@cache
def kept() -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]


@st.composite
def changed(draw) -> bytes:
    """A letter of the corpus in which some stretches are cut out, doubled, or replaced."""
    found = draw(st.sampled_from(kept()))
    for _change in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(found)))
        length = draw(st.integers(0, 60))
        piece = draw(
            st.one_of(
                st.binary(max_size=20),
                st.sampled_from(PIECES).map(lambda one: one.encode()),
                st.just(found[start : start + length] * 2),
            )
        )
        found = found[:start] + piece + found[start + length :]
    return found


anything = st.one_of(letters, changed(), raw)
