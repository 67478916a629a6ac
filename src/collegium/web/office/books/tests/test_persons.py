"""The team's list of people, its table, one person, registering somebody and proposing an address."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from collegium.core.people import actions
from collegium.core.people.models import AddressProposal, Person
from collegium.core.people.tests.factories import AT, make_function, make_person, make_tenure
from collegium.core.trail.tests.story import recorded
from collegium.web.tests.reading import texts

from .reading import LONG, table

LIST, TABLE, NEW = "/office/people/", "/office/people/people.csv", "/office/new/person/"
ADA = {"name": "Ada Pell", "credentials": "CPA", "email": "ada@kelp.example", "time_zone": "Pacific/Honolulu"}


def names(page):
    return [row["name"] for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "okaf"}, ["Ines Okafor"]),
        ({"q": "HARBOUR.example"}, ["Ruth Alder", "Tomasz Halloran"]),
        ({"q": "_"}, ["Bao Castellanos", "Olu Fenwick"]),
        ({"society": "reef"}, ["Bao Castellanos", "Kekoa Lindgren", "Nadia Brook"]),
        ({"function": "ceo"}, ["Ingvild Sorensen", "Ruth Alder"]),
        ({"society": "lagoon", "function": "ceo"}, ["Ingvild Sorensen"]),
        ({"which": "seatless"}, ["Oz Nobody"]),
        ({"which": "closed"}, ["Kekoa Lindgren"]),
        ({"which": "double"}, ["Ines Okafor", "Ines Okafor"]),
        ({"which": "silent", "q": "mara"}, []),
        ({"which": "silent", "q": "olu"}, ["Olu Fenwick"]),
    ],
)
def test_the_list_is_narrowed_and_its_table_holds_the_same(cast, visit, asked, expected):
    if asked.get("which") == "double":
        make_person("Inês Okafor")
        Person.objects.filter(name="Inês Okafor").update(name="Ines Okafor")
    if asked.get("which") == "closed":
        actions.close_account(cast.leaver, by=cast.leaver, at=AT)
    client = visit("staff")
    assert names(client.get(LIST, asked)) == expected
    assert [line["Name"] for line in table(client.get(TABLE, asked))] == expected


@pytest.mark.parametrize(
    "asked", [{"society": "none-such"}, {"function": "\x00"}, {"which": "x"}, {"q": LONG}, {"page": "-1"}]
)
def test_what_makes_no_sense_narrows_nothing(cast, visit, asked):
    client = visit("staff")
    everybody = Person.objects.count()
    assert len(names(client.get(LIST, asked))) == everybody
    assert len(table(client.get(TABLE, asked))) == everybody


def test_a_line_of_the_table_has_seats_and_address(cast, visit):
    line = table(visit("staff").get(TABLE, {"q": "castellanos"}))[0]
    assert line["Seats"] == "CIO, Society of Lagoon Cardiology; CIO, Academy of Reef Dermatology"
    assert (line["Address"], line["Verified"], line["Last signed in"]) == ("two_seats@lagoon.example", "no", "")


def test_a_person_with_seats_groups_and_addresses(cast, visit):
    EmailAddress.objects.create(user=cast.two_seats, email="bao@home.example", verified=True)
    actions.tie_address(EmailAddress.objects.get(email="two_seats@lagoon.example"), organization=cast.lagoon)
    actions.propose_address(cast.two_seats, email="bao@new.example", by=cast.staff, at=AT)
    page = visit("staff").get(f"{LIST}{cast.two_seats.handle}/")
    shown = page.context
    assert [row["society_slug"] for row in shown["present"]] == ["lagoon", "reef"]
    assert [(row["slug"], row["through"]) for row in shown["groups"]] == [
        ("membership", "Society of Lagoon Cardiology")
    ]
    assert [
        (row["email"], row["primary"], row["verified"], row["tied_to"], row["lives"]) for row in shown["addresses"]
    ] == [
        ("two_seats@lagoon.example", True, False, "Society of Lagoon Cardiology", True),
        ("bao@home.example", False, True, None, True),
    ]
    assert [row["email"] for row in shown["proposals"]] == ["bao@new.example"]
    assert shown["doubles"] == []


def test_somebody_of_the_same_name_or_address_is_pointed_out(cast, visit):
    namesake = make_person("INES OKAFOR")
    sharer = make_person("Somebody Else")
    EmailAddress.objects.create(user=sharer, email="PEER@lagoon.example")
    page = visit("staff").get(f"{LIST}{cast.peer.handle}/")
    assert [row["handle"] for row in page.context["doubles"]] == [namesake.handle, sharer.handle]
    assert "Perhaps registered twice" in page.content.decode()


def test_what_was_written_in_closed_groups_is_not_shown(cast, visit):
    """The page of the office reads seats, groups and addresses, and no entry."""
    page = visit("staff").get(f"{LIST}{cast.chair.handle}/")
    assert [row["slug"] for row in page.context["groups"]] == ["ceos"]
    assert "Topics" not in texts(page, "h2")


def test_a_person_is_registered(cast, visit):
    with recorded() as events:
        answer = visit("staff").post(NEW, ADA)
    assert answer["Location"] == f"{LIST}ada-pell/"
    person = Person.objects.get(handle="ada-pell")
    assert (person.full_name, person.time_zone) == ("Ada Pell, CPA", "Pacific/Honolulu")
    assert [(name, actor) for name, actor, *_rest in events] == [("person.registered", cast.staff.pk)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        *(({"name": word}, "name") for word in ("", "\x00", LONG)),
        *(({"email": word}, "email") for word in ("", "x", "\x00@x.example", f"{LONG}@x.example")),
        ({"email": "peer@lagoon.example"}, "__all__"),
        ({"time_zone": "x"}, "time_zone"),
    ],
)
def test_who_cannot_be_registered_is_refused_and_kept(cast, visit, typed, field):
    before = Person.objects.count()
    page = visit("staff").post(NEW, ADA | typed)
    assert (page.status_code, bool(page.context["form"].errors[field])) == (422, True)
    assert page.context["form"]["name"].value() == (ADA | typed)["name"]
    assert page.context["form"]["email"].value() == (ADA | typed)["email"]
    assert Person.objects.count() == before


def test_somebody_of_a_known_name_is_asked_about_first(cast, visit):
    client = visit("staff")
    page = client.post(NEW, ADA | {"name": "ínes  OKAFOR".replace("  ", " ")})
    assert page.status_code == 422
    assert page.context["form"].errors["name"] == ["Somebody of this name is here already: @ines-okafor."]
    assert "It is somebody else of the same name" in page.content.decode()
    assert client.post(NEW, ADA | {"name": "Ines Okafor", "is_another": "on"})["Location"] == f"{LIST}ines-okafor-2/"


def test_bytes_that_are_no_text_are_refused(cast, visit):
    body = b"name=%ff%fe&email=%ff&time_zone=%00"
    page = visit("staff").post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 422


def test_an_address_is_proposed(cast, visit):
    page = f"{LIST}{cast.peer.handle}/"
    client = visit("staff")
    assert client.post(f"{page}addresses/", {"email": "ines@new.example"})["Location"] == page
    assert AddressProposal.objects.get().email == "ines@new.example"
    for word in ("", "\x00", "ines@new.example", "peer@lagoon.example", LONG):
        again = client.post(f"{page}addresses/", {"email": word})
        assert (again.status_code, again.context["form"]["email"].value()) == (422, word)
    assert AddressProposal.objects.count() == 1


def test_lists_and_tables_ask_the_same_for_one_seat_and_for_more(cast, visit, django_assert_num_queries):
    client = visit("staff")
    asked = {LIST: 6, TABLE: 5, f"{LIST}{cast.peer.handle}/": 6}
    for turn in "ab":
        for path, number in asked.items():
            client.get(path).getvalue()
            with django_assert_num_queries(number):
                client.get(path).getvalue()
        for work in (f"{turn}-1", f"{turn}-2", f"{turn}-3"):
            make_function(work)
            make_tenure(cast.peer, cast.reef, work, starts_on=AT.date())
            make_person()
