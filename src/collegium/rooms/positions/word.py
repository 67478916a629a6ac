"""A position for word processors, in the order of the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from collegium.design.word import PT, as_bytes, draw, readable, say, sheet


def as_docx(given: Mapping[str, Any], at: datetime) -> bytes:
    """What `printing` tells of a position: the same bytes for the same values and moment."""
    document = sheet(title=given["title"], author=given["council"], foot=given["foot"], language=given["language"])
    document.core_properties.created = document.core_properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    document.core_properties.keywords = ", ".join(given["keywords"])
    say(document, f"{given['council']} · {given['kind']}")
    document.add_heading(readable(given["title"]), level=1)
    for mark in given["marks"]:
        say(document, mark, is_bold=True)
    _rows(document, given["facts"])
    for piece in given["pieces"]:
        draw(document, piece)
    _around(document, given)
    return as_bytes(document)


def _around(document: Any, given: Mapping[str, Any]) -> None:
    """Who supports it, who does not, what it goes with, how it is cited, how it is told from others."""
    if supporters := given["supporters"]:
        document.add_heading(readable(given["supporters_title"]), level=2)
        say(document, given["supporters_words"])
        lines = [("\n".join(part for part in (name, words) if part), stance) for name, stance, words in supporters]
        _rows(document, lines)
    for words in given["support_words"]:
        say(document, words)
    if given["minority"]:
        document.add_heading(readable(given["minority_title"]), level=2)
    for one in given["minority"]:
        say(document, one["names"], is_bold=True)
        for piece in one["pieces"]:
            draw(document, piece)
    if given["related"]:
        document.add_heading(readable(given["related_title"]), level=2)
    for word, title, url in given["related"]:
        say(document, f"{word}: {title} ({url})")
    document.add_heading(readable(given["citation_title"]), level=2)
    say(document, given["citation"])
    document.add_heading(readable(given["digest_title"]), level=2)
    say(document, given["digest"])
    say(document, given["digest_words"]).runs[0].font.size = 9 * PT


def _rows(document: Any, lines: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for line in lines:
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.paragraphs[0].add_run(readable(words))
    document.add_paragraph()
