"""What the serving role may do in the database: work with every row, change no table, and never the trail."""

from __future__ import annotations

from django.db import connection, transaction
from psycopg import sql

TRAIL = ("trail_event", "trail_seal")
UNTOUCHED = ("django_migrations",)


def grant(role: str) -> None:
    """Give the role its rights anew, in one transaction; run by the owner of the tables after each migration."""
    name = sql.Identifier(role)
    with transaction.atomic(), connection.cursor() as cursor:
        database = sql.Identifier(connection.settings_dict["NAME"])
        cursor.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
            "REVOKE CREATE ON SCHEMA public FROM {}",
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(name))
        tables = set(connection.introspection.table_names(cursor))
        for table in sorted(tables.intersection(TRAIL)):
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), name))
        for table in sorted(tables.intersection(UNTOUCHED)):
            cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name))


def may_change_the_trail() -> list[str]:
    """The trail's tables that the connected role could rewrite."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)).intersection(TRAIL)
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege(name, 'UPDATE, DELETE, TRUNCATE')",
            [sorted(tables)],
        )
        return [name for (name,) in cursor.fetchall()]
