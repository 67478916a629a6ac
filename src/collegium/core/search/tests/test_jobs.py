"""What was written lately waits in a list of the index until it is put in its place."""

import pytest
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.people.tests.factories import AT
from collegium.core.search.candidates import Narrowing
from collegium.core.search.jobs import put_in_place
from collegium.core.search.parsing import parse
from collegium.core.search.queries import find
from collegium.core.search.tests.test_finding import say


def waiting():
    """Pages of the lists, which are empty afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_put_in_place()")
        return cursor.fetchone()[0]


def test_the_role_that_serves_may_have_it_done_though_the_index_is_not_its_own(serving_connection):
    with pytest.raises(InsufficientPrivilege), serving_connection.transaction():
        serving_connection.execute("SELECT gin_clean_pending_list('passage_vector')")
    assert serving_connection.execute("SELECT search_put_in_place() >= 0").fetchone() == (True,)


def test_each_minute_what_is_new_is_put_in_its_place_and_found_as_before(db):
    waiting()
    say(("The reserve policy", 1, MEMBERS))
    assert waiting() > 0
    (entry,) = say(("Another reserve policy", 0, MEMBERS))
    put_in_place(timestamp=0)
    assert waiting() == 0
    viewer = Viewer(None, AT, frozenset([MEMBERS]))
    assert [hit.key for hit in find(viewer, parse("another"), Narrowing(kind="post")).hits] == [entry]
