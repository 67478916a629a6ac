"""A society's desk: for whoever keeps its roster; what is asked, who sits where, what waits."""

from datetime import date

import pytest

from collegium.core.groups.tests.applying import verified
from collegium.core.people import actions
from collegium.core.people.tests.factories import make_function, make_person, make_tenure
from collegium.web.tests.reading import attributes, texts

pytestmark = pytest.mark.django_db
DESK = "/desk/lagoon/"


def seats(page):
    return [row for row in texts(page, "tr") if not row.startswith("Seat Held")]


def test_liaison_and_chief_executive_have_a_desk_and_to_others_it_is_unknown(cast, visit):
    kept = {
        part: (visit(part).get("/desk/").status_code, visit(part).get(DESK).status_code) for part in cast.parts if part
    }
    assert {part: codes for part, codes in kept.items() if codes != (404, 404)} == {
        "liaison": (302, 200),
        "delegate": (302, 200),
        "chair": (302, 404),
    }
    assert visit("liaison").get("/desk/none-such/").status_code == 404


def test_the_way_to_the_desk_stands_in_the_masthead_of_those_who_have_one(cast, visit):
    shown = {part for part in cast.parts if "/desk/" in attributes(visit(part).get("/groups/"), "a", "href")}
    assert shown == {"liaison", "delegate", "chair"}


def test_it_closes_with_the_tenure(cast, visit):
    client = visit("liaison")
    actions.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 4), by=None, at=cast.at)
    assert [client.get(page).status_code for page in ("/desk/", DESK)] == [404, 404]


def test_whoever_keeps_two_societies_chooses(cast, visit):
    make_tenure(cast.liaison, cast.reef, "liaison", capacity="deputy")
    page = visit("liaison").get("/desk/")
    assert [link for link in attributes(page, "a", "href") if link.startswith("/desk/") and link != "/desk/"] == [
        "/desk/reef/",
        DESK,
    ]


def test_seats_are_held_interim_vacant_and_to_come(cast, visit):
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 4), by=None, at=cast.at)
    actions.end_tenure(cast.tenures["two_seats"], last_day=date(2026, 5, 31), by=None, at=cast.at)
    make_tenure(make_person("Nia New"), cast.lagoon, "cio", title="Head of IT", starts_on=date(2026, 6, 1))
    page = visit("liaison").get(DESK)
    assert seats(page) == [
        "CFO Nobody at present Not heard in Chief Financial Officers vacant since 5 May 2026 Propose CFO",
        "CEO Ingvild Sorensen Chief Executive Officer held Change Ingvild Sorensen, CEO",
        "CIO Bao Castellanos Chief Information Officer held until 31 May 2026 Change Bao Castellanos, CIO",
        "Nia New Head of IT to come from 1 Jun 2026 Change Nia New, CIO",
        "Liaison Jonas Weil Office Manager held Change Jonas Weil, Liaison",
    ]
    assert texts(page, "h1") == ["Nothing is asked of us now"]
    assert texts(page, "div.lede") == ["4 seats: 3 held, 1 vacant."]


def test_who_waits_for_a_closed_groups_second_key_is_said(cast, visit):
    make_tenure(make_person("Dora Deputy"), cast.lagoon, "ceo", capacity="deputy")
    assert "Dora Deputy CEO CEO Council to be confirmed" in texts(visit("liaison").get(DESK), "li.row")


def test_a_departure_is_asked_for_until_it_is_handed_on(cast, visit):
    departure = actions.begin_departure(
        cast.peer, organization=cast.lagoon, last_day=date(2026, 5, 29), by=cast.liaison, at=cast.at
    )
    client = visit("liaison")
    page = client.get(DESK)
    assert texts(page, "h1") == ["One thing is asked of us"]
    assert attributes(page, "a", "href").count(f"{DESK}departures/{departure.pk}/") == 2
    actions.hand_on(departure, seats={}, things={}, by=cast.liaison, at=cast.at)
    assert texts(client.get(DESK), "h1") == ["Nothing is asked of us now"]


def test_somebody_who_says_they_have_a_role_is_asked_about_by_a_link_of_ones_own(cast, visit):
    application = verified(cast)
    for part in ("liaison", "delegate"):
        client = visit(part)
        page = client.get(f"/desk/{application.society.slug}/")
        [link] = [href for href in attributes(page, "a", "href") if "/applications/roles/" in href]
        assert client.get(link).status_code == 200
    assert texts(page, "h2")[0] == f"Is {application.name} your {application.function.name}?"


def test_more_seats_and_departures_cost_no_more_questions(cast, visit, django_assert_num_queries):
    client = visit("liaison")
    for number in range(3):
        person = make_person()
        make_function(f"work-{number}")
        make_tenure(person, cast.lagoon, f"work-{number}")
        actions.begin_departure(
            person, organization=cast.lagoon, last_day=date(2026, 5, 29), by=cast.liaison, at=cast.at
        )
        with django_assert_num_queries(16):
            client.get(DESK)
