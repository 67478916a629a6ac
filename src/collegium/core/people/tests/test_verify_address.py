"""A code sent to an address makes it one's own; what its former owner no longer signs in with goes to the successor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from collegium.core.access.errors import Refused
from collegium.core.people import actions
from collegium.core.people.queries import live_owner, primary_address
from collegium.core.trail.models import Event

from .factories import AT, make_organization, make_person, make_tenure

EMAIL = "cfo@lagoon.example"

pytestmark = pytest.mark.django_db


def rows() -> list[tuple]:
    found = EmailAddress.objects.filter(email=EMAIL).order_by("pk")
    return list(found.values_list("user", "verified", "primary"))


def test_verify_address_marks_the_first_one_and_records_it_once():
    person = make_person(email=EMAIL)
    actions.verify_address(person, email=" CFO@lagoon.example", at=AT)
    actions.verify_address(person, email=EMAIL, at=AT)
    assert rows() == [(person.pk, True, True)]
    assert list(Event.objects.filter(name="address.added").values_list("actor", "facts")) == [(person.pk, {})]


def test_verify_address_adds_another_without_making_it_primary():
    person = make_person(email="ines@home.example")
    actions.verify_address(person, email=EMAIL, at=AT)
    assert rows() == [(person.pk, True, False)]


def test_verify_address_refuses_one_that_somebody_else_signs_in_with():
    owner, other = make_person(email=EMAIL), make_person()
    actions.verify_address(owner, email=EMAIL, at=AT)
    with pytest.raises(Refused, match="Somebody else uses this address"):
        actions.verify_address(other, email=EMAIL, at=AT)
    assert rows() == [(owner.pk, True, True)]
    assert Event.objects.filter(name="address.added").count() == 1


def test_verify_address_prevails_over_a_claim_nobody_showed_a_code_for():
    claimant, person = make_person(email=EMAIL), make_person()
    actions.verify_address(person, email=EMAIL, at=AT)
    assert rows() == [(claimant.pk, False, True), (person.pk, True, False)]
    assert live_owner(EMAIL, AT) == person


def test_verify_address_takes_over_what_ended_with_a_tenure():
    society = make_organization()
    leaver, successor = make_person(email=EMAIL), make_person()
    actions.verify_address(leaver, email=EMAIL, at=AT)
    tenure = make_tenure(leaver, society, "cfo")
    actions.tie_address(EmailAddress.objects.get(email=EMAIL), organization=society)
    actions.end_tenure(tenure, last_day=AT.date() - timedelta(days=1), by=None, at=AT)
    actions.verify_address(successor, email=EMAIL, at=AT)
    assert rows() == [(successor.pk, True, False)]
    assert Event.objects.latest("pk").name == "address.taken_over"


def test_verify_address_makes_the_new_one_primary_when_the_old_one_ended():
    society = make_organization()
    leaver = make_person(email=EMAIL)
    tenure = make_tenure(leaver, society, "cfo")
    actions.tie_address(EmailAddress.objects.get(email=EMAIL), organization=society)
    actions.end_tenure(tenure, last_day=AT.date() - timedelta(days=1), by=None, at=AT)
    actions.verify_address(leaver, email="kekoa@home.example", at=AT)
    assert (rows(), primary_address(leaver, AT)) == ([(leaver.pk, False, False)], "kekoa@home.example")


def test_verify_address_changes_nothing_if_it_cannot_be_recorded(monkeypatch):
    person = make_person(email=EMAIL)
    monkeypatch.setattr("collegium.core.people.events.ADDRESS_ADDED", None)
    with pytest.raises(AttributeError):
        actions.verify_address(person, email=EMAIL, at=AT)
    assert rows() == [(person.pk, False, True)]
