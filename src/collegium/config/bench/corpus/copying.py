"""Rows into tables by COPY, with the defaults their models give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql
from psycopg.types.json import Jsonb

Row = Mapping[str, Any]


def copy(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Copy rows `{attribute: value}` that all name the same attributes; what they leave out gets its default."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in first or not _by_database(field)]
    columns = [(field.attname, None if field.attname in first else field.get_default()) for field in fields]
    json = {field.attname for field in fields if isinstance(field, models.JSONField)}
    with connection.cursor() as cursor, cursor.copy(_statement(model, fields)) as copying:
        for row in _with_first(first, waiting):
            values = [row.get(name, default) for name, default in columns]
            if json:
                values = [Jsonb(v) if name in json else v for (name, _d), v in zip(columns, values, strict=True)]
            copying.write_row(values)


def _by_database(field: models.Field) -> bool:
    """Whether the database fills the column where nothing is said."""
    return bool(field.primary_key and not field.remote_field) or field.db_default is not NOT_PROVIDED


def _statement(model: type[models.Model], fields: list[Any]) -> sql.Composed:
    names = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)


def _with_first(first: Row, rest: Iterable[Row]) -> Iterable[Row]:
    yield first
    yield from rest


def next_id(model: type[models.Model]) -> int:
    """The first id that is free, for rows that other rows of the same load name."""
    newest = model._default_manager.aggregate(newest=models.Max("pk"))["newest"]
    return int(newest or 0) + 1


def follow_on(*tables: type[models.Model]) -> None:
    """Let the sequences of these tables go on after the ids that were copied."""
    with connection.cursor() as cursor:
        for model in tables:
            table, key = model._meta.db_table, str(model._meta.pk.column)
            statement = sql.SQL(
                "SELECT setval(s.name, GREATEST(nextval(s.name), (SELECT max({}) FROM {}))) "
                "FROM (SELECT pg_get_serial_sequence({}, {}) AS name) s"
            ).format(sql.Identifier(key), sql.Identifier(table), sql.Literal(table), sql.Literal(key))
            cursor.execute(statement)
