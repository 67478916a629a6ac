"""The page of a departure: all that hangs on somebody, whom we would propose, and one button."""

from datetime import date

import pytest

from collegium.core.people import actions
from collegium.core.people.models import Departure, Handover, Tenure
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions.tests.factories import make_topic
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db
DEPARTURES = "/desk/lagoon/departures/"


@pytest.fixture
def deputy(cast):
    person = make_person("Dora Deputy", email="dora@lagoon.example")
    make_tenure(person, cast.lagoon, "cfo", capacity="deputy")
    return person


@pytest.fixture
def departure(cast, deputy):
    make_topic(cast, by="peer", title="How large a reserve?")
    return actions.begin_departure(
        cast.peer, organization=cast.lagoon, last_day=date(2026, 5, 29), by=cast.liaison, at=cast.at
    )


def page_of(departure):
    return f"{DEPARTURES}{departure.pk}/"


def chosen(page):
    return [hit["text"] for hit in found(page, "option") if "selected" in hit["attrs"]]


def test_somebody_leaves_and_the_next_page_lists_what_hangs_on_them(cast, visit, deputy):
    client = visit("liaison")
    answer = client.post(DEPARTURES, {"person": cast.peer.handle, "last_day": "2026-05-29"})
    departure = Departure.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, page_of(departure))
    assert (departure.person, departure.begun_by, departure.last_day) == (cast.peer, cast.liaison, date(2026, 5, 29))
    assert texts(client.get(page_of(departure)), "h1") == ["Ines Okafor leaves"]


def test_seats_and_questions_stand_with_the_deputy_proposed_and_nothing_of_what_was_asked(cast, visit, departure):
    page = visit("liaison").get(page_of(departure))
    assert texts(page, "h3")[:2] == ["CFO", "1 open question in Chief Financial Officers"]
    assert chosen(page) == ["Dora Deputy", "Holder", "Dora Deputy"]
    assert b"How large a reserve?" not in page.content


def test_one_button_hands_everything_on(cast, visit, departure, deputy):
    tenure, group = cast.tenures["peer"], cast.cfos
    typed = {
        f"seat-{tenure.pk}": deputy.pk,
        f"seat-{tenure.pk}-capacity": "interim",
        f"questions-{group.pk}": deputy.pk,
    }
    client = visit("liaison")
    assert client.post(page_of(departure), typed).status_code == 303
    successor = Tenure.objects.get(seat=tenure.seat, person=deputy, capacity="interim")
    assert successor.starts_on == date(2026, 5, 30)
    assert list(Handover.objects.values_list("kind", "thing_id", "successor")) == [("questions", group.pk, deputy.pk)]
    page = client.get(page_of(departure))
    assert "handed on Dora Deputy from 30 May 2026" in " ".join(texts(page, "li.bequest"))
    assert chosen(page) == ["Dora Deputy", "Interim", "Dora Deputy"]


def test_the_successor_finds_the_questions_at_home(cast, visit, departure, deputy):
    actions.hand_on(departure, seats={}, things={("questions", cast.cfos.pk): deputy}, by=cast.liaison, at=cast.at)
    cast.deputy = deputy
    assert "Questions handed on to you 1" in texts(visit("deputy").get("/"), "h2")
    assert "Questions handed on to you 1" not in texts(visit("colleague").get("/"), "h2")
    actions.withdraw_departure(departure, by=cast.liaison, at=cast.at)
    assert "Questions handed on to you 1" not in texts(visit("deputy").get("/"), "h2")


def test_the_day_is_changed_and_the_departure_withdrawn(cast, visit, departure):
    client, page = visit("liaison"), page_of(departure)
    assert client.post(f"{page}day/", {"last_day": "2026-06-15"}).status_code == 303
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).last_day == date(2026, 6, 15)
    assert client.post(f"{page}withdrawal/").status_code == 303
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).last_day is None
    assert texts(client.get(page), "h1") == ["Ines Okafor stays"]
    assert client.post(f"{page}withdrawal/").status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"last_day": "2026-05-29"},
        {"person": "tomasz-halloran", "last_day": "2026-05-29"},
        {"person": "none\x00", "last_day": "2026-05-29"},
        {"person": "ines-okafor", "last_day": "2026-05-01"},
        {"person": "ines-okafor", "last_day": "9999-12-31"},
        {"person": "a" * 100_000, "last_day": "x"},
    ],
)
def test_a_departure_that_cannot_be_is_refused(cast, visit, typed):
    assert visit("liaison").post(DEPARTURES, typed).status_code == 422
    assert not Departure.objects.exists()


@pytest.mark.parametrize("value", ["999999", "x", "\x00", "a" * 100_000])
def test_a_successor_who_is_not_of_the_society_is_refused(cast, visit, departure, value):
    page = page_of(departure)
    assert visit("liaison").post(page, {f"seat-{cast.tenures['peer'].pk}": value}).status_code == 422
    departure.refresh_from_db()
    assert departure.handed_at is None


@pytest.mark.parametrize("typed", [{}, {"last_day": ""}, {"last_day": "2026-05-01"}, {"last_day": "\x00"}])
def test_a_day_that_cannot_be_is_refused(cast, visit, departure, typed):
    assert visit("liaison").post(f"{page_of(departure)}day/", typed).status_code == 422
    departure.refresh_from_db()
    assert departure.last_day == date(2026, 5, 29)


def test_a_departure_of_another_society_is_unknown(cast, visit, departure):
    client = visit("chair")
    assert client.get(f"/desk/harbour/departures/{departure.pk}/").status_code == 404
    assert client.get(page_of(departure)).status_code == 404


def test_more_seats_and_people_cost_no_more_questions(cast, visit, departure, django_assert_num_queries):
    client = visit("liaison")
    leaver = make_person()
    for number in range(3):
        make_tenure(make_person(), cast.lagoon, "cfo", capacity="deputy")
        make_topic(cast, by="peer")
        make_tenure(leaver, cast.lagoon, f"work-{number}")
        departure = actions.begin_departure(
            leaver, organization=cast.lagoon, last_day=date(2026, 5, 29), by=cast.liaison, at=cast.at
        )
        with django_assert_num_queries(19):
            client.get(page_of(departure))
        actions.withdraw_departure(departure, by=cast.liaison, at=cast.at)
