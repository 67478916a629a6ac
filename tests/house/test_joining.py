"""When two accounts become one, somebody has said of every column that refers to a person what becomes of it."""

from __future__ import annotations

from collegium.core.people.joining import columns, field_of
from collegium.core.people.models import Person, Tenure
from collegium.core.people.registry import joins

from .reading import none


def referring(target) -> list[str]:
    """`app.Model.field` of every foreign key to the model, the framework's own apps included."""
    fields = target._meta.get_fields(include_hidden=True)
    found = [one.field for one in fields if one.auto_created and not one.concrete and not one.many_to_many]
    return sorted(f"{one.model._meta.label}.{one.name}" for one in found)


def test_every_reference_to_a_person_moves_or_says_why_not():
    assert sorted(held.column for held in columns(Person)) == referring(Person)


def test_every_reference_to_a_tenure_follows_when_two_become_one():
    assert sorted(held.column for held in columns(Tenure)) == referring(Tenure)
    none(held.column for held in columns(Tenure) if held.apart)


def unique_with(column: str) -> list[set[str]]:
    """The other columns of each rule by which a row may be there once for this person or tenure."""
    app_model, _dot, name = column.rpartition(".")
    model = next(field_of(held).model for one in joins.all() for held in one if held.column.startswith(f"{app_model}."))
    rules = [set(rule.fields) for rule in model._meta.constraints if getattr(rule, "fields", ())]
    rules += [set(fields) for fields in model._meta.unique_together]
    return [rule - {name} for rule in rules if name in rule]


# Rules that are no rule of what one person may have but once, or are seen to before the rows move.
SEEN_TO = {
    "account.EmailAddress.user": "what both have is brought together first, and one primary address stays",
    "people.AddressProposal.person": "those that wait are declined first",
    "people.Joining.stays": "does not move",
    "mfa.Authenticator.user": "does not move",
    "access.Admission.person": "does not move",
}


def test_where_one_may_have_a_thing_once_two_are_brought_together():
    for target in (Person, Tenure):
        for held in columns(target):
            rules = unique_with(held.column)
            if rules and held.column not in SEEN_TO:
                assert [set(held.once)] == rules, held.column


def test_no_reason_outlives_its_column():
    none(sorted(set(SEEN_TO) - {held.column for target in (Person, Tenure) for held in columns(target)}))
