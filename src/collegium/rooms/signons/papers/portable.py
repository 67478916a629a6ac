"""The paper as PDF, drawn by typst."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from collegium.design.typesetting import pieces_of, typeset

from .content import Content

TEMPLATE = Path(__file__).parent / "letter.typ"


def as_pdf(content: Content, at: datetime) -> bytes:
    """All words are handed over as values, so nothing somebody wrote is read as markup."""
    given = asdict(content) | {"pieces": pieces_of(content.html, base=content.base)}
    return typeset(TEMPLATE, given, at)
