"""Nothing is lost: of all that refers to a person every row is found with the account that stays, or has its reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from collegium.core.access.queries import unsettled
from collegium.core.entries.models import Passage
from collegium.core.people import actions
from collegium.core.people.joining import columns, field_of
from collegium.core.people.models import Person
from collegium.core.people.queries import primary_address, unsound_joined
from collegium.core.people.registry import Held
from collegium.rooms.discussions.queries import unsound_topics

from .world import build_world

pytestmark = pytest.mark.django_db
PAIRS = [
    ("newcomer", "colleague"),
    ("outsider", "peer"),
    ("leaver", "two_seats"),
    ("delegate", "staff"),
    ("suspended", "liaison"),
    ("colleague", "chair"),
]
Rows = dict[str, dict[int, tuple[Any, ...]]]


def rows_of(person: Person) -> Rows:
    """By column, the rows that refer to the person, each with what one may have but once."""
    return {held.column: found for held in columns(Person) if not held.apart and (found := _rows(held, person))}


def _rows(held: Held, person: Person) -> dict[int, tuple[Any, ...]]:
    column = field_of(held)
    rows = column.model._base_manager.filter(**{column.name: person.pk})
    if column.model is Passage:
        # By which words one is found oneself is written anew.
        rows = rows.exclude(part="person")
    return {row[0]: row[1:] for row in rows.values_list("pk", *held.once)}


@pytest.mark.parametrize(("stays", "other"), PAIRS)
def test_every_row_of_the_other_account_is_found_with_the_one_that_stays(stays, other):
    world = build_world()
    now = timezone.now()
    mine, theirs = getattr(world.cast, stays), getattr(world.cast, other)
    came, had = rows_of(theirs), rows_of(mine)
    assert sum(map(len, came.values())) > 3
    joining = actions.ask_to_join(mine, email=primary_address(theirs, now), by=mine, at=now)
    actions.agree_to_join(joining, side="other", by=mine, at=now)
    has = rows_of(mine)
    assert theirs.pk in has["people.Person.merged_into"]
    del has["people.Person.merged_into"][theirs.pk]
    assert rows_of(theirs) == {}
    for column in came.keys() | had.keys():
        before = came.get(column, {}), had.get(column, {})
        # Where both had the same, the one that stays has it once.
        twins = {key for key, once in before[0].items() if once and once in before[1].values()}
        assert has.get(column, {}).keys() == (before[0].keys() - twins) | before[1].keys(), column
    assert (list(unsettled()), list(unsound_joined()), list(unsound_topics())) == ([], [], [])
