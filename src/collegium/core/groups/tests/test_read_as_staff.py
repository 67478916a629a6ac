"""Reading a closed group as one of the team: asked with a reason, confirmed by another, a day at most, seen by all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from collegium.core.access.queries import admits, admitted_persons, unsettled
from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.queries import groups_of, readings_of, roster, visible_counts, waiting_readings
from collegium.core.notices.actions import follow, tell
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.queries import contacts_of, speaking_tenures
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses
from collegium.rooms.discussions.tests.factories import make_answer, make_topic

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


def ask(cast, viewer="staff", reason="A complaint of 3 May", group="ceos", at=None):
    viewer = cast.viewer(viewer, at)
    return actions.ask_to_read(getattr(cast, group), reason=reason, viewer=viewer, at=viewer.at)


def confirm(cast, reading, viewer="second_staff", at=None, **more):
    viewer = cast.viewer(viewer, at)
    return actions.confirm_reading(reading, viewer=viewer, at=viewer.at, **more)


def end(cast, reading, viewer="staff", at=None):
    viewer = cast.viewer(viewer, at)
    return actions.end_reading(reading, viewer=viewer, at=viewer.at)


def reads(cast, at=None, part="staff"):
    return cast.viewer(part, at).is_among(cast.ceos.circle.audience_id)


def test_a_confirmed_reading_opens_the_circle_for_a_day_and_the_members_see_it(cast):
    with recorded() as events:
        reading = ask(cast)
        assert not reads(cast)
        confirm(cast, reading)
    assert [reads(cast, cast.at + moment) for moment in (-TICK, 24 * HOUR - TICK, 24 * HOUR)] == [False, True, False]
    facts = {"reading": reading.pk, "person": cast.staff.pk}
    place = (cast.ceos.pk, "groups.reading")
    assert events == [
        ("reading.asked", cast.staff.pk, None, *place, cast.ceos.officers_audience_id, facts),
        ("reading.confirmed", cast.second_staff.pk, None, *place, cast.ceos.circle.audience_id, facts | {"hours": 24}),
    ]
    assert [(row.person, row.reason) for row in readings_of(cast.ceos, cast.at)] == [
        (cast.staff, "A complaint of 3 May")
    ]
    assert list(unsettled()) == []


def test_a_reader_looks_without_belonging(cast):
    before = roster(cast.ceos.circle.audience_id, cast.at)
    confirm(cast, ask(cast))
    audience, viewer = cast.ceos.circle.audience_id, cast.viewer("staff")
    assert viewer.is_among(audience)
    assert not viewer.belongs_to(audience)
    assert not viewer.is_among(cast.ceos.officers_audience_id)
    assert not Viewer.of_recipient(cast.staff, at=cast.at).is_among(audience)
    assert cast.staff.pk not in {row["person_id"] for row in admitted_persons(audience, cast.at)}
    assert admits(audience, cast.staff.pk, cast.at)
    assert speaking_tenures(cast.staff.pk, audience, cast.at) == []
    assert roster(audience, cast.at) == before
    assert not groups_of(viewer).filter(pk=cast.ceos.pk).exists()
    counted = visible_counts(audience, cast.at)
    assert (counted["persons"], counted["readers"], len(counted["societies"])) == (2, 1, 2)


def test_contact_fields_for_groups_stay_closed_to_a_reader_and_theirs_to_the_group(cast):
    for person in (cast.staff, cast.chair):
        people.change_profile(person, phone="+1 555 0100", phone_seen_by="groups", by=person, at=cast.at)
    confirm(cast, ask(cast))
    chair, staff = Person.objects.get(pk=cast.chair.pk), Person.objects.get(pk=cast.staff.pk)
    assert contacts_of(chair, cast.viewer("staff"))["phone"] == ""
    assert contacts_of(staff, cast.viewer("chair"))["phone"] == ""
    assert contacts_of(chair, cast.viewer("delegate"))["phone"] == "+1 555 0100"


@pytest.mark.parametrize(
    ("viewer", "reason", "group", "why"),
    [
        ("chair", "So", "ceos", "Only the council's team can do this."),
        (None, "So", "ceos", "Only the council's team can do this."),
        ("staff", " ", "ceos", "Give the reason: the members will read it."),
    ],
)
def test_who_may_not_ask_is_told_why(cast, viewer, reason, group, why):
    with refuses(why):
        ask(cast, viewer, reason, group)


def test_one_asks_once_and_not_for_what_one_reads(cast):
    reading = ask(cast)
    with refuses("You have asked already; a second person has to confirm it."):
        ask(cast)
    confirm(cast, reading)
    with refuses("You can read this group already."):
        ask(cast)


@pytest.mark.parametrize(
    ("viewer", "hours", "why"),
    [
        ("staff", 24, "A second person has to confirm this."),
        ("delegate", 24, "Only a chair of the group or the council's team can confirm this."),
        (None, 24, "Only a chair of the group or the council's team can confirm this."),
        ("chair", 25, "A reading lasts between 1 and 24 hours."),
        ("chair", 0, "A reading lasts between 1 and 24 hours."),
    ],
)
def test_who_may_not_confirm_is_told_why(cast, viewer, hours, why):
    reading = ask(cast)
    with refuses(why):
        confirm(cast, reading, viewer, hours=hours)


def test_a_reading_is_confirmed_once_and_by_a_chair_too(cast):
    reading = ask(cast)
    confirm(cast, reading, "chair", hours=2)
    assert [reads(cast, cast.at + moment) for moment in (2 * HOUR - TICK, 2 * HOUR)] == [True, False]
    with refuses("This was answered already."):
        confirm(cast, reading)


@pytest.mark.parametrize("viewer", ["staff", "second_staff", "chair"])
def test_a_running_reading_is_ended_by_the_reader_the_team_or_a_chair(cast, viewer):
    reading = confirm(cast, ask(cast))
    with refuses("Only a chair of the group or the council's team can end this."):
        end(cast, reading, "delegate")
    with recorded() as events:
        end(cast, reading, viewer, cast.at + HOUR)
    assert [event[0] for event in events] == ["reading.ended"]
    assert [reads(cast, cast.at + moment) for moment in (HOUR - TICK, HOUR)] == [True, False]
    with refuses("This reading is over already."):
        end(cast, reading, viewer, cast.at + HOUR)


def test_what_waits_is_refused_and_then_cannot_be_confirmed(cast):
    reading = ask(cast)
    assert waiting_readings(cast.ceos) == [reading]
    end(cast, reading, "chair")
    assert waiting_readings(cast.ceos) == []
    with refuses("This was answered already."):
        confirm(cast, reading)
    ask(cast)


def test_whoever_leaves_the_team_reads_no_more(cast):
    confirm(cast, ask(cast))
    people.end_tenure(cast.tenures["staff"], last_day=cast.at.date() - timedelta(days=1), by=None, at=cast.at)
    assert not reads(cast)


def test_the_team_is_told_who_asks_and_the_members_who_reads(cast):
    confirm(cast, ask(cast))
    for event in Event.objects.filter(name__in=["reading.asked", "reading.confirmed"]).order_by("pk"):
        tell(event, at=event.at)
    rows = Notification.objects.values_list("notice", "person")
    assert sorted(rows) == sorted(
        [
            ("groups.ReadingAsked", cast.second_staff.pk),
            ("groups.ReadingAsked", cast.chair.pk),
            ("groups.ReadingConfirmed", cast.staff.pk),
            ("groups.ReadingConfirmed", cast.chair.pk),
            ("groups.ReadingConfirmed", cast.delegate.pk),
        ]
    )


def test_a_topic_followed_before_rings_no_bell_for_whoever_only_reads(cast):
    """Somebody who was in the group, followed a topic, left for the team and reads for it now."""
    topic = make_topic(cast, group=cast.ceos, by="chair")
    for part in ("staff", "delegate"):
        follow(topic.entry, by=getattr(cast, part))
    confirm(cast, ask(cast))
    assert cast.viewer("staff").is_among(topic.entry.audience_id)
    make_answer(cast, topic, by="chair", raw=f"More, @{cast.staff.handle}")
    event = Event.objects.filter(name="topic.answered").latest("pk")
    tell(event, at=event.at)
    assert list(Notification.objects.filter(event=event).values_list("person", flat=True)) == [cast.delegate.pk]


@pytest.mark.parametrize(
    "period",
    ["[2026-05-04 10:00+00, 2026-05-05 10:00:00.000001+00)", "[2026-05-04 10:00+00,)", "(, 2026-05-05 10:00+00)"],
)
def test_the_database_too_knows_no_reading_of_more_than_a_day(cast, period):
    reading = confirm(cast, ask(cast))
    with pytest.raises(IntegrityError, match="reading_"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_reading SET period = %s::tstzrange WHERE id = %s", [period, reading.pk])
    whole = "[2026-05-04 10:00+00, 2026-05-05 10:00+00)"
    with connection.cursor() as cursor:
        for allowed in (whole, "empty"):
            cursor.execute("UPDATE groups_reading SET period = %s::tstzrange WHERE id = %s", [allowed, reading.pk])


def test_all_are_taken_back_with_their_transaction(cast):
    assert is_taken_back(lambda: ask(cast))
    reading = ask(cast)
    assert is_taken_back(lambda: confirm(cast, reading))
    assert is_taken_back(lambda: end(cast, reading))
