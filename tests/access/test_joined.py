"""Nothing is lost: of all that refers to a person every row is found with the account that stays, or has its reason."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from collegium.core.access.queries import unsettled
from collegium.core.people import actions
from collegium.core.people.joining import columns, field_of
from collegium.core.people.models import Person, Tenure
from collegium.core.people.queries import unsound_joined
from collegium.rooms.discussions.queries import unsound_topics

from .world import build_world

pytestmark = pytest.mark.django_db
# Who did a thing stays where the same row already says so of the account that stays.
PAIRS = [
    ("newcomer", "colleague"),
    ("outsider", "peer"),
    ("leaver", "two_seats"),
    ("delegate", "staff"),
    ("suspended", "liaison"),
    ("colleague", "chair"),
]


def rows_of(person: Person) -> dict[str, set[int]]:
    """By column, the rows that refer to the person."""
    found = {}
    for held in columns(Person):
        column = field_of(held)
        keys = set(column.model._base_manager.filter(**{column.name: person.pk}).values_list("pk", flat=True))
        if keys and not held.apart:
            found[held.column] = keys
    return found


@pytest.mark.parametrize(("stays", "other"), PAIRS)
def test_every_row_of_the_other_account_is_found_with_the_one_that_stays(stays, other):
    world = build_world()
    now = timezone.now()
    mine, theirs = getattr(world.cast, stays), getattr(world.cast, other)
    before, had = rows_of(theirs), rows_of(mine)
    total = {column: field_of(held).model._base_manager.count() for held in columns(Person) for column in [held.column]}
    assert sum(map(len, before.values())) > 3
    joining = actions.ask_to_join(mine, email=theirs.emailaddress_set.get().email, by=mine, at=now)
    actions.agree_to_join(joining, side="other", by=mine, at=now)
    assert rows_of(theirs) == {}
    after = rows_of(mine)
    for column, keys in before.items():
        here = after.get(column, set())
        # Where both had the same, the one that stays has it once.
        gone = keys - here
        assert gone <= twins(column, gone), column
        assert here >= had.get(column, set()), column
    shrunk = {
        held.column for held in columns(Person) if field_of(held).model._base_manager.count() < total[held.column]
    }
    assert shrunk <= {held.column for held in columns(Person) if held.once or held.apart}
    assert (list(unsettled()), list(unsound_joined()), list(unsound_topics())) == ([], [], [])
    assert Counter(Tenure.objects.filter(person=mine).values_list("pk", flat=True)).total() >= 1 or stays == "outsider"


def twins(column: str, gone: set[int]) -> set[int]:
    """Rows that may be gone: of columns of which one may have each but once."""
    [held] = [one for one in columns(Person) if one.column == column]
    return gone if held.once else set()
