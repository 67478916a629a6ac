"""Whom a group admits is changed once its effect was seen by name, and only if that is still its effect."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.core.groups.models import Circle, Group
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.web.tests.reading import attributes, found, texts

PAGE = "/office/groups/of/cfos/policy/"
PRESENT = {
    "functions": ["cfo"],
    "capacities": ["holder", "interim", "deputy"],
    "leaderships": ["staff", "volunteer"],
    "organization_kinds": ["society", "subspecialty", "foundation"],
    "standings": ["member"],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, visit) -> Any:
    return visit("staff")


def seen(page: Any) -> str:
    [only] = found_buttons(page)
    return only


def found_buttons(page: Any) -> list[str]:
    names, values = attributes(page, "button", "name"), attributes(page, "button", "value")
    return [value or "" for name, value in zip(names, values, strict=True) if name == "seen"]


def checked(page: Any) -> set[str]:
    return {hit["attrs"]["value"] for hit in found(page, "input") if "checked" in hit["attrs"]}


def test_the_present_policy_is_filled_in(client):
    page = client.get(PAGE)
    assert checked(page) == {word for words in PRESENT.values() for word in words}
    assert found_buttons(page) == []


def test_nothing_is_written_by_looking(cast, client):
    before = Event.objects.count()
    page = client.post(PAGE, PRESENT | {"functions": ["cfo", "cio"]})
    assert page.status_code == 200
    assert "A widening" in texts(page, "div.banner")[0]
    assert texts(page, "p.name") == ["Bao Castellanos", "Bao Castellanos"]
    assert (Event.objects.count(), Circle.objects.filter(group=cast.cfos).count()) == (before, 1)


def test_what_was_seen_is_applied(cast, client):
    wanted = PRESENT | {"functions": ["cfo", "cio"]}
    answer = client.post(PAGE, wanted | {"seen": seen(client.post(PAGE, wanted))})
    assert (answer.status_code, answer["Location"]) == (303, "/office/groups/of/cfos/")
    assert Group.objects.get(pk=cast.cfos.pk).circle.functions == ["cfo", "cio"]
    assert cast.viewer("two_seats").is_among(Group.objects.get(pk=cast.cfos.pk).circle.audience_id)
    assert not cast.viewer("two_seats").is_among(cast.cfos.circle.audience_id)


def test_a_narrowing_is_applied_at_once(cast, client):
    wanted = PRESENT | {"capacities": ["interim"]}
    page = client.post(PAGE, wanted)
    assert "A narrowing" in texts(page, "div.banner")[0]
    assert texts(page, "p.name") == ["Kekoa Lindgren", "Ines Okafor"]
    assert client.post(PAGE, wanted | {"seen": seen(page)}).status_code == 303
    assert not cast.viewer("peer").is_among(cast.cfos.circle.audience_id)


def test_a_closed_group_proposes(cast, client):
    url = "/office/groups/of/ceos/policy/"
    wanted = PRESENT | {"functions": ["ceo", "liaison"]}
    page = client.post(url, wanted)
    assert "A second person has to confirm it first." in texts(page, "div.banner")[0]
    assert client.post(url, wanted | {"seen": seen(page)}).status_code == 303
    assert Circle.objects.get(group=cast.ceos, opened_at=None).proposed_by == cast.staff
    assert "A widening waits" in client.get("/office/groups/of/ceos/").content.decode()


def test_what_is_no_longer_the_effect_is_shown_again_and_not_applied(cast, client):
    wanted = PRESENT | {"functions": ["cfo", "cio"]}
    old = seen(client.post(PAGE, wanted))
    make_tenure(make_person("Fay Ture"), cast.harbour, "cio")
    page = client.post(PAGE, wanted | {"seen": old})
    assert page.status_code == 422
    assert "Fay Ture" in texts(page, "p.name")
    assert Group.objects.get(pk=cast.cfos.pk).circle.number == 1
    assert client.post(PAGE, wanted | {"seen": seen(page)}).status_code == 303


def test_a_change_that_changes_nothing_is_refused(client):
    page = client.post(PAGE, PRESENT)
    assert page.status_code == 422
    assert "This is whom the group admits already." in page.content.decode()


@pytest.mark.parametrize("value", ["", "none-such", "\x00", "x" * 100_000, "1"])
def test_words_that_are_none_are_refused_and_what_was_ticked_stays(client, value):
    page = client.post(PAGE, PRESENT | {"functions": ["cio", value], "seen": value})
    assert page.status_code == 422
    assert {"cio", "member", "deputy"} <= checked(page)


def test_it_costs_the_same_however_many_are_concerned(cast, client, django_assert_max_num_queries):
    wanted = PRESENT | {"functions": ["cfo", "cio"]}
    client.post(PAGE, wanted)
    for _number in range(3):
        with django_assert_max_num_queries(40):
            client.post(PAGE, wanted)
        make_tenure(make_person(), cast.harbour, "membership")
