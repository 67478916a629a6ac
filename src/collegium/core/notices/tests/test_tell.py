"""Telling: each person once, and only whoever may see it now and has not asked to be spared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.entries.models import Entry
from collegium.core.notices import actions
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Follow, Notification
from collegium.core.notices.queries import digest_choice, follow_state, level_of, newest, switches, unseen_count
from collegium.core.notices.registry import Notice, notices
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail
from collegium.core.trail.registry import Past, pasts

DONE = Past("test.done", "{actor} did it")


class Mentioned(Notice):
    """To whoever is named in the facts."""

    name, event, label, is_direct = "test.Mentioned", "test.done", "I was mentioned", True

    @classmethod
    def recipients(cls, event):
        return event.facts["mentioned"]

    @classmethod
    def sentence(cls, event):
        return "mentioned you"


class Heard(Mentioned):
    """To everybody there is."""

    name, label, is_direct = "test.Heard", "Something happened", False

    @classmethod
    def recipients(cls, event):
        return Person.objects.values_list("pk", flat=True)


class Owed(Heard):
    name, event, label, is_statutory = "test.Owed", "test.owed", "It is owed to me", True


@pytest.fixture(autouse=True)
def three_notices():
    """Notices of these tests, forgotten afterwards."""
    before = dict(notices._paths)
    for notice in ("Mentioned", "Heard", "Owed"):
        notices.register(f"test.{notice}", f"{__name__}.{notice}")
    yield
    notices._paths = before


@pytest.fixture
def topic(cast):
    """A thing in the CFOs' circle, under the group's page."""
    return Entry.objects.create(
        kind="thing",
        title="T",
        audience=cast.cfos.circle.audience,
        place=cast.cfos.entry,
        created_at=cast.at,
        touched_at=cast.at,
    )


def happen(cast, topic, *mentioned, past=DONE, part_id=0):
    facts = {"mentioned": [person.pk for person in mentioned], "part": "post", "part_id": part_id}
    return trail.record(past, on=topic, by=cast.peer, at=cast.at, facts=facts)


def told(event, at=None):
    actions.tell(event, at=at or event.at)
    rows = Notification.objects.filter(event=event).order_by("person")
    return list(rows.values_list("person__name", "notice"))


def test_each_is_told_once_by_the_first_notice_that_fits_and_the_actor_is_not(cast, topic):
    event = happen(cast, topic, cast.leaver, cast.peer)
    expected = [("Tomasz Halloran", "test.Heard"), ("Kekoa Lindgren", "test.Mentioned")]
    assert told(event) == expected
    assert told(event) == expected


def test_a_second_run_tells_nobody_by_another_notice(cast, topic):
    event = happen(cast, topic, cast.leaver)
    first = told(event)
    actions.switch_off("test.Mentioned", by=cast.leaver)
    assert told(event) == first


def test_those_who_lost_access_meanwhile_are_not_told(cast, topic):
    event = happen(cast, topic, cast.leaver)
    people.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 4), by=None, at=cast.at)
    assert told(event, cast.at + timedelta(days=1)) == [("Tomasz Halloran", "test.Heard")]


def test_whoever_closed_their_account_is_not_told_even_of_what_is_public(cast):
    event = happen(cast, cast.lagoon.entry, cast.leaver)
    people.close_account(cast.leaver, by=cast.leaver, at=cast.at)
    assert cast.leaver.name not in dict(told(event))


@pytest.mark.parametrize("level", ["mentions", "nothing"])
def test_a_level_spares_one_all_but_what_is_addressed_to_oneself(cast, topic, level):
    actions.choose_level(cast.cfos.entry, level=level, by=cast.leaver)
    assert told(happen(cast, topic)) == [("Tomasz Halloran", "test.Heard")]
    assert (cast.leaver.name, "test.Mentioned") in told(happen(cast, topic, cast.leaver))


@pytest.mark.parametrize("level", ["every", "daily", "weekly"])
def test_other_levels_tell_in_the_house_at_once(cast, topic, level):
    actions.choose_level(cast.cfos.entry, level=level, by=cast.leaver)
    assert cast.leaver.name in dict(told(happen(cast, topic)))


def test_a_level_holds_for_what_happens_to_the_place_itself(cast):
    actions.choose_level(cast.cfos.entry, level="nothing", by=cast.leaver)
    assert cast.leaver.name not in dict(told(happen(cast, cast.cfos.entry)))


def test_muting_spares_one_all_but_what_is_addressed_to_oneself(cast, topic):
    actions.mute(topic, by=cast.leaver)
    assert told(happen(cast, topic)) == [("Tomasz Halloran", "test.Heard")]
    assert (cast.leaver.name, "test.Mentioned") in told(happen(cast, topic, cast.leaver))


def test_a_notice_switched_off_is_not_heard_and_switched_on_again_it_is(cast, topic):
    actions.switch_off("test.Heard", by=cast.leaver)
    actions.switch_off("test.Heard", by=cast.leaver)
    assert cast.leaver.name not in dict(told(happen(cast, topic)))
    assert {row["name"]: row["is_on"] for row in switches(cast.leaver.pk)}["test.Heard"] is False
    actions.switch_on("test.Heard", by=cast.leaver)
    assert cast.leaver.name in dict(told(happen(cast, topic)))


def test_a_letter_is_switched_on_and_off_apart_from_the_bell(cast, topic):
    def by_letter():
        return {row["name"]: row["by_letter"] for row in switches(cast.leaver.pk)}["test.Mentioned"]

    assert (by_letter(), actions.tell(happen(cast, topic, cast.leaver), at=cast.at)) == (False, set())
    actions.switch_letter_on("test.Mentioned", by=cast.leaver)
    assert (by_letter(), actions.tell(happen(cast, topic, cast.leaver), at=cast.at)) == (True, {cast.leaver.pk})
    actions.switch_off("test.Mentioned", by=cast.leaver)
    event = happen(cast, topic, cast.leaver)
    assert actions.tell(event, at=cast.at) == {cast.leaver.pk}
    assert not Notification.objects.filter(event=event, person=cast.leaver).exists()
    actions.switch_letter_off("test.Mentioned", by=cast.leaver)
    assert (by_letter(), actions.tell(happen(cast, topic, cast.leaver), at=cast.at)) == (False, set())


def test_the_letter_of_what_is_statutory_or_comes_elsewhere_is_not_switched(cast, topic):
    from collegium.core.trail.tests.story import refuses

    with refuses("This letter cannot be switched off."):
        actions.switch_letter_off("test.Owed", by=cast.leaver)
    for switch in (actions.switch_letter_on, actions.switch_letter_off):
        for name in ("discussions.TopicOpened", "test.Unknown"):
            with refuses("This notice does not go by letter."):
                switch(name, by=cast.leaver)


@pytest.mark.parametrize(("hour", "weekday"), [(24, 1), (-1, 1), (7, 0), (7, 8)])
def test_a_time_of_digests_that_is_none_is_refused(cast, topic, hour, weekday):
    from collegium.core.trail.tests.story import refuses

    with refuses("There is no such choice."):
        actions.choose_digests(hour=hour, weekday=weekday, by_group=False, by=cast.leaver)


def test_when_digests_come_is_chosen_again_and_again(cast):
    assert (digest_choice(cast.leaver.pk).hour, digest_choice(cast.leaver.pk).by_group) == (7, False)
    for hour in (9, 22):
        actions.choose_digests(hour=hour, weekday=7, by_group=True, by=cast.leaver)
    chosen = digest_choice(cast.leaver.pk)
    assert (chosen.hour, chosen.weekday, chosen.by_group) == (22, 7, True)


def test_a_statutory_notice_reaches_one_through_everything(cast, topic):
    from collegium.core.trail.tests.story import refuses

    with refuses("This notice cannot be switched off."):
        actions.switch_off("test.Owed", by=cast.leaver)
    with refuses("This notice cannot be switched off."):
        actions.switch_off("test.Unknown", by=cast.leaver)
    actions.mute(topic, by=cast.leaver)
    actions.choose_level(cast.cfos.entry, level="nothing", by=cast.leaver)
    event = happen(cast, topic, past=Past("test.owed", ""))
    assert told(event) == [("Tomasz Halloran", "test.Owed"), ("Kekoa Lindgren", "test.Owed")]
    assert "test.Owed" not in {row["name"] for row in switches(cast.leaver.pk)}


def test_a_level_nobody_knows_is_refused(cast):
    from collegium.core.trail.tests.story import refuses

    with refuses("There is no such choice."):
        actions.choose_level(cast.cfos.entry, level="hourly", by=cast.peer)


def test_the_badge_counts_what_is_visible_now(cast, topic):
    for _ in range(3):
        told(happen(cast, topic))
    assert unseen_count(cast.viewer("leaver")) == 3
    assert (unseen_count(cast.viewer("peer")), unseen_count(cast.viewer(None))) == (0, 0)
    Entry.objects.filter(pk=topic.pk).update(audience=OFFICE)
    assert (unseen_count(cast.viewer("leaver")), newest(cast.viewer("leaver"))) == (0, [])
    Entry.objects.filter(pk=topic.pk).update(audience=MEMBERS)
    actions.see_notifications(by=cast.leaver, at=cast.at, entry=topic)
    assert unseen_count(cast.viewer("leaver")) == 0


def test_a_late_job_finds_its_place_on_the_pages(cast, topic):
    early, late = happen(cast, topic), happen(cast, topic)
    late.at = cast.at + timedelta(hours=1)
    for event in (late, early):
        actions.tell(event, at=cast.at)
    viewer = cast.viewer("leaver")
    shown = [row["notification"] for row in newest(viewer)]
    assert [row.at for row in shown] == [late.at, early.at]
    assert [row["notification"].at for row in newest(viewer, before=shown[0].pk)] == [early.at]
    assert newest(viewer, before=shown[1].pk) == []
    assert [row["sentence"] for row in newest(viewer)] == ["mentioned you"] * 2


def test_what_was_told_of_a_part_goes_with_the_part(cast, topic):
    told(happen(cast, topic, part_id=1))
    told(happen(cast, topic, part_id=2))
    actions.erase_part(topic.pk, "post", 1)
    assert set(Notification.objects.values_list("part", "part_id")) == {("post", 2)}


def test_follows_are_chosen_once_and_taking_part_does_not_overrule_them(cast, topic):
    actions.follow_by_taking_part(topic, by=cast.peer)
    assert follow_state(cast.peer.pk, topic.pk) == "following"
    actions.mute(topic, by=cast.peer)
    actions.follow_by_taking_part(topic, by=cast.peer)
    assert follow_state(cast.peer.pk, topic.pk) == "muted"
    actions.follow(topic, by=cast.peer)
    assert list(Follow.objects.values_list("state", flat=True)) == ["following"]
    actions.unfollow(topic, by=cast.peer)
    assert follow_state(cast.peer.pk, topic.pk) == ""
    assert level_of(cast.peer.pk, cast.cfos.pk) == "every"


def test_the_job_that_commits_with_the_event_tells(cast, topic):
    event = happen(cast, topic)
    assert ProcrastinateJob.objects.filter(args={"event_id": event.pk}).count() == 1
    wake.func(event_id=event.pk)
    wake.func(event_id=event.pk)
    assert Notification.objects.filter(event=event).count() == 2


def test_every_notice_of_the_house_has_an_event_a_name_of_its_own_and_a_label():
    shown = [notice for name, notice in notices.items() if not name.startswith("test.")]
    assert shown
    assert {notice.name for notice in shown if notice.event not in pasts()} == set()
    assert [name for name, notice in notices.items() if notice.name != name] == []
    assert [notice.name for notice in shown if not str(notice.label) or not notice.__doc__] == []
