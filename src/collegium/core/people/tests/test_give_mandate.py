"""Mandates: what the holder of a seat may do for the society, and until when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collegium.core.people import actions
from collegium.core.people.models import Mandate
from collegium.core.people.queries import with_mandate
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT

FIRST = date(2026, 5, 1)


def give(tenure, act="vote", starts_on=FIRST, by=None, **facts):
    return actions.give_mandate(tenure, act=act, starts_on=starts_on, by=by, at=AT, **facts)


def end(mandate, last_day, by=None):
    return actions.end_mandate(mandate, last_day=last_day, by=by, at=AT)


def test_a_mandate_is_given_and_ended(cast):
    tenure = cast.tenures["delegate"]
    with recorded() as events:
        mandate = give(tenure, by=cast.liaison, is_alternate=True)
        end(mandate, date(2026, 5, 31), by=cast.staff)
    rows = Mandate.objects.values_list("tenure", "act", "is_alternate", "period__startswith", "period__endswith")
    assert list(rows) == [(tenure.pk, "vote", True, FIRST, date(2026, 6, 1))]
    facts = {"act": "vote", "tenure": tenure.pk}
    where = (cast.lagoon.pk, cast.lagoon.pk, "people.mandate", cast.lagoon.audience_id)
    assert events == [
        ("mandate.given", cast.liaison.pk, *where, facts),
        ("mandate.ended", cast.staff.pk, *where, facts | {"last_day": "2026-05-31"}),
    ]


def test_it_lasts_until_midnight_where_the_society_is(cast):
    give(cast.tenures["leaver"], act="sign", last_day=date(2026, 5, 31))
    midnight = datetime(2026, 6, 1, tzinfo=ZoneInfo("Pacific/Honolulu"))
    for at, lasts in ((midnight - timedelta(microseconds=1), True), (midnight, False)):
        assert (cast.tenures["leaver"] in with_mandate(at, "sign", "vote")) == lasts
    assert cast.tenures["leaver"] not in with_mandate(midnight - timedelta(hours=1), "vote")


def test_the_same_act_is_not_given_twice_for_a_day(cast):
    tenure = cast.tenures["delegate"]
    give(tenure, last_day=date(2026, 5, 31))
    with refuses("This mandate is already given."):
        give(tenure, starts_on=date(2026, 5, 31))
    give(tenure, act="sign")
    give(tenure, starts_on=date(2026, 6, 1))
    assert Mandate.objects.count() == 3


def test_a_day_no_calendar_can_tell_everywhere_is_refused(cast):
    mandate, never = give(cast.tenures["delegate"]), date(9999, 12, 31)
    for deed in (lambda: give(cast.tenures["delegate"], act="sign", last_day=never), lambda: end(mandate, never)):
        with refuses("Choose a day between the years 1900 and 2999."):
            deed()


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2026, 7, 1)])
def test_it_begins_while_its_holder_has_the_seat(cast, day):
    tenure = actions.end_tenure(cast.tenures["delegate"], last_day=date(2026, 6, 30), by=None, at=AT)
    with refuses("A mandate begins on a day on which its holder has the seat."):
        give(tenure, starts_on=day)


def test_ends_that_make_no_sense_are_refused(cast):
    with refuses("A mandate cannot end before its first day."):
        give(cast.tenures["delegate"], last_day=date(2026, 4, 30))
    mandate = give(cast.tenures["delegate"], last_day=date(2026, 5, 31))
    with refuses("A mandate cannot end before its first day."):
        end(mandate, date(2026, 4, 30))
    with refuses("This mandate ends earlier; give a new one instead of prolonging it."):
        end(mandate, date(2026, 6, 1))


def test_both_are_taken_back_with_their_transaction(cast):
    assert is_taken_back(lambda: give(cast.tenures["delegate"]))
    mandate = give(cast.tenures["delegate"])
    assert is_taken_back(lambda: end(mandate, FIRST))
