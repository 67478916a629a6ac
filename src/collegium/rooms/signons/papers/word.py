"""The paper for word processors."""

from __future__ import annotations

from typing import Any

from collegium.design.typesetting import pieces_of
from collegium.design.word import PT, as_bytes, draw, readable, say, sheet

from .content import Content


def as_docx(content: Content) -> bytes:
    """Letterhead, addressee, subject, text and names, in the order of the PDF."""
    told = {"title": content.subject, "author": content.council, "foot": content.foot}
    document = sheet(**told, language=content.language)
    _head(document, content)
    for piece in pieces_of(content.html, base=content.base):
        draw(document, piece)
    _names(document, content)
    return as_bytes(document)


def _head(document: Any, content: Content) -> None:
    head = document.add_paragraph().add_run(readable(content.council))
    head.bold, head.font.size = True, 14 * PT
    say(document, content.place)
    say(document, content.mark, is_bold=True)
    say(document, content.day)
    say(document, "\n".join(content.addressed_to))
    subject = f"{content.head}: {content.subject}" if content.head else content.subject
    document.add_heading(readable(subject), level=1)
    say(document, content.opening)


def _names(document: Any, content: Content) -> None:
    parts = (
        (content.names_title, [[name, ""] for name in content.names]),
        (content.outsiders_title, content.outsiders),
        (content.reservations_title, content.reservations),
    )
    for title, lines in parts:
        if lines:
            document.add_heading(readable(title), level=2)
        for first, second in lines:
            paragraph = document.add_paragraph()
            paragraph.add_run(readable(first)).bold = bool(second)
            if second:
                paragraph.add_run(f"\n{readable(second)}")
