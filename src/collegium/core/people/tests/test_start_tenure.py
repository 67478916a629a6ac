"""Somebody takes a seat."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.people import actions
from collegium.core.people.models import Seat, Tenure, tenure_period
from collegium.core.people.queries import present_tenures
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_function, make_organization, make_person, make_team_member, make_tenure

pytestmark = pytest.mark.django_db

TAKEN = "Somebody else holds this seat on these days; record the end of that tenure first."


@pytest.fixture
def society():
    make_function("cfo", single_holder=True)
    return make_organization(time_zone="Pacific/Honolulu")


def start(society, function="cfo", person=None, **facts):
    facts = {"title": "CFO", "starts_on": date(2026, 3, 1), "by": None, "at": AT} | facts
    return actions.start_tenure(
        actions.open_seat(society, make_function(function)), person=person or make_person(), **facts
    )


def test_a_tenure_opens_what_its_society_sees_from_its_first_midnight_there(society):
    by, person = make_team_member(), make_person()
    with recorded() as events:
        tenure = start(
            society, person=person, by=by, last_day=date(2026, 3, 31), capacity="interim", leadership="volunteer"
        )
    zone, moment = ZoneInfo("Pacific/Honolulu"), timedelta(microseconds=1)
    first, after = datetime(2026, 3, 1, tzinfo=zone), datetime(2026, 4, 1, tzinfo=zone)
    among = [Viewer.of(person, at=at).audience_ids for at in (first - moment, first, after - moment, after)]
    assert among == [{1}, {1, MEMBERS, society.audience_id}, {1, MEMBERS, society.audience_id}, {1}]
    assert (tenure.starts_on, tenure.last_day, tenure.recorded_by) == (date(2026, 3, 1), date(2026, 3, 31), by)
    facts = {"seat": tenure.seat_id, "person": person.pk, "capacity": "interim"}
    assert events == [
        ("tenure.started", by.pk, society.pk, society.pk, "people.tenure", society.audience_id, facts),
    ]


def test_the_same_seat_is_opened_once(society):
    seats = {actions.open_seat(society, make_function("cfo")).pk for _ in range(2)}
    assert seats == set(Seat.objects.filter(organization=society).values_list("pk", flat=True))


@pytest.mark.parametrize(("first", "second"), [("holder", "holder"), ("holder", "interim"), ("interim", "interim")])
def test_a_seat_for_one_is_not_held_by_two(society, first, second):
    start(society, capacity=first, last_day=date(2026, 3, 31))
    other = make_person()
    with refuses(TAKEN):
        start(society, capacity=second, starts_on=date(2026, 3, 31), person=other)
    assert start(society, capacity=second, starts_on=date(2026, 4, 1)).pk


@pytest.mark.parametrize("days", [{"starts_on": date(1, 1, 1)}, {"last_day": date(9999, 12, 31)}])
def test_a_day_no_calendar_can_tell_everywhere_is_refused(society, days):
    person = start(society, capacity="deputy").person
    with refuses("Choose a day between the years 1900 and 2999."):
        start(society, person=person, **days)


def test_a_deputy_sits_beside_the_holder_and_others_share_a_seat_for_many(society):
    start(society)
    start(society, capacity="deputy")
    start(society, "counsel")
    start(society, "counsel")
    assert Tenure.objects.filter(seat__organization=society).count() == 4


def test_the_database_itself_keeps_a_second_holder_out(society):
    tenure = start(society)
    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        Tenure.objects.create(
            seat=tenure.seat, person=tenure.person, title="", period=tenure_period(date(2026, 5, 1)), single_holder=True
        )


def test_an_end_before_the_beginning_is_refused(society):
    person, seat = make_person(), actions.open_seat(society, make_function("cfo"))
    with refuses("A tenure cannot end before its first day."):
        actions.start_tenure(
            seat, person=person, title="", starts_on=date(2026, 3, 2), last_day=date(2026, 3, 1), by=None, at=AT
        )


def test_of_two_clicks_the_second_takes_nothing(society):
    """Also of a seat that admits several; in another capacity, or after the first tenure, it is another matter."""
    person, seat = make_person(), actions.open_seat(society, make_function("counsel"))
    told = {"person": person, "title": "Counsel", "by": None, "at": AT}
    actions.start_tenure(seat, starts_on=date(2026, 3, 2), last_day=date(2026, 6, 1), **told)
    for day in (date(2026, 3, 2), date(2026, 6, 1)):
        with refuses(f"{person.name} holds this seat on these days already."):
            actions.start_tenure(seat, starts_on=day, **told)
    actions.start_tenure(seat, starts_on=date(2026, 3, 2), capacity="deputy", **told)
    actions.start_tenure(seat, starts_on=date(2026, 6, 2), **told)
    assert person.tenures.count() == 3


def test_a_closed_account_takes_no_seat(society):
    person, seat = make_person(), actions.open_seat(society, make_function("cfo"))
    person = actions.close_account(person, by=person, at=AT)
    with refuses("This person closed their account."):
        actions.start_tenure(seat, person=person, title="", starts_on=date(2026, 3, 2), by=None, at=AT)


def test_it_is_taken_back_with_its_transaction(society):
    person = make_person()
    assert is_taken_back(lambda: start(society, person=person))


def test_present_tenures_are_those_of_the_day_where_the_society_is():
    person = make_person()
    honolulu, auckland = (make_organization(time_zone=zone) for zone in ("Pacific/Honolulu", "Pacific/Auckland"))
    for society in (honolulu, auckland):
        make_tenure(person, society, "counsel", starts_on=date(2026, 5, 4), last_day=date(2026, 5, 4))
    shared = AT.replace(hour=11)
    assert at_work(person, shared) == {honolulu, auckland}
    assert at_work(person, shared + timedelta(hours=2)) == {honolulu}


def at_work(person, at):
    return {tenure.seat.organization for tenure in present_tenures(at).filter(person=person)}
