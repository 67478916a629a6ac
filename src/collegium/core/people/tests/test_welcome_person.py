"""Going through the page of the first sign-in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.people import actions
from collegium.core.people.models import Person
from collegium.core.trail.models import Event

from .factories import AT, make_person

CHOSEN = {"time_zone": "Europe/Paris", "phone_seen_by": "members"}

pytestmark = pytest.mark.django_db


def test_welcome_person_keeps_the_choices_and_records_the_first_time_only():
    person = make_person()
    actions.welcome_person(person, by=person, at=AT, **CHOSEN)
    actions.welcome_person(person, by=person, at=AT + timedelta(days=1), time_zone="UTC")
    stored = Person.objects.get(pk=person.pk)
    assert (stored.welcomed_at, stored.time_zone, stored.phone_seen_by) == (AT, "UTC", "members")
    assert list(Event.objects.filter(name="person.welcomed").values_list("actor", "facts")) == [(person.pk, {})]


def test_welcome_person_refuses_anybody_else_and_a_zone_that_is_none():
    person = make_person()
    with pytest.raises(Refused, match="Only the person"):
        actions.welcome_person(person, by=make_person(), at=AT, **CHOSEN)
    with pytest.raises(Refused, match="not a time zone"):
        actions.welcome_person(person, by=person, at=AT, time_zone="Mars/Olympus")
    assert Person.objects.get(pk=person.pk).welcomed_at is None


def test_welcome_person_changes_nothing_if_it_cannot_be_recorded(monkeypatch):
    person = make_person()
    monkeypatch.setattr("collegium.core.people.events.PERSON_WELCOMED", None)
    with pytest.raises(AttributeError):
        actions.welcome_person(person, by=person, at=AT, **CHOSEN)
    assert Person.objects.filter(pk=person.pk).values("welcomed_at", "time_zone").get() == {
        "welcomed_at": None,
        "time_zone": "UTC",
    }
