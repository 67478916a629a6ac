"""A tenure ends, and all that hangs on it; what was written keeps its society."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.entries.models import Entry
from collegium.core.people import actions
from collegium.core.people.queries import speaking_tenures
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_tenure

LAST = date(2026, 5, 4)
MIDNIGHT = datetime(2026, 5, 5, tzinfo=ZoneInfo("Pacific/Honolulu"))
MOMENT = timedelta(microseconds=1)


def end(tenure, last_day=LAST, by=None):
    return actions.end_tenure(tenure, last_day=last_day, by=by, at=AT)


def test_access_ends_at_midnight_where_the_society_is_and_needs_no_job(cast):
    with recorded() as events:
        end(cast.tenures["leaver"], by=cast.staff)
    circle = cast.cfos.circle.audience_id
    before, after = (cast.viewer("leaver", at) for at in (MIDNIGHT - MOMENT, MIDNIGHT))
    assert before.audience_ids == {PUBLIC, MEMBERS, cast.reef.audience_id, circle}
    assert after.audience_ids == {PUBLIC}
    assert [t.pk for t in speaking_tenures(cast.leaver.pk, circle, MIDNIGHT - MOMENT)] == [cast.tenures["leaver"].pk]
    assert speaking_tenures(cast.leaver.pk, circle, MIDNIGHT) == []
    tenure = cast.tenures["leaver"]
    facts = {"seat": tenure.seat_id, "person": cast.leaver.pk, "last_day": "2026-05-04"}
    assert events == [
        ("tenure.ended", cast.staff.pk, cast.reef.pk, cast.reef.pk, "people.tenure", cast.reef.audience_id, facts)
    ]
    assert list(unsettled()) == []


def test_a_last_day_no_calendar_can_tell_everywhere_is_refused(cast):
    with refuses("Choose a day between the years 1900 and 2999."):
        end(cast.tenures["leaver"], last_day=date(9999, 12, 31))


def test_the_successor_finds_the_seats_groups_at_the_same_midnight(cast):
    end(cast.tenures["leaver"])
    make_tenure(cast.outsider, cast.reef, "cfo", starts_on=date(2026, 5, 5))
    circle = cast.cfos.circle.audience_id
    assert [cast.viewer("outsider", at).is_among(circle) for at in (MIDNIGHT - MOMENT, MIDNIGHT)] == [False, True]


def test_whoever_changes_employers_keeps_what_they_wrote_for_the_old_one(cast):
    entry = Entry.objects.create(
        kind="thing",
        title="Written for the reef",
        audience=cast.cfos.circle.audience,
        society=cast.reef,
        author=cast.leaver,
        created_at=AT,
        touched_at=AT,
    )
    end(cast.tenures["leaver"])
    make_tenure(cast.leaver, cast.lagoon, "membership", starts_on=date(2026, 5, 5))
    entry.refresh_from_db()
    assert (entry.author, entry.society) == (cast.leaver, cast.reef)
    later = cast.viewer("leaver", MIDNIGHT + timedelta(days=1))
    assert later.audience_ids == {PUBLIC, MEMBERS, cast.lagoon.audience_id}
    assert not Entry.objects.visible_to(later).filter(pk=entry.pk).exists()


def test_an_end_before_the_first_day_is_refused(cast):
    with refuses("A tenure cannot end before its first day."):
        end(cast.tenures["peer"], date(2019, 12, 31))


def test_a_recorded_end_moves_forward_but_not_back(cast):
    tenure = end(cast.tenures["peer"])
    with refuses("This tenure ends earlier; record a new tenure instead of prolonging it."):
        end(tenure, date(2026, 5, 5))
    assert end(tenure, date(2026, 5, 1)).last_day == date(2026, 5, 1)


@pytest.mark.parametrize("last_day", [LAST, date(2020, 1, 1)])
def test_it_is_taken_back_with_its_transaction(cast, last_day):
    assert is_taken_back(lambda: end(cast.tenures["peer"], last_day))
