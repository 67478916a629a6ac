"""The outbox of a demonstration."""

from __future__ import annotations

from .models import Letter

PAGE = 30


def outbox(*, before: int | None = None) -> tuple[list[Letter], bool]:
    """A page of letters, newest first, older than the letter `before`; and whether there are older ones."""
    found = Letter.objects.order_by("-pk").defer("html")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def letter(pk: int) -> Letter | None:
    return Letter.objects.filter(pk=pk).first()
