"""The comment-resolution table as a paper for word processors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.design.word import CM, PT, as_bytes, lay_across, readable, repeat, sheet

from .models import Comment, Consultation
from .queries.comments import Row

# Centimetres of each column on A4 across.
WIDTHS = (1.2, 3.2, 4.2, 6.5, 4.0, 6.2)


def comment_table(consultation: Consultation, rows: Sequence[Row], at: datetime) -> bytes:
    """Every comment with what became of it, in the order of the text; A4 across, the head repeated on each page."""
    position = consultation.position
    title = position.entry.title
    document = sheet(title=title, author="", foot=title, language=(get_language() or "en").partition("-")[0])
    lay_across(document)
    document.styles["Normal"].font.size = 9 * PT
    document.add_heading(readable(title), level=1)
    words = _("Comments and what became of them, as of %(day)s. Revision %(number)s.")
    number = position.presented.number if position.presented else 0
    document.add_paragraph(words % {"day": date_format(localtime(at), "j F Y, H:i T"), "number": number})
    table = document.add_table(rows=1, cols=len(WIDTHS))
    table.style, table.autofit = "Table Grid", False
    _fill(table.rows[0], _head(), is_bold=True)
    repeat(table.rows[0])
    for row in rows:
        _fill(table.add_row(), _cells(row))
    return as_bytes(document)


def _head() -> list[str]:
    return [
        _("No."),
        _("Society"),
        _("Where"),
        _("Comment and proposed wording"),
        _("Disposition"),
        _("Reason, and the society's word"),
    ]


def _cells(row: Row) -> list[str]:
    comment = row.comment
    return [
        str(comment.number),
        "\n".join([comment.society.name, *([_("late")] if comment.is_late else [])]),
        _where(row),
        "\n\n".join(
            [comment.raw, *([_("Instead: %(words)s") % {"words": comment.proposal}] if comment.proposal else [])]
        ),
        str(comment.disposition.get_outcome_display()) if comment.disposition else "",
        _said(comment),
    ]


def _where(row: Row) -> str:
    comment = row.comment
    if comment.block_key is None:
        return _("The whole text")
    place = row.where if not comment.is_orphan else _("No longer in the text")
    return f"{place}\n“{comment.quote}”" if comment.quote else place


def _said(comment: Comment) -> str:
    disposition = comment.disposition
    if disposition is None:
        return ""
    word = {True: _("Satisfied."), False: _("Not satisfied."), None: ""}[disposition.is_satisfied]
    return "\n\n".join(piece for piece in (disposition.reason, f"{word} {disposition.answer}".strip()) if piece)


def _fill(row: Any, texts: list[str], *, is_bold: bool = False) -> None:
    for cell, width, text in zip(row.cells, WIDTHS, texts, strict=True):
        cell.width = int(width * CM)
        run = cell.paragraphs[0].add_run(readable(text))
        run.bold = is_bold
