"""What was written lately waits in a list of the index until it is put in its place."""

from django.db import connection

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


def test_each_minute_what_is_new_is_put_in_its_place_and_found_as_before(db):
    waiting()
    say(("The reserve policy", 1, MEMBERS))
    assert waiting() > 0
    (entry,) = say(("Another reserve policy", 0, MEMBERS))
    put_in_place(timestamp=0)
    assert waiting() == 0
    viewer = Viewer(None, AT, frozenset([MEMBERS]))
    assert [hit.key for hit in find(viewer, parse("another"), Narrowing(kind="post")).hits] == [entry]
