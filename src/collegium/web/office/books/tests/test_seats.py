"""The team starts and ends tenures and mandates; seats stand with everybody who holds, held or will hold them."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from collegium.core.people import actions
from collegium.core.people.models import Mandate, Organization, Person, Tenure
from collegium.core.people.tests.factories import AT, make_person, make_tenure
from collegium.core.trail.tests.story import books, recorded
from collegium.web.tests.reading import found, texts

from .reading import LONG, TENURE, table

SOCIETY = "/office/societies/lagoon/"
NEW = f"{SOCIETY}tenures/"
DAY = date(2026, 5, 1)


def tenure_of(cast, part):
    return f"/office/tenures/{cast.tenures[part].pk}/"


def test_a_newcomer_is_registered_and_takes_the_seat_at_once(cast, visit):
    with recorded() as events:
        answer = visit("staff").post(NEW, TENURE)
    assert answer["Location"] == SOCIETY
    person = Person.objects.get(name="Ada Pell")
    tenure = Tenure.objects.get(person=person)
    assert (tenure.seat.organization, tenure.seat.function.slug, tenure.capacity) == (cast.lagoon, "cfo", "deputy")
    assert (tenure.starts_on, tenure.last_day, tenure.recorded_by) == (DAY, None, cast.staff)
    assert EmailAddress.objects.get(user=person).email == "ada@kelp.example"
    assert [name for name, *_rest in events] == ["person.registered", "tenure.started"]


def test_somebody_known_takes_a_seat_by_their_handle(cast, visit):
    asked = TENURE | {"handle": f"@{cast.outsider.handle.upper()}", "name": "", "email": "", "last_day": "2026-06-30"}
    visit("staff").post(NEW, asked)
    tenure = Tenure.objects.get(person=cast.outsider)
    assert (tenure.title, tenure.last_day) == ("Chief Financial Officer", date(2026, 6, 30))


def test_a_seat_for_one_that_is_held_is_refused_and_nobody_is_registered(cast, visit):
    client = visit("staff")
    client.get(NEW)
    before = books()
    page = client.post(NEW, TENURE | {"capacity": "holder"})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "Somebody else holds this seat on these days; record the end of that tenure first."
    ]
    assert page.context["form"]["name"].value() == "Ada Pell"
    assert books() == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"function": "none-such"}, "function"),
        ({"function": ""}, "function"),
        ({"function": "\x00"}, "function"),
        ({"handle": "none-such", "name": "", "email": ""}, "handle"),
        ({"handle": "ines-okafor"}, "handle"),
        ({"name": ""}, "name"),
        ({"name": LONG}, "name"),
        ({"name": "ines okafor"}, "name"),
        ({"email": ""}, "email"),
        ({"email": "no address"}, "email"),
        ({"email": "peer@lagoon.example"}, "__all__"),
        ({"title": "\x00"}, "title"),
        ({"title": LONG}, "title"),
        ({"capacity": "king"}, "capacity"),
        ({"leadership": ""}, "leadership"),
        ({"starts_on": "tomorrow"}, "starts_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"last_day": "2026-04-30"}, "__all__"),
    ],
)
def test_a_tenure_that_cannot_be_is_refused_and_kept(cast, visit, typed, field):
    client = visit("staff")
    client.get(NEW)
    before = books()
    page = client.post(NEW, TENURE | typed)
    assert (page.status_code, bool(page.context["form"].errors[field])) == (422, True)
    for name, value in (TENURE | typed).items():
        assert page.context["form"][name].value() == value
    assert books() == before


def test_a_tenure_ends_with_a_day(cast, visit):
    client = visit("staff")
    assert client.post(tenure_of(cast, "peer"), {"last_day": "2026-06-30"})["Location"] == SOCIETY
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).last_day == date(2026, 6, 30)
    page = client.post(tenure_of(cast, "peer"), {"last_day": "2026-07-31"})
    assert page.context["form"].non_field_errors() == [
        "This tenure ends earlier; record a new tenure instead of prolonging it."
    ]


@pytest.mark.parametrize("day", ["", "never", "\x00", LONG, "2019-12-31", "9999-12-31"])
def test_a_day_that_cannot_be_ends_nothing(cast, visit, day):
    mandate = actions.give_mandate(cast.tenures["peer"], act="sign", starts_on=DAY, by=None, at=AT)
    client = visit("staff")
    for path in (tenure_of(cast, "peer"), f"/office/mandates/{mandate.pk}/"):
        page = client.post(path, {"last_day": day})
        assert (page.status_code, page.context["form"]["last_day"].value()) == (422, day)
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).last_day is None


def test_a_mandate_is_given_and_ended(cast, visit):
    client, page = visit("staff"), tenure_of(cast, "delegate")
    asked = {"act": "vote", "is_alternate": "on", "starts_on": "2026-05-01", "last_day": ""}
    assert client.post(f"{page}mandates/", asked)["Location"] == page
    mandate = Mandate.objects.get()
    assert (mandate.act, mandate.is_alternate, mandate.tenure) == ("vote", True, cast.tenures["delegate"])
    assert client.post(f"/office/mandates/{mandate.pk}/", {"last_day": "2026-05-03"})["Location"] == page
    shown = client.get(page).context["mandates"]
    assert [(row["first_day"], row["last_day"], row["is_over"]) for row in shown] == [(DAY, date(2026, 5, 3), True)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"act": "rule"}, "act"), ({"starts_on": "\x00"}, "starts_on"), ({"starts_on": "2019-01-01"}, "__all__")],
)
def test_a_mandate_that_cannot_be_is_refused_and_kept(cast, visit, typed, field):
    asked = {"act": "vote", "starts_on": "2026-05-01", "last_day": ""} | typed
    page = visit("staff").post(f"{tenure_of(cast, 'delegate')}mandates/", asked)
    assert (page.status_code, bool(page.context["form"].errors[field])) == (422, True)
    assert (page.context["form"]["act"].value(), Mandate.objects.count()) == (asked["act"], 0)


@pytest.mark.parametrize("pk", [0, 999_999, 10**17])
def test_a_tenure_or_mandate_nobody_has_is_unknown(cast, visit, pk):
    client = visit("staff")
    paths = (f"/office/tenures/{pk}/", f"/office/tenures/{pk}/mandates/", f"/office/mandates/{pk}/")
    assert [client.get(path).status_code for path in paths] == [404] * 3


def test_seats_stand_with_present_past_and_future_holders(cast, visit):
    actions.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 3), by=None, at=AT)
    make_tenure(make_person("Sina Tuala"), cast.reef, "cfo", starts_on=date(2026, 7, 1))
    client = visit("staff")
    page = client.get("/office/societies/reef/")
    seats = {seat["function_slug"]: seat for seat in page.context["seats"]}
    assert [row["name"] for row in seats["cfo"]["later"]] == ["Sina Tuala"]
    assert (seats["cfo"]["now"], [row["name"] for row in page.context["past"]]) == ([], ["Kekoa Lindgren"])
    assert (page.context["held"], page.context["vacant"]) == (2, 1)
    lines = {line["Name"]: line["State"] for line in table(client.get("/office/societies/reef/seats.csv"))}
    expected = {"Kekoa Lindgren": "past", "Sina Tuala": "to come", "Bao Castellanos": "held", "Nadia Brook": "held"}
    assert lines == expected


def test_the_last_holder_of_a_seat_stands_under_a_link_that_says_whom_it_changes(cast, visit):
    links = {link["attrs"]["href"]: link["text"] for link in found(visit("staff").get(SOCIETY), "a")}
    assert links[tenure_of(cast, "peer")] == "Change Ines Okafor, CFO"


def test_seats_nobody_has_confirmed_are_marked(cast, visit):
    page = SOCIETY
    assert "not confirmed" not in visit("staff").get(page).content.decode()
    Organization.objects.filter(pk=cast.lagoon.pk).update(unconfirmed_at=cast.at)
    client = visit("staff")
    marked = [text for text in texts(client.get(page), "tr") if "not confirmed" in text]
    assert any("Ines Okafor" in text for text in marked)
    Organization.objects.filter(pk=cast.harbour.pk).update(unconfirmed_at=cast.at)
    assert "not confirmed" in texts(client.get("/office/groups/of/cfos/"), "li.row")[0]
