"""A society's standing changes, and with it what its people see."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people import actions
from collegium.core.people.models import Standing
from collegium.core.people.queries import member_societies
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_organization, make_person, make_tenure

MOMENT = timedelta(microseconds=1)


def change(organization, status, day, **facts):
    return actions.change_standing(organization, status=status, from_day=day, by=facts.get("by"), at=AT)


def standings(organization):
    rows = Standing.objects.filter(organization=organization).order_by("period")
    return [(row.status, row.period.lower, row.period.upper) for row in rows]


def sees_members(person, at):
    return Viewer.of(person, at=at).is_among(MEMBERS)


def test_a_suspended_society_loses_what_members_see_at_its_own_midnight(cast):
    with recorded() as events:
        change(cast.reef, "suspended", date(2026, 6, 1), by=cast.staff)
    midnight = datetime(2026, 6, 1, tzinfo=ZoneInfo("Pacific/Honolulu"))
    assert [sees_members(cast.leaver, at) for at in (midnight - MOMENT, midnight)] == [True, False]
    assert [
        cast.viewer("leaver", at).is_among(cast.cfos.circle.audience_id) for at in (midnight - MOMENT, midnight)
    ] == [
        True,
        False,
    ]
    assert sees_members(cast.peer, midnight)
    assert [cast.reef in member_societies(at) for at in (midnight - MOMENT, midnight)] == [True, False]
    facts = {"status": "suspended", "from_day": "2026-06-01"}
    assert events == [
        ("standing.changed", cast.staff.pk, None, cast.reef.pk, "people.organization", OFFICE, facts),
    ]


@pytest.mark.django_db
def test_what_was_to_begin_later_is_dropped():
    society = make_organization(standing=None)
    change(society, "applicant", date(2026, 1, 1))
    change(society, "member", date(2026, 3, 1))
    change(society, "former", date(2027, 1, 1))
    change(society, "suspended", date(2026, 2, 1))
    assert standings(society) == [
        ("applicant", date(2026, 1, 1), date(2026, 2, 1)),
        ("suspended", date(2026, 2, 1), None),
    ]
    change(society, "member", date(2026, 2, 1))
    assert standings(society)[1:] == [("member", date(2026, 2, 1), None)]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["foundation", "subspecialty"])
def test_the_people_of_what_belongs_to_a_society_stand_and_fall_with_it(kind):
    society = make_organization(time_zone="America/New_York")
    dependent = make_organization(kind=kind, parent=society, time_zone="Pacific/Auckland")
    person = make_person()
    make_tenure(person, dependent, "cfo")
    assert sees_members(person, AT)
    change(society, "suspended", date(2026, 6, 1))
    midnight = datetime(2026, 6, 1, tzinfo=ZoneInfo("America/New_York"))
    assert [sees_members(person, at) for at in (midnight - MOMENT, midnight)] == [True, False]
    with refuses("Its standing is that of the society it belongs to."):
        change(dependent, "member", date(2026, 7, 1))


@pytest.mark.django_db
def test_a_standing_nobody_knows_is_refused():
    society = make_organization()
    with refuses("There is no such standing."):
        change(society, "honorary", date(2026, 6, 1))


def test_it_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: change(cast.reef, "suspended", date(2026, 1, 1)))
