"""The team sets groups: founds them, changes them, names who leads them, closes them."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.core.groups import actions
from collegium.core.groups.models import Group, Office
from collegium.core.groups.tests.factories import make_group
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.web.tests.reading import attributes, found, texts

PAGE = "/office/groups/of/cfos/"
SETTINGS = {
    "short": "Money",
    "purpose": "On reserves.",
    "kind": "peer_group",
    "joining": "ex_officio",
    "page_audience": "1",
    "default_level": "daily",
}
POLICY = {
    "functions": ["cfo"],
    "capacities": ["holder"],
    "leaderships": ["staff"],
    "organization_kinds": ["society"],
    "standings": ["member"],
}
NEW = SETTINGS | POLICY | {"name": "Money people", "slug": "money"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, visit) -> Any:
    return visit("staff")


def test_the_list_says_how_each_is_set(client):
    rows = texts(client.get("/office/groups/"), "tr")
    assert rows[2] == "CEO Council Governing body closed By office: whoever holds an admitted seat is in 2 1"


def test_a_group_is_founded(client):
    answer = client.post("/office/groups/new/", NEW)
    assert (answer.status_code, answer["Location"]) == (303, "/office/groups/of/money/")
    group = Group.objects.get(slug="money")
    assert (group.name, group.short, group.circle.functions) == ("Money people", "Money", ["cfo"])
    again = client.post("/office/groups/new/", NEW)
    assert again.status_code == 422
    assert "Another group has this short name" in again.content.decode()
    assert "Money people" in attributes(again, "input", "value")


def test_the_settings_are_shown_and_changed(client):
    assert texts(client.get(PAGE), "textarea") == [Group.objects.get(slug="cfos").purpose]
    answer = client.post(PAGE, SETTINGS)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    group = Group.objects.get(slug="cfos")
    assert (group.short, group.purpose, group.default_level) == ("Money", "On reserves.", "daily")


@pytest.mark.parametrize(
    ("house", "first"), [(False, "As the house has it: links"), (True, "As the house has it: they stand there")]
)
def test_pictures_in_letters_are_as_the_house_has_them_until_the_group_decides(client, settings, house, first):
    settings.MAIL_SHOWS_PICTURES = house
    choices = [first, "They stand in the letters", "Links lead to them"]
    assert [words for words in texts(client.get(PAGE), "option") if words in choices] == choices
    group = Group.objects.get(slug="cfos")
    assert (group.shows_pictures, group.sends_pictures) == (None, house)
    for typed, kept in (("True", True), ("False", False), ("", None)):
        assert client.post(PAGE, SETTINGS | {"shows_pictures": typed, "short": f"Money {typed}"}).status_code == 303
        group.refresh_from_db()
        assert (group.shows_pictures, group.sends_pictures) == (kept, house if kept is None else kept)
    assert client.post(PAGE, SETTINGS | {"shows_pictures": "perhaps"}).status_code == 422


def test_what_was_typed_stays_where_it_is_refused(client):
    for wrong in ({"kind": "none-such"}, {"page_audience": "999"}, {"page_audience": "x"}, {"short": "x" * 100_000},
                  {"kind": "governing_body"}, {"joining": ""}, {"default_level": "\x00"}):  # fmt: skip
        page = client.post(PAGE, SETTINGS | {"purpose": "Typed with care."} | wrong)
        assert page.status_code == 422, wrong
        assert "Typed with care." in texts(page, "textarea"), wrong
    assert client.post(PAGE, SETTINGS | {"purpose": "x\x00y"}).status_code == 422


def test_an_officer_is_named_and_the_office_ended(cast, client):
    answer = client.post(f"{PAGE}officers/", {"handle": f"@{cast.peer.handle.upper()}", "role": "vice_chair"})
    assert answer.status_code == 303
    office = Office.objects.get(group=cast.cfos, role="vice_chair")
    assert office.tenure == cast.tenures["peer"]
    assert "Ines Okafor" in " ".join(texts(client.get(PAGE), "li.row"))
    assert client.post(f"{PAGE}officers/{office.pk}/end/").status_code == 303
    assert Office.objects.get(pk=office.pk).has_ended
    assert client.post(f"{PAGE}officers/{office.pk}/end/").status_code == 403


def test_whoever_holds_several_seats_is_asked_which(cast, client):
    given = {"handle": cast.two_seats.handle, "role": "chair"}
    page = client.post(f"{PAGE}officers/", given)
    assert page.status_code == 422
    seats = [value for value in attributes(page, "input", "value") if value and value.isdigit()]
    expected = [str(cast.tenures[name].pk) for name in ("two_seats", "two_seats_reef")]
    assert [seat for seat in seats if seat in expected] == expected
    assert client.post(f"{PAGE}officers/", given | {"tenure": expected[1]}).status_code == 303
    office = Office.objects.get(group=cast.cfos, tenure=cast.tenures["two_seats_reef"])
    assert office.role == "chair"


def test_who_cannot_be_an_officer_is_refused_with_the_reason(cast, client):
    for handle, words in (
        ("nobody", "Nobody with this handle"),
        (cast.outsider.handle, "Nobody with this handle"),
        ("x\x00", ""),
        ("x" * 100_000, ""),
        ("", ""),
        (cast.suspended.handle, "its society is not a member now"),
        (cast.colleague.handle, "held by the same person already"),
    ):
        page = client.post(f"{PAGE}officers/", {"handle": handle, "role": "chair"})
        assert page.status_code == 422, handle
        assert words in page.content.decode(), handle
    other = {"handle": cast.peer.handle, "role": "chair", "tenure": cast.tenures["colleague"].pk}
    client.post(f"{PAGE}officers/", other)
    assert not Office.objects.filter(tenure=cast.tenures["colleague"], role="chair", group=cast.membership).exists()
    assert Office.objects.get(group=cast.cfos, tenure=cast.tenures["peer"]).role == "chair"


def test_a_closed_group_says_who_waits_and_shows_no_roster(cast, client):
    actions.name_officer(cast.ceos, tenure=cast.tenures["delegate"], role="vice_chair", viewer=cast.viewer("staff"),
                         at=cast.at)  # fmt: skip
    page = client.get("/office/groups/of/ceos/")
    rows = texts(page, "li.row")
    assert len(rows) == 2
    assert "waits to be confirmed" in rows[1]
    make_group("Closed", "cfo", slug="closed", is_closed=True)
    actions.confirm_tenure(Group.objects.get(slug="closed"), tenure=cast.tenures["peer"],
                           viewer=cast.viewer("staff"), at=cast.at)  # fmt: skip
    assert "Ines Okafor" not in client.get("/office/groups/of/closed/").content.decode()


def given(page, name):
    """What a field of the page holds."""
    return next(hit["attrs"]["value"] for hit in found(page, "input") if hit["attrs"].get("name") == name)


def is_closed(cast):
    return Group.objects.get(pk=cast.cfos.pk).is_closed


def test_a_group_is_closed_having_seen_who_stays_and_having_typed_its_name(cast, client):
    page = client.get(f"{PAGE}closure/")
    officer = "Tomasz Halloran"
    # The last of them waits with an office the same person gave.
    assert texts(page, "p.name") == ["Kekoa Lindgren", officer, "Ines Okafor", officer]
    answer = client.post(f"{PAGE}closure/", {"name": " chief financial  officers", "seen": given(page, "seen")})
    assert answer.status_code == 303
    assert is_closed(cast)
    assert client.post(f"{PAGE}closure/", {"name": cast.cfos.name}).status_code == 403


@pytest.mark.parametrize("name", ["", "Another", "\x00", "x" * 100_000, "é".encode("latin-1")])
def test_nothing_is_closed_without_its_name(cast, client, name):
    seen = given(client.get(f"{PAGE}closure/"), "seen")
    assert client.post(f"{PAGE}closure/", {"name": name, "seen": seen}).status_code == 422
    assert not is_closed(cast)


@pytest.mark.parametrize("seen", ["", "forged", "\x00", "x" * 1000])
def test_nothing_is_closed_that_was_not_looked_at(cast, client, seen):
    answer = client.post(f"{PAGE}closure/", {"name": cast.cfos.name, "seen": seen})
    assert answer.status_code == 422
    assert not is_closed(cast)


def test_whoever_came_meanwhile_is_looked_at_first(cast, client):
    seen = given(client.get(f"{PAGE}closure/"), "seen")
    make_tenure(make_person("Came Meanwhile"), cast.lagoon, "cfo", capacity="deputy")
    answer = client.post(f"{PAGE}closure/", {"name": cast.cfos.name, "seen": seen})
    assert answer.status_code == 422
    assert "Somebody came or went meanwhile" in answer.content.decode()
    assert "Came Meanwhile" in texts(answer, "p.name")
    assert given(answer, "name") == cast.cfos.name
    assert not is_closed(cast)


def test_more_groups_cost_no_more_questions(client, django_assert_num_queries):
    client.get("/office/groups/")
    for _number in range(3):
        with django_assert_num_queries(5):
            client.get("/office/groups/")
        make_group("Another", "cfo")
