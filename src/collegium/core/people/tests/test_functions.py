"""The team adds a function and calls one otherwise."""

import pytest

from collegium.core.access.standard import OFFICE
from collegium.core.people import actions
from collegium.core.people.models import Function
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT

WORDS = {"plural": "Librarians", "short": "Librarian", "about": "Keeps the books."}


def add(name="Chief Librarian", by=None, **facts):
    return actions.add_function(name, **(WORDS | {"by": by, "at": AT} | facts))


def rename(function, name="Head of Library", by=None, **facts):
    return actions.rename_function(function, name=name, **(WORDS | {"by": by, "at": AT} | facts))


def test_a_function_is_added_and_renamed_and_keeps_its_address(cast):
    with recorded() as events:
        added = add(by=cast.staff, single_holder=True)
        renamed = rename(added, by=cast.second_staff, short="Head")
    assert (added.slug, added.single_holder, added.name) == ("chief-librarian", True, "Chief Librarian")
    assert (renamed.slug, renamed.single_holder, renamed.name, renamed.short) == (
        "chief-librarian",
        True,
        "Head of Library",
        "Head",
    )
    where = (None, None, "people.function", OFFICE, {"slug": "chief-librarian"})
    rest = [(name, actor, thing, audience, facts) for name, actor, _for, _e, thing, audience, facts in events]
    assert rest == [
        ("function.added", cast.staff.pk, *where[2:]),
        ("function.renamed", cast.second_staff.pk, *where[2:]),
    ]


@pytest.mark.parametrize("name", ["cfo", "CFO", "Cfo!"])
def test_a_name_there_is_already_is_refused(cast, name):
    with refuses("There is a function of this name already."):
        add(name)


def test_a_renaming_to_a_name_there_is_already_is_refused(cast):
    with refuses("There is a function of this name already."):
        rename(Function.objects.get(slug="ceo"), name="cfo")
    assert rename(Function.objects.get(slug="ceo"), name="ceo").name == "ceo"


def test_a_name_without_a_letter_and_anybody_else_are_refused(cast):
    with refuses("The name needs a letter or a digit."):
        add("!!!")
    with refuses("Only the council's team keeps the registry of societies and people."):
        add(by=cast.liaison)
    with refuses("Only the council's team keeps the registry of societies and people."):
        rename(Function.objects.get(slug="ceo"), by=cast.delegate)


def test_both_are_taken_back_with_their_transaction(cast):
    assert is_taken_back(add)
    assert is_taken_back(lambda: rename(Function.objects.get(slug="ceo")))
