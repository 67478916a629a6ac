"""Long lists of the office: narrowed, page by page, or whole as a table to download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from collegium.core.access import statements
from collegium.core.entries.text import fold
from collegium.web.together import Row, Statement, together

PAGE = 50
# A page far behind any list; PostgreSQL would take more, but nobody has that many societies or people.
LAST = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list: its rows, how many there are on all pages, and the addresses of what is around it."""

    rows: list[Row]
    total: int
    first: int
    earlier_url: str
    later_url: str
    asked: dict[str, str]

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def query(self) -> str:
        """What narrows the list, for the address of its table."""
        return f"?{urlencode(self.asked)}" if self.asked else ""


def listed(statement: Statement, *, asked: dict[str, str], page: str | None, count: Statement | None = None) -> Listing:
    """The page of this number; `count` tells `n` where that is cheaper than counting rows. One question."""
    sql, parameters = statement
    number = int(page) if page and page.isascii() and page.isdigit() and 0 < int(page[:9]) <= LAST else 1
    offset = (number - 1) * PAGE
    found = together(
        rows=(f"{sql} LIMIT {PAGE} OFFSET %s", [*parameters, offset]),
        total=count or (f"SELECT count(*) AS n FROM ({sql}) AS whole", parameters),  # noqa: S608 - constants
    )
    rows, total = found["rows"], found["total"][0]["n"]
    kept = {name: value for name, value in asked.items() if value}
    return Listing(
        rows=rows,
        total=total,
        first=offset + 1,
        earlier_url=f"?{urlencode(kept | {'page': number - 1})}" if number > 1 else "",
        later_url=f"?{urlencode(kept | {'page': number + 1})}" if offset + PAGE < total else "",
        asked=kept,
    )


def whole(statement: Statement) -> list[dict[str, Any]]:
    """All rows of the list, by the names of its columns: one question."""
    sql, parameters = statement
    with statements.prepared_cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def folded(column: str) -> str:
    """SQL of a text as `core.entries.text.fold` makes it: decomposed, without combining marks, in lower case."""
    return f"regexp_replace(lower(normalize({column}, NFKD)), '[\\u0300-\\u036f]', '', 'g')"


def within(text: str) -> str:
    """A pattern for LIKE that finds the words anywhere in a folded text; an empty one finds all."""
    words = fold(text.strip()).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{words}%"
