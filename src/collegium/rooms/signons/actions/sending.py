"""The files of a letter: made once, when it is sent, and kept byte for byte."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings

from ..models import Letter, Paper
from ..papers.content import Content, addendum_content, letter_content
from ..papers.portable import as_pdf
from ..papers.word import as_docx


def store_papers(letter: Letter, at: datetime) -> list[Paper]:
    """The letter as PDF and for word processors; part of sending it."""
    return _store(letter, Paper.Kind.LETTER, letter_content(letter, at, base=settings.BASE_URL), at)


def store_addendum(letter: Letter, at: datetime) -> list[Paper]:
    """The later names as papers of their own; part of closing the addendum."""
    return _store(letter, Paper.Kind.ADDENDUM, addendum_content(letter, at, base=settings.BASE_URL), at)


def _store(letter: Letter, kind: str, content: Content, at: datetime) -> list[Paper]:
    made = {Paper.Form.PDF: as_pdf(content, at), Paper.Form.DOCX: as_docx(content)}
    return [
        Paper.objects.create(
            letter=letter, kind=kind, form=form, content=drawn, digest=hashlib.sha256(drawn).hexdigest(), at=at
        )
        for form, drawn in made.items()
    ]
