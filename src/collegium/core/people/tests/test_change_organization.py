"""What is said about an organization changes; another time zone moves its midnights."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import PUBLIC
from collegium.core.entries.models import Passage
from collegium.core.people import actions
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_organization

LAST = date(2026, 5, 4)


def change(organization, by=None, **facts):
    return actions.change_organization(organization, by=by, at=AT, **facts)


def test_facts_change_are_found_and_the_trail_keeps_no_word_of_them(cast):
    with recorded() as events:
        changed = change(cast.lagoon, by=cast.staff, acronym="SLQ", founded=1907, city="")
    assert (changed.acronym, changed.founded, changed.name) == ("SLQ", 1907, cast.lagoon.name)
    assert Passage.objects.get(entry=cast.lagoon.entry).text == "Society of Lagoon Cardiology SLQ "
    facts = {"fields": ["acronym", "founded"]}
    where = (None, cast.lagoon.pk, "people.organization", PUBLIC)
    assert events == [("organization.changed", cast.staff.pk, *where, facts)]


def test_another_time_zone_moves_the_midnight_at_which_a_tenure_ends(cast):
    actions.end_tenure(cast.tenures["leaver"], last_day=LAST, by=None, at=AT)
    there = {zone: datetime(2026, 5, 5, tzinfo=ZoneInfo(zone)) for zone in ("Pacific/Honolulu", "Pacific/Auckland")}
    among = [cast.viewer("leaver", at - timedelta(hours=1)).is_among(cast.reef.audience_id) for at in there.values()]
    assert among == [True, True]
    change(cast.reef, time_zone="Pacific/Auckland")
    among = [cast.viewer("leaver", at - timedelta(hours=1)).is_among(cast.reef.audience_id) for at in there.values()]
    assert among == [False, True]
    assert list(unsettled()) == []


@pytest.mark.django_db
def test_it_moves_the_midnights_of_what_carries_its_standing_too():
    society = make_organization(time_zone="Pacific/Honolulu")
    make_organization(kind="foundation", parent=society)
    actions.change_standing(society, status="suspended", from_day=date(2026, 6, 1), by=None, at=AT)
    change(society, time_zone="Pacific/Auckland")
    assert list(unsettled()) == []


def test_what_cannot_be_is_refused(cast):
    with refuses("“Mars/Olympus” is not a time zone."):
        change(cast.lagoon, time_zone="Mars/Olympus")
    with refuses("Nothing has changed: it stands so already."):
        change(cast.lagoon, acronym=cast.lagoon.acronym)
    with refuses("Only the council's team keeps the registry of societies and people."):
        change(cast.lagoon, by=cast.liaison, city="Atoll")
    with pytest.raises(ValueError, match="kind"):
        change(cast.lagoon, kind="partner")


def test_it_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: change(cast.reef, time_zone="Pacific/Auckland"))
