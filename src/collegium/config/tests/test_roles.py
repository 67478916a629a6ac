"""The role the pages come as works with every row, changes no table, and never the trail."""

import psycopg
import pytest
from django.db import connection

from collegium.config import roles


@pytest.mark.parametrize("table", roles.TRAIL)
@pytest.mark.parametrize(
    "deed", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {} CASCADE"]
)
def test_the_serving_role_cannot_change_the_trail(serving_connection, table, deed):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving_connection.execute(deed.format(table))


def test_the_serving_role_may_add_to_the_trail_and_read_it(serving_connection):
    for table in roles.TRAIL:
        [rights] = serving_connection.execute(
            "SELECT has_table_privilege(%(table)s, 'SELECT'), has_table_privilege(%(table)s, 'INSERT')",
            {"table": table},
        )
        assert rights == (True, True)


def test_the_serving_role_has_every_row_of_every_other_table_and_may_empty_none(serving_connection):
    tables = set(connection.introspection.table_names()) - {*roles.TRAIL, *roles.UNTOUCHED}
    found = serving_connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege(name, 'SELECT') "
        "AND has_table_privilege(name, 'INSERT') AND has_table_privilege(name, 'UPDATE') "
        "AND has_table_privilege(name, 'DELETE') AND NOT has_table_privilege(name, 'TRUNCATE, REFERENCES, TRIGGER')",
        [sorted(tables)],
    )
    assert {name for (name,) in found} == tables


@pytest.mark.parametrize(
    "deed",
    [
        "CREATE TABLE own (id int)",
        "ALTER TABLE people_person ADD COLUMN more int",
        "CREATE SCHEMA own",
        "CREATE TEMPORARY TABLE own (id int)",
        "ALTER TABLE trail_event DISABLE TRIGGER ALL",
        "CREATE ROLE another",
        "SET ROLE collegium_owner",
        "UPDATE django_migrations SET name = name",
        "COPY people_person TO PROGRAM 'cat'",
    ],
)
def test_the_serving_role_changes_no_table_and_no_right(serving_connection, deed):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving_connection.execute(deed)


def test_the_owner_is_told_that_it_may_rewrite_the_trail(db):
    assert roles.may_change_the_trail() == sorted(roles.TRAIL)
