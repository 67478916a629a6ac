"""Being somebody of the demo council, on this machine and in a demonstration only."""

from __future__ import annotations

import pytest
from django.test import Client

from collegium.core.people.demo import PERSONAS
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import AT, make_organization, make_person, make_tenure

PAGE = "/personas/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def personas() -> list[Person]:
    """The first two personas of the demo council, as far as these tests need them."""
    society = make_organization("Society of Lagoon Cardiology")
    first, second = (make_person(f"Persona {n}", handle=PERSONAS[n].handle, welcomed_at=AT) for n in range(2))
    make_tenure(first, society, "cfo", title="Chief Financial Officer")
    return [first, second]


def reader(client: Client) -> int | None:
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def test_the_personas_who_are_there_are_shown_with_their_seats(client, personas):
    rows = client.get(PAGE).context["personas"]
    assert [(row["person"], row["label"], row["seats"]) for row in rows] == [
        (personas[0], PERSONAS[0].label, ["Chief Financial Officer, Society of Lagoon Cardiology"]),
        (personas[1], PERSONAS[1].label, []),
    ]


def test_a_button_makes_one_somebody_and_then_somebody_else(client, personas):
    for person in personas:
        assert client.post(PAGE, {"handle": person.handle, "next": "/groups/"})["Location"] == "/groups/"
        assert reader(client) == person.pk


def test_a_persona_who_was_never_here_is_welcomed_first(client, personas):
    Person.objects.update(welcomed_at=None)
    assert client.post(PAGE, {"handle": personas[0].handle})["Location"] == "/welcome/"


@pytest.mark.parametrize("handle", ["", "stranger", "nobody", "\x00", "x" * 100_000])
def test_nobody_but_a_persona_can_be_chosen(client, personas, handle):
    make_person("Stranger", handle="stranger")
    assert client.post(PAGE, {"handle": handle}).status_code == 404
    assert reader(client) is None


def test_another_site_is_not_led_to(client, personas):
    assert client.post(PAGE, {"handle": personas[0].handle, "next": "https://evil.example/"})["Location"] == "/"


def test_the_picker_is_unknown_outside_a_demonstration_and_to_other_machines(client, personas, settings):
    chosen = {"handle": personas[0].handle}
    assert Client(REMOTE_ADDR="192.0.2.7").post(PAGE, chosen).status_code == 404
    settings.DEMO_PICKER = False
    assert [client.get(PAGE).status_code, client.post(PAGE, chosen).status_code] == [404, 404]
    assert reader(client) is None
