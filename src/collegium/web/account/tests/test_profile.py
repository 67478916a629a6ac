"""Who one is here, who sees it, and the page one sees first."""

from __future__ import annotations

import pytest

from collegium.core.notices.models import Preference
from collegium.core.people.models import Person
from collegium.core.trail.models import Event

FULL = {
    "name": "Ines Okafor-Lind",
    "credentials": "CPA",
    "expertise": "reserves policy, lease accounting\nreserves policy",
    "about": "Counts.",
    "phone": "+1 212 555 0100",
    "time_zone": "Europe/Paris",
}
WELCOME = {"time_zone": "Europe/Paris", "address_seen_by": "society", "phone_seen_by": "nobody", "level": "daily"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def peer(cast, client):
    client.force_login(cast.peer)
    return client


def stored(cast) -> dict:
    return Person.objects.filter(pk=cast.peer.pk).values(*FULL).get()


def test_a_profile_is_saved_and_the_trail_says_which_fields_but_not_what(cast, peer):
    assert peer.post("/account/", FULL)["Location"] == "/account/"
    assert stored(cast) == {**FULL, "expertise": ["reserves policy", "lease accounting"]}
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.facts) == (
        "person.profile_changed",
        cast.peer,
        {"fields": ["about", "credentials", "expertise", "name", "phone", "time_zone"]},
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "N" * 151),
        ("name", "N" * 100_000),
        ("name", "Ines\x00"),
        ("name", "Ines\nOkafor"),
        ("name", "\u202eRetro"),
        ("name", "Ines http://lagoon.example"),
        ("credentials", "C" * 61),
        ("credentials", "www.lagoon.example"),
        ("expertise", ", ".join(f"thing {n}" for n in range(13))),
        ("expertise", "e" * 61),
        ("expertise", "x" * 100_000),
        ("about", "a" * 2001),
        ("about", "a\x07"),
        ("phone", "1" * 41),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field_and_everything_is_kept(cast, peer, field, typed):
    before = stored(cast)
    page = peer.post("/account/", {**FULL, field: typed})
    assert (page.status_code, stored(cast)) == (422, before)
    assert list(page.context["form"].errors) == [field]
    assert {name: page.context["form"][name].value() for name in FULL} == {**FULL, field: typed}


def test_what_one_types_is_text(cast, peer):
    peer.post(
        "/account/", {**FULL, "name": "<script>alert(1)</script>", "about": "</textarea><img src=x onerror=alert(1)>"}
    )
    body = peer.get("/account/").content
    assert (b"<script>alert" in body, b"<img src=x" in body) == (False, False)


def test_a_zone_under_an_old_name_stays_until_another_is_chosen(cast, peer):
    Person.objects.filter(pk=cast.peer.pk).update(time_zone="US/Eastern")
    assert peer.post("/account/", {**FULL, "time_zone": "US/Eastern"}).status_code == 302
    assert stored(cast)["time_zone"] == "US/Eastern"


def test_who_sees_what_is_chosen(cast, peer):
    assert peer.get("/account/visibility/").status_code == 200
    peer.post("/account/visibility/", {"address_seen_by": "nobody", "phone_seen_by": "members"})
    person = Person.objects.get(pk=cast.peer.pk)
    assert (person.address_seen_by, person.phone_seen_by) == ("nobody", "members")
    page = peer.post("/account/visibility/", {"address_seen_by": "everybody", "phone_seen_by": "members"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["address_seen_by"])


def test_the_welcome_page_says_who_one_is_and_is_shown_once(cast, peer):
    page = peer.get("/welcome/")
    assert [seat["society"] for seat in page.context["seats"]] == ["Society of Lagoon Cardiology"]
    assert [group["name"] for group in page.context["groups"]] == ["Chief Financial Officers"]
    assert peer.post("/welcome/", WELCOME)["Location"] == "/"
    person = Person.objects.get(pk=cast.peer.pk)
    assert (person.time_zone, person.address_seen_by, person.welcomed_at is None) == ("Europe/Paris", "society", False)
    assert list(Preference.objects.filter(person=person).values_list("place", "level")) == [(cast.cfos.pk, "daily")]
    assert Event.objects.latest("pk").name == "person.welcomed"
    assert peer.get("/welcome/")["Location"] == "/"


def test_the_welcome_page_leads_on_to_the_page_that_was_wanted_and_to_no_other_site(cast, peer):
    assert peer.post("/welcome/", {**WELCOME, "next": "/groups/cfos/"})["Location"] == "/groups/cfos/"
    assert peer.post("/welcome/", {**WELCOME, "next": "https://evil.example/"})["Location"] == "/"


def test_who_leaves_the_level_to_the_groups_has_no_preference(cast, peer):
    peer.post("/welcome/", {**WELCOME, "level": ""})
    assert Preference.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"time_zone": "x"}, {"level": "often"}, {"phone_seen_by": ""}])
def test_a_refused_welcome_changes_nothing(cast, peer, wrong):
    page = peer.post("/welcome/", {**WELCOME, **wrong})
    person = Person.objects.get(pk=cast.peer.pk)
    assert (page.status_code, person.welcomed_at, person.time_zone, Preference.objects.count()) == (422, None, "UTC", 0)
    assert list(page.context["form"].errors) == list(wrong)


def test_somebody_without_a_seat_is_welcome_too(cast, client):
    client.force_login(cast.outsider)
    page = client.get("/welcome/").content.decode()
    assert "You hold no seat at present." in page
    assert client.post("/welcome/", WELCOME)["Location"] == "/"


@pytest.mark.parametrize(("path", "queries"), [("/account/", 5), ("/account/visibility/", 4), ("/welcome/", 6)])
def test_the_pages_ask_little_of_the_database(cast, client, path, queries, django_assert_num_queries):
    client.force_login(cast.two_seats)
    with django_assert_num_queries(queries):
        client.get(path)
