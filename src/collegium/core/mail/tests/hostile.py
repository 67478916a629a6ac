"""Letters nobody means well by: built to take time or memory, or to break what reads them."""

from __future__ import annotations

HEAD = b"From: a@b.example\r\nMessage-ID: <a@b.example>\r\nDate: Tue, 03 Nov 2026 11:45:28 +0100\r\n"


def typed(kind: bytes, body: bytes) -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\r\n\r\n" + body


def nested(levels: int) -> bytes:
    """Parts in parts in parts."""
    content = HEAD
    for level in range(levels):
        mark = b"b%d" % level
        content += b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n"
    return content + b"\r\nThe text.\r\n"


def same_boundary(levels: int) -> bytes:
    """Each part has the boundary of all others."""
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' * levels + b"\r\nThe text."


def letters() -> dict[str, bytes]:
    """Each by the name of what it does; sizes are those of an attack, not of a test."""
    return {**in_heads(), **in_markup(), **in_words(), **in_files()}


def in_heads() -> dict[str, bytes]:
    many = b"--b\r\n\r\nx\r\n" * 100_000
    return {
        "nested": nested(3_000),
        "same-boundary": same_boundary(5_000),
        "many-parts": typed(b'multipart/mixed; boundary="b"', many),
        "many-fields": b"X-A: 1\r\n" * 200_000 + HEAD + b"\r\nThe text.",
        "long-field": b"Subject: " + b"x" * 5_000_000 + b"\r\n" + HEAD + b"\r\nThe text.",
        "folded-field": HEAD + b"Subject: x" + b"\r\n y" * 500_000 + b"\r\n\r\nThe text.",
        "encoded-words": HEAD + b"Subject: " + b"=?utf-8?q?=C3=A4?= " * 20_000 + b"\r\n\r\nThe text.",
        "broken-words": HEAD + b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\nThe text.",
        "many-from": HEAD.replace(b"From: a@b.example", b"From: " + b"a@b.example, " * 50_000) + b"\r\n",
        "comments-in-from": HEAD.replace(b"From: a@b.example", b"From: " + b"(" * 30_000 + b" a@b.example") + b"\r\n",
        "quotes-in-from": HEAD.replace(b"From: a@b.example", b'From: "' + b'\\"' * 15_000 + b" a@b.example") + b"\r\n",
        "parameters": typed(b"text/plain" + b'; a="\\' * 8_000, b"The text."),
        "pieces-of-a-name": typed(b"text/plain" + b"".join(b"; name*%d=x" % n for n in range(3_000)), b"The text."),
        "references": HEAD
        + b"References: "
        + b"".join(b"<%d@b.example> " % n for n in range(3_000))
        + b"\r\n\r\nThe text.",
        "results": b"Authentication-Results: x; " + b"(" * 30_000 + b"dmarc=pass\r\n" + HEAD + b"\r\nThe text.",
    }


def in_markup() -> dict[str, bytes]:
    html = b"text/html; charset=utf-8"
    return {
        "divs": typed(html, b"<div>" * 100_000 + b"x"),
        "divs-closed": typed(html, b"<div>" * 50_000 + b"x" + b"</div>" * 50_000),
        "blockquotes": typed(html, b"<blockquote>" * 40_000 + b"x"),
        "tables": typed(html, b"<table><tr><td>" * 30_000 + b"x"),
        "cells": typed(html, b"<table>" + b"<tr>" + b"<td>x" * 500 + b"</tr>" + b"<tr><td>y" * 20_000),
        "lists": typed(html, b"<ul><li>" * 30_000 + b"x"),
        "attributes": typed(html, b"<div " + b"a=1 " * 100_000 + b">x"),
        "entities": typed(html, b"&amp;lt;" * 60_000),
        "emphasis": typed(html, b"<b><i>" * 40_000 + b"x"),
        "unclosed-comment": typed(html, b"<!--" * 100_000),
        "links": typed(html, b'<a href="https://x.example/">x</a>' * 15_000),
        "breaks": typed(html, b"<br>" * 100_000),
        "styles": typed(html, b'<p style="' + b"display:" * 50_000 + b'">x'),
        "html-quotes": typed(html, b"<blockquote type=cite>x</blockquote>y" * 10_000),
    }


def in_words() -> dict[str, bytes]:
    plain = b"text/plain; charset=utf-8"
    return {
        "quotes": typed(plain, b"> x\r\ny\r\n" * 40_000),
        "deep-quotes": typed(plain, (b">" * 500 + b" x\r\n") * 500),
        "statements": typed(plain, b"On 3 Nov 2026 at 10:12 a@b.example wrote:\r\n" * 8_000),
        "half-statements": typed(plain, b"On 3 Nov 2026 wrote a@b.example\r\n" * 10_000),
        "heads": typed(plain, b"From: a\r\nTo: b\r\n\r\n" * 15_000),
        "colons": typed(plain, b"wrote" * 50_000 + b":"),
        "dashes": typed(plain, b"-- \r\n" * 50_000),
        "rules": typed(plain, b"- " * 150_000),
        "stars": typed(plain, b"*a" * 150_000),
        "underscores": typed(plain, b"_a_ " * 80_000),
        "brackets": typed(plain, b"[" * 300_000),
        "brackets-closed": typed(plain, b"[](" * 100_000),
        "backslashes": typed(plain, b"\\" * 300_000),
        "digits": typed(plain, b"1" * 300_000 + b"."),
        "blanks": typed(plain, b" " * 300_000 + b"x"),
        "empty-lines": typed(plain, b"\r\n" * 150_000 + b"x"),
        "addresses": typed(plain, b"a@" * 100_000),
        "accents": typed(plain, b"a" + "\u0301".encode() * 100_000),
        "flowed": typed(b"text/plain; format=flowed", b"x \r\n" * 100_000),
        "flowed-depths": typed(
            b"text/plain; format=flowed", b"".join(b">" * (n % 200) + b" x \r\n" for n in range(3_000))
        ),
    }


def in_files() -> dict[str, bytes]:
    plain = b"text/plain; charset=utf-8"
    return {
        "base64": typed(b"text/plain\r\nContent-Transfer-Encoding: base64", b"=" * 1_000_000),
        "quoted-printable": typed(b"text/plain\r\nContent-Transfer-Encoding: quoted-printable", b"=" * 1_000_000),
        "uuencoded": typed(
            b"application/x\r\nContent-Transfer-Encoding: x-uuencode", b"begin 644 a\r\n" + b"M\r\n" * 200_000
        ),
        "eight-bit": typed(b"text/plain", bytes(range(128, 256)) * 2_000),
        "pgp": typed(plain, b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n\n" * 5_000),
        "report": typed(
            b'multipart/report; boundary="b"',
            b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            + b"Final-Recipient: rfc822; a@b.example\r\n\r\n" * 20_000,
        ),
        "bounce": HEAD.replace(b"a@b", b"mailer-daemon@b") + b"\r\n" + b"<a@b.example>:\r\n" * 20_000,
        "envelope": typed(b"application/pkcs7-mime; smime-type=signed-data", b"\x30\x80" * 100_000),
        "winmail": typed(b"application/ms-tnef", b"\x78\x9f\x3e\x22\0\0" + b"\x02\x02\x90\x06\0\0\0\0\0\0\0" * 50_000),
        "invitation": typed(b"text/calendar", b"SUMMARY:x\r\n" * 100_000),
    }
