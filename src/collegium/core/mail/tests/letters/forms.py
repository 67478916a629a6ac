"""The outer form of a letter: head, parts, encodings, line ends, as the programs write them."""

from __future__ import annotations

import base64
import quopri
from email.header import Header

CRLF = "\r\n"


def encoded_word(text: str, charset: str = "utf-8") -> str:
    return text if text.isascii() else Header(text, charset).encode(splitchars=" ;,")


def qp(text: str, charset: str = "utf-8") -> bytes:
    """Quoted-printable with soft breaks."""
    content = quopri.encodestring(text.encode(charset), quotetabs=False)
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def b64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def body(text: str, charset: str, encoding: str) -> bytes:
    text = text.replace("\n", CRLF)
    if encoding == "quoted-printable":
        return qp(text, charset)
    if encoding == "base64":
        return b64(text.encode(charset))
    return text.encode(charset)


def text_part(
    kind: str, text: str, charset: str = "utf-8", encoding: str = "quoted-printable", more: str = ""
) -> bytes:
    head = f'Content-Type: text/{kind}; charset="{charset}"{more}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + body(text, charset, encoding)


def file_part(name: str, kind: str, content: bytes, more: str = "", disposition: str = "attachment") -> bytes:
    head = (
        f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: {disposition}; filename="{name}"\r\n{more}'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + b64(content)


def multipart(kind: str, boundary: str, *parts: bytes, more: str = "", preamble: str = "") -> bytes:
    mark = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n{preamble}'.encode()
    return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def letter(
    content: bytes,
    *,
    sender: str,
    subject: str,
    to: str = "dues@council.example",
    number: str,
    more: str = "",
    answers: bool = True,
) -> bytes:
    """A whole letter; the content brings its own Content-Type."""
    lines = [
        f"Return-Path: <{sender.rpartition('<')[2].rstrip('>')}>",
        "Received: from mx.nordwind-society.example (mx.nordwind-society.example [192.0.2.25])",
        "\tby mail.council.example with ESMTPS id 4QxInk0wPen; Tue, 03 Nov 2026 10:45:31 +0000",
        "MIME-Version: 1.0",
        f"Message-ID: <{number}@nordwind-society.example>",
    ]
    if answers:
        lines += [
            "In-Reply-To: <topic-17.post-3@council.example>",
            "References: <topic-17.post-1@council.example>",
            " <topic-17.post-3@council.example>",
        ]
    lines += [f"From: {sender}", f"To: {to}", f"Subject: {subject}", "Date: Tue, 03 Nov 2026 11:45:28 +0100"]
    head = CRLF.join(lines) + CRLF + more
    return head.encode() + content
