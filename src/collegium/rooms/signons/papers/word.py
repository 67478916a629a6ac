"""The paper for word processors."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from collegium.design.typesetting import Piece, pieces_of

from .content import Content

MARKS = {"strong": "bold", "em": "italic", "gone": "strike"}


def as_docx(content: Content) -> bytes:
    """Letterhead, addressee, subject, text and names, in the order of the PDF."""
    document = Document()
    _lay_out(document, content)
    _head(document, content)
    for piece in pieces_of(content.html, base=content.base):
        _draw(document, piece)
    _names(document, content)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _lay_out(document: Any, content: Content) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.6)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Georgia", Pt(10.5)
    document.core_properties.title, document.core_properties.author = readable(content.subject), content.council
    foot = section.footer.paragraphs[0].add_run(content.foot)
    foot.font.size = Pt(7)


def _head(document: Any, content: Content) -> None:
    head = document.add_paragraph().add_run(readable(content.council))
    head.bold, head.font.size = True, Pt(14)
    _say(document, content.place)
    _say(document, content.mark, is_bold=True)
    _say(document, content.day)
    _say(document, "\n".join(content.addressed_to))
    subject = f"{content.head}: {content.subject}" if content.head else content.subject
    document.add_heading(readable(subject), level=1)
    _say(document, content.opening)


def _say(document: Any, words: str, *, is_bold: bool = False) -> Any:
    if not words:
        return None
    paragraph = document.add_paragraph()
    paragraph.add_run(readable(words)).bold = is_bold
    return paragraph


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


# --- the text


def _draw(place: Any, piece: Piece, style: str | None = None) -> None:
    """One piece; what stands in lists and quotes is drawn in their style."""
    kind = piece["kind"]
    if kind == "heading":
        _runs(place.add_heading(level=min(piece["level"] + 1, 5)), piece["runs"])
    elif kind == "paragraph":
        _runs(place.add_paragraph(style=style), piece["runs"])
    elif kind == "code":
        place.add_paragraph(readable(piece["words"]), style=style)
    elif kind == "table":
        _table(place, piece)
    else:
        for inner, of in _inside(piece):
            _draw(place, inner, of)


def _inside(piece: Piece) -> list[tuple[Piece, str]]:
    """The pieces of a quote or list with the style that marks them; a rule and what is unknown has none."""
    if piece["kind"] == "quote":
        return [(inner, "Quote") for inner in piece["body"]]
    style = {"list": "List Bullet", "steps": "List Number"}.get(piece["kind"])
    return [(inner, style) for item in piece.get("items", []) for inner in item if style]


def _table(place: Any, piece: Piece) -> None:
    table = place.add_table(rows=1, cols=max(1, len(piece["columns"])))
    table.style = "Table Grid"
    rows = [piece["head"], *([cell["body"] for cell in row] for row in piece["rows"])]
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, runs in zip(cells, row, strict=False):
            _runs(cell.paragraphs[0], runs, is_bold=number == 0)


def _runs(paragraph: Any, runs: list[Piece], *, is_bold: bool = False) -> None:
    for run in runs:
        if "break" in run:
            paragraph.add_run("\n")
        elif "to" in run:
            _runs(paragraph, run["runs"], is_bold=is_bold)
            paragraph.add_run(f" ({readable(run['told'])})" if run["told"] else "")
        else:
            made = paragraph.add_run(readable(run["words"]))
            for mark, name in MARKS.items():
                if mark in run:
                    setattr(made.font, name, True)
            made.bold = made.bold or is_bold or None


def readable(text: str) -> str:
    """Without what XML cannot hold, and without places where a line may end."""
    kept = (letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff\u200b"))
    return "".join(kept)
