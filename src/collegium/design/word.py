"""Rendered texts as papers for word processors: the pieces of `typesetting.pieces_of`, drawn by python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from .typesetting import Piece

# The media type of such a file (ECMA-376, as IANA registers it).
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A centimetre and a point in the unit of such files (ECMA-376, 20.1.10.16).
CM, PT = 360_000, 12_700
A4 = (21 * CM, int(29.7 * CM))
# A property of a file holds so many letters (python-docx refuses more).
MOST_OF_A_PROPERTY = 255
MARKS = {"strong": "bold", "em": "italic", "gone": "strike"}


def sheet(*, title: str, author: str, foot: str, language: str) -> Any:
    """An empty document, A4 upright, with its properties and a foot on every page."""
    from docx import Document  # noqa: PLC0415 - every process would hold what it takes, for a few files a day

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = int(2.7 * CM)
    section.top_margin, section.bottom_margin = int(2.4 * CM), int(2.6 * CM)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Georgia", int(10.5 * PT)
    told = document.core_properties
    told.title, told.author, told.language = readable(title)[:MOST_OF_A_PROPERTY], readable(author), language
    section.footer.paragraphs[0].add_run(readable(foot)).font.size = 7 * PT
    return document


def lay_across(document: Any) -> None:
    """A4 on its side, with margins for a table."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - as above

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_height, section.page_width = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = 2 * CM


def repeat(row: Any) -> None:
    """The row stands on each page the table goes on to (ECMA-376, 17.4.78 `tblHeader`)."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def as_bytes(document: Any) -> bytes:
    """The file."""
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def say(place: Any, words: str, *, is_bold: bool = False) -> Any:
    """A paragraph of these words; nothing where there are none."""
    if not words:
        return None
    paragraph = place.add_paragraph()
    paragraph.add_run(readable(words)).bold = is_bold
    return paragraph


def draw(place: Any, piece: Piece, style: str | None = None) -> None:
    """One piece at the end of a document or cell; what stands in lists and quotes is drawn in their style."""
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
            draw(place, inner, of)


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
