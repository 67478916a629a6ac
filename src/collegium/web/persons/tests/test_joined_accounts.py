"""Where an account was before it was joined to another: led on for whoever may see, and listed nowhere twice."""

from __future__ import annotations

import pytest

from collegium.core.people import actions
from collegium.core.people.queries import live_owner
from collegium.core.people.roster.present import exported, present
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db
OLD, NEW, OFFICE = "/people/ines-ferreira/", "/people/ines-okafor/", "/office/people/ines-ferreira/"


@pytest.fixture
def joined(cast):
    """A second account of the peer, joined to theirs."""
    second = make_person("Ines Ferreira", email="ferreira@reef.example", handle="ines-ferreira")
    cast.tenures["second"] = make_tenure(second, cast.reef, "treasurer", title="Treasurer")
    joining = actions.ask_to_join(cast.peer, email="ferreira@reef.example", by=cast.peer, at=cast.at)
    actions.agree_to_join(joining, side="other", by=cast.peer, at=cast.at)
    second.refresh_from_db()
    return second


def test_the_old_page_leads_whoever_may_see_to_the_one_that_stays(cast, joined, visit):
    answers = {part: visit(part).get(OLD) for part in cast.parts}
    unseen = {None, "outsider", "suspended"}
    assert {part for part, answer in answers.items() if answer.get("Location") == NEW} == set(cast.parts) - unseen
    assert [answers[part].status_code for part in ("outsider", "suspended")] == [404, 404]
    assert answers[None]["Location"].startswith("/account/login/")


def test_an_unseen_page_that_leads_on_looks_like_an_unknown_one(cast, joined, visit):
    pages = [visit("outsider").get(path).content for path in (OLD, "/people/nobody-at-all/")]
    assert pages[0] == pages[1]


def test_the_page_shows_what_came(cast, joined, visit):
    page = visit("colleague").get(NEW)
    assert "Treasurer" in page.content.decode()
    assert texts(page, "h1") == ["IO Ines Okafor"] or "Ines Okafor" in texts(page, "h1")[0]


@pytest.mark.parametrize("part", ["staff", "colleague"])
def test_the_directory_has_one_person(cast, joined, visit, part):
    page = visit(part).get("/people/?name=ines")
    assert [row["handle"] for row in page.context["rows"]] == ["ines-okafor"]


def test_the_office_has_one_person_and_says_who_was_joined(cast, joined, visit):
    team = visit("staff")
    assert team.get(OFFICE)["Location"] == "/office/people/ines-okafor/"
    for asked in ("?q=ines", "?q=ferreira", "?which=closed", "?which=double"):
        names = [row["name"] for row in team.get(f"/office/people/{asked}").context["rows"]]
        assert names == ([] if "which" in asked else ["Ines Okafor"]), asked
    page = team.get("/office/people/ines-okafor/").content.decode()
    assert "Ines Ferreira (@ines-ferreira)" in page
    assert "Perhaps registered twice" not in page


def test_search_finds_one_person_by_what_either_was_called_for(cast, joined, visit):
    client = visit("colleague")
    found = client.get("/search/?q=treasurer").content.decode()
    assert ("/people/ines-okafor/" in found, "/people/ines-ferreira/" in found) == (True, False)
    assert "/people/ines-ferreira/" not in client.get("/search/?q=ines").content.decode()


def test_the_society_and_the_roster_name_the_one_that_stays(cast, joined, visit):
    page = visit("colleague").get("/societies/reef/").content.decode()
    assert ("/people/ines-okafor/" in page, "ferreira" in page.lower()) == (True, False)
    lines = [line for line in exported(cast.at) if line[2].startswith("Ines")]
    assert sorted(line[0] for line in lines) == ["lagoon", "reef"]
    assert {line[3] for line in lines} == {"peer@lagoon.example"}


def test_a_roster_matches_by_any_address(cast, joined):
    known = present(cast.at).by_address
    assert known["ferreira@reef.example"] == known["peer@lagoon.example"]
    assert live_owner("Ferreira@Reef.example", cast.at) == cast.peer


def test_the_handle_stays_taken(cast, joined):
    again = make_person("Ines Ferreira", email="again@reef.example")
    assert again.handle == "ines-ferreira-2"
