"""Statements prepared once on each connection."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from collegium.core.access import statements

AT = datetime(2026, 5, 4, 9, 30, 0, 123456, tzinfo=UTC)


class Colour(models.TextChoices):
    RED = "red"


class Size(models.IntegerChoices):
    LARGE = 3


SQL = "SELECT %s::bigint + id FROM access_audience WHERE id = ANY(%s::bigint[]) ORDER BY id"

pytestmark = pytest.mark.django_db


def prepared():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::bigint + id%%'")
        return cursor.fetchone()[0]


def test_a_statement_is_planned_once_and_run_with_any_values():
    assert statements.rows(SQL, [10, [1, 2]]) == [(11,), (12,)]
    assert statements.rows(SQL, [20, [3]]) == [(23,)]
    assert prepared() == 1


def test_whatever_is_given_it_is_the_same_statement():
    given = [(None, []), (1, [2]), (40_000, [70_000]), (2**40, [None, 2**40])]
    assert [statements.rows(SQL, list(parameters)) for parameters in given] == [[], [(3,)], [], []]
    assert prepared() == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bigint", 2**62),
        ("boolean", True),
        ("boolean", False),
        ("bigint[]", [1, None, -(2**62)]),
        ("bigint[]", []),
        ("boolean[]", [True, False, None]),
        ("text", 'a "b" \\ {c,d}'),
        ("text[]", ['a "b" \\ {c,d}', "", "NULL", "null", " é\n", "'", None]),
        ("date", date(2026, 5, 4)),
        ("date[]", [date(2026, 5, 4)]),
        ("timestamptz", AT),
        ("timestamptz[]", [AT, None]),
        ("double precision", 0.25),
        ("double precision[]", [0.25, 1e300]),
        ("uuid", UUID(int=7)),
        ("numeric", Decimal("1.50")),
        ("text", Colour.RED),
        ("int", Size.LARGE),
    ],
)
def test_a_value_arrives_as_it_was_given(kind, value):
    assert statements.row(f"SELECT %s::{kind}", [value]) == (value,)


def test_one_row_or_none():
    assert statements.row(SQL, [10, [2, 1]]) == (11,)
    assert statements.row(SQL, [10, []]) is None


def test_a_prepared_statement_is_counted_as_any_other():
    with CaptureQueriesContext(connection) as captured:
        statements.rows(SQL, [1, [1]])
        statements.rows(SQL, [1, [1]])
    assert [query["sql"] for query in captured] == [SQL.replace("%s", "$1", 1).replace("%s", "$2")] * 2


def test_its_errors_are_the_frameworks_own_and_leave_the_connection_usable():
    with pytest.raises(DatabaseError), transaction.atomic():
        statements.rows("SELECT 1 / %s::int", [0])
    assert statements.row(SQL, [0, [1]]) == (1,)


@pytest.mark.django_db(transaction=True)
def test_one_plan_is_kept_for_all_values_from_the_first_statement_outside_a_transaction():
    connection.close()
    with transaction.atomic():
        statements.rows(SQL, [0, [1]])
        inside = statements.row("SELECT current_setting('plan_cache_mode')", [])
    statements.rows(SQL, [0, [1]])
    outside = statements.row("SELECT current_setting('plan_cache_mode')", [])
    assert (inside, outside) == (("auto",), ("force_generic_plan",))


def test_a_doubled_percent_sign_is_one_and_placeholders_are_numbered_in_their_order():
    long = f"SELECT 'a' LIKE 'a%%', %s::int - %s::int /* {'.' * 5000} */"
    assert statements.row(long, [5, 2]) == (True, 3)


def test_parameters_may_have_names_and_be_used_twice():
    sql = "SELECT %(one)s::int + %(two)s::int + %(one)s::int, '%%'"
    assert statements.row(sql, {"two": 10, "one": 1, "unused": 5}) == (12, "%")
