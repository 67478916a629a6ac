"""Several short lists in one round trip to the database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from collegium.core.access.statements import prepared_cursor

_AS_JSON = "(SELECT json_agg(r) FROM ({}) AS r)"

Row = dict[str, Any]
Statement = tuple[str, list[Any]]


def together(**lists: QuerySet | Statement) -> dict[str, list[Row]]:
    """The rows of each list, by its name, as one statement.

    A list is a queryset of `.values(…)` whose columns all have their own names, or SQL with its positional parameters.
    Values arrive as JSON: moments and days as ISO 8601 text.
    """
    found: dict[str, list[Row]] = {name: [] for name in lists}
    statements = {name: statement for name, rows in lists.items() if (statement := _statement(rows)) is not None}
    if not statements:
        return found
    # Composed of compiled querysets and constants of the house.
    columns = ", ".join(_AS_JSON.format(sql) for sql, _parameters in statements.values())
    parameters = [parameter for _sql, own in statements.values() for parameter in own]
    # Prepared: planning so many tables anew for each page takes twenty times as long as running the plan.
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT {columns}", parameters)
        answers = cursor.fetchone()
    for name, answer in zip(statements, answers, strict=True):
        found[name] = (json.loads(answer) if isinstance(answer, str) else answer) or []
    return found


def _statement(rows: QuerySet | Statement) -> Statement | None:
    """SQL and parameters; None for a queryset that Django knows to be empty."""
    if isinstance(rows, tuple):
        return rows
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, list(parameters)


def moments(rows: list[Row], *columns: str) -> list[Row]:
    """The rows with these columns as moments again."""
    for row in rows:
        for column in columns:
            if row[column] is not None:
                row[column] = datetime.fromisoformat(row[column])
    return rows
