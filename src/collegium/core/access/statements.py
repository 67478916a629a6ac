"""Statements prepared once on each connection.

For a statement of a dozen tables by their keys, planning takes ten times as long as running. Those that every page or
every reply asks are therefore prepared: PostgreSQL keeps their plan, and only values travel. The framework's own
queries stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from types import NoneType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import RawCursor


@lru_cache(maxsize=256)
def _numbered(query: str) -> tuple[str, list[str]]:
    """The statement with PostgreSQL's own placeholders, and the names of its parameters if they have names.

    Psycopg would look for them anew each time in a long statement.
    """
    number, names = count(1), list(dict.fromkeys(re.findall(r"%\((\w+)\)s", query)))

    def placed(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return f"${names.index(found[1]) + 1 if found[1] else next(number)}"

    return re.sub(r"%(?:\((\w+)\))?s|%%", placed, query), names


def untyped(value: Any) -> Any:
    """The value as text whose type PostgreSQL tells from where it stands.

    Otherwise psycopg says of each number how long it is, and of nothing and of an empty list that it does not know; and
    the same statement would be planned anew for each such mixture.
    """
    write = _AS_TEXT.get(value.__class__)
    if write is not None:
        return write(value)
    return format(int(value)) if isinstance(value, int) else value


def _array(values: list[Any]) -> Any:
    """A list as PostgreSQL writes one; lists of anything rarer are left to psycopg."""
    classes = {value.__class__ for value in values}
    if not classes <= _AS_ELEMENT.keys():
        return values
    return "{" + ",".join([_AS_ELEMENT[value.__class__](value) for value in values]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_ONE_BY_ONE: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "t" if value else "f",
    int: str,
    datetime: datetime.isoformat,
    date: date.isoformat,
}
_AS_TEXT: dict[type, Callable[[Any], Any]] = {**_ONE_BY_ONE, NoneType: lambda value: value, str: str, list: _array}
_AS_ELEMENT: dict[type, Callable[[Any], str]] = {**_ONE_BY_ONE, NoneType: lambda _value: "NULL", str: _quoted}


class _Preparing(RawCursor[Any]):
    """Binds on the server, and prepares what it runs."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if isinstance(query, str) and params is not None:
            query, names = _numbered(query)
            params = [untyped(params[name]) for name in names] if names else [*map(untyped, params)]
        return super().execute(query, params, prepare=True, **options)

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        # Otherwise a statement already prepared would stand in logs and counts without its text.
        self._query = super()._convert_query(query, params)
        return self._query


def prepared_cursor() -> CursorWrapper:
    """A cursor for constant SQL with `%s` or `%(name)s` whose types PostgreSQL can tell; logged as any other.

    A value that stands alone, or that a function of several kinds takes, says its type: `%s::int`.

    The SQL must be one of few: each other text is another plan to keep (psycopg keeps the last 100 a connection). A
    limit belongs in the text: with any limit in mind a plan reads too much.
    """
    # Looked up once: `django.db.connection` stands for it, and would look it up each time it is asked for anything.
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    _keep_plans(database.connection)
    # As `connection.cursor()` does with the cursor it makes: errors translated, statements logged, threads checked.
    wrapped: CursorWrapper = database._prepare_cursor(_Preparing(database.connection))
    return wrapped


def keep_plans() -> None:
    """Connect, outside of a transaction, for statements that will all stand in one."""
    prepared_cursor().close()


def _keep_plans(raw: Any) -> None:
    """Once a connection: allow preparing, and one plan for all values instead of weighing that against new ones."""
    # The framework turns preparing off for connection poolers that cannot do it; PgBouncer can since 1.21.
    if raw.prepare_threshold is None:
        raw.prepare_threshold = 0
    # A setting made inside a transaction would go with it, so that waits for a statement outside of one.
    if raw.prepare_threshold == 0 and raw.autocommit:
        raw.execute("SET plan_cache_mode = force_generic_plan")
        raw.prepare_threshold = 1


Parameters = Sequence[Any] | Mapping[str, Any]


def rows(sql: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    """All rows of a prepared statement."""
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def row(sql: str, parameters: Parameters) -> tuple[Any, ...] | None:
    """The first row of a prepared statement, or None."""
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
