"""One's own addresses: another primary one, one less, never none."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from collegium.core.access.errors import Refused
from collegium.core.people import actions
from collegium.core.people.models import Person
from collegium.core.trail.models import Event

from .factories import AT, make_person

FIRST, SECOND = "ines@lagoon.example", "ines@home.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    """Somebody with two verified addresses."""
    found = make_person(email=FIRST)
    for email in (FIRST, SECOND):
        actions.verify_address(found, email=email, at=AT)
    return found


def address(email: str) -> EmailAddress:
    return EmailAddress.objects.get(email=email)


def primary(person: Person) -> str:
    return EmailAddress.objects.get(user=person, primary=True).email


def test_choose_primary_address_moves_the_mark_and_records_it(person):
    actions.choose_primary_address(address(SECOND), by=person, at=AT)
    assert primary(person) == SECOND
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.thing_id, event.facts) == (
        "address.made_primary",
        person,
        address(SECOND).pk,
        {},
    )


def test_choose_primary_address_refuses_another_persons_and_an_unverified_one(person):
    unverified = EmailAddress.objects.create(user=person, email="new@home.example")
    with pytest.raises(Refused, match="Only its owner"):
        actions.choose_primary_address(address(SECOND), by=make_person(), at=AT)
    with pytest.raises(Refused, match="Verify this address first"):
        actions.choose_primary_address(unverified, by=person, at=AT)
    assert primary(person) == FIRST


def test_choose_primary_address_changes_nothing_if_it_cannot_be_recorded(person, monkeypatch):
    monkeypatch.setattr("collegium.core.people.events.ADDRESS_MADE_PRIMARY", None)
    with pytest.raises(AttributeError):
        actions.choose_primary_address(address(SECOND), by=person, at=AT)
    assert primary(person) == FIRST


def test_remove_address_takes_it_away_and_records_it(person):
    pk = address(SECOND).pk
    actions.remove_address(address(SECOND), by=person, at=AT)
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == [FIRST]
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.thing_id, event.facts) == ("address.removed", person, pk, {})


def test_remove_address_refuses_the_primary_the_last_and_another_persons(person):
    with pytest.raises(Refused, match="Letters go to this address"):
        actions.remove_address(address(FIRST), by=person, at=AT)
    with pytest.raises(Refused, match="Only its owner"):
        actions.remove_address(address(SECOND), by=make_person(), at=AT)
    actions.remove_address(address(SECOND), by=person, at=AT)
    with pytest.raises(Refused, match="your last address"):
        actions.remove_address(address(FIRST), by=person, at=AT)
    assert EmailAddress.objects.filter(user=person).count() == 1


def test_remove_address_does_not_count_what_nobody_verified(person):
    actions.remove_address(address(SECOND), by=person, at=AT)
    EmailAddress.objects.create(user=person, email="new@home.example")
    with pytest.raises(Refused, match="your last address"):
        actions.remove_address(address(FIRST), by=person, at=AT)


def test_remove_address_changes_nothing_if_it_cannot_be_recorded(person, monkeypatch):
    monkeypatch.setattr("collegium.core.people.events.ADDRESS_REMOVED", None)
    with pytest.raises(AttributeError):
        actions.remove_address(address(SECOND), by=person, at=AT)
    assert EmailAddress.objects.filter(user=person).count() == 2
