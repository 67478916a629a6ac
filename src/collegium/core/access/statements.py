"""Statements prepared once on each connection.

For a statement of a dozen tables by their keys, planning takes ten times as long as running. Those that every page or
every reply asks are therefore prepared: PostgreSQL keeps their plan, and only values travel. The framework's own
queries stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
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


def _untyped(value: Any) -> Any:
    """The value as text whose type PostgreSQL tells from where it stands.

    Otherwise psycopg says of each number how long it is, and of nothing and of an empty list that it does not know; and
    the same statement would be planned anew for each such mixture.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return format(int(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(one, _PLAIN) for one in value):
        return "{" + ",".join(map(_element, value)) + "}"
    return value


_PLAIN = (str, int, date, NoneType)


def _element(value: Any) -> str:
    text = _untyped(value)
    if isinstance(value, str):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "NULL" if text is None else str(text)


class _Preparing(RawCursor[Any]):
    """Binds on the server, and prepares what it runs."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if isinstance(query, str) and params is not None:
            query, names = _numbered(query)
            params = [_untyped(params[name]) for name in names] if names else [*map(_untyped, params)]
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
