"""The access table's rows of the search, and what each persona finds of the canaries."""

from __future__ import annotations

from urllib.parse import quote

from .table import PAGE, Row
from .world import EVERYONE

SEARCH = [Row("search:search", {PAGE: EVERYONE})]


def looked_for(word: str) -> str:
    """Where one reads what is found for a word."""
    return f"/search/?q={quote(word)}"
