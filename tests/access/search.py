"""The access table's rows of the search, and what each persona finds of the canaries."""

from __future__ import annotations

from urllib.parse import quote

from .table import PAGE, Row
from .world import EVERYONE

SEARCH = [Row("search:search", {PAGE: EVERYONE}), Row("search:suggestions", {PAGE: EVERYONE})]


def suggested(word: str) -> str:
    """Where names and titles are that begin so."""
    return f"/search/suggestions/?q={quote(word)}"


def looked_for(word: str) -> str:
    """Where one reads what is found for a word."""
    return f"/search/?q={quote(word)}"
