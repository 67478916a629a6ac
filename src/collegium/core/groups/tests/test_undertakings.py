"""Undertakings: drawn up, published in versions, needed by groups, accepted; what each admits to and until when."""

from datetime import timedelta
from hashlib import sha256

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import OFFICE, PUBLIC
from collegium.core.groups import actions
from collegium.core.groups.models import Acceptance, Need, UndertakingVersion
from collegium.core.groups.queries import asked_of, bound_on, owing, progress
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_tenure
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

TEXT = "I keep to myself what I read here."
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
TEAM_ONLY = "Only the council's team can do this."


@pytest.fixture
def keep(cast):
    return actions.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=cast.at)


def publish(cast, undertaking, text=TEXT, at=None, viewer="staff", **more):
    at = at or cast.at
    return actions.publish_version(undertaking, text=text, viewer=cast.viewer(viewer, at), at=at, **more)


def accept(cast, part="peer", at=None):
    at = at or cast.at
    version = UndertakingVersion.objects.order_by("-number").first()
    return actions.accept_undertaking(version, viewer=cast.viewer(part, at), at=at)


def need(cast, undertaking, group="cfos", at=None, viewer="staff", **more):
    at = at or cast.at
    group = getattr(cast, group)
    return actions.begin_need(group, undertaking=undertaking, viewer=cast.viewer(viewer, at), at=at, **more)


def reads(cast, part, at, group="cfos"):
    return cast.viewer(part, at).is_among(getattr(cast, group).circle.audience_id)


def test_an_undertaking_is_drawn_up_once_and_everybody_may_read_it(cast):
    with recorded() as events:
        made = actions.draw_up_undertaking("Conduct", slug="conduct", kind="conduct", by=cast.staff, at=cast.at)
    assert made.entry.audience_id == PUBLIC
    facts = {"kind": "conduct"}
    assert events == [("undertaking.drawn_up", cast.staff.pk, None, made.pk, "groups.undertaking", OFFICE, facts)]
    with refuses("Another undertaking has this short name in its address already."):
        actions.draw_up_undertaking("Other", slug="conduct", kind="conduct", by=cast.staff, at=cast.at)


def test_versions_are_numbered_and_carry_the_fingerprint_of_their_text(cast, keep):
    first = publish(cast, keep)
    with recorded() as events:
        second = publish(cast, keep, "Otherwise.", cast.at + DAY, grace_days=3)
    assert (first.number, first.digest, second.number) == (1, sha256(TEXT.encode()).hexdigest(), 2)
    assert second.due_at == cast.at + 4 * DAY
    facts = {"version": 2, "digest": second.digest, "grace_days": 3}
    told = (keep.pk, "groups.undertakingversion", OFFICE, facts)
    assert events == [("undertaking.version_published", cast.staff.pk, None, *told)]


@pytest.mark.parametrize(
    ("text", "viewer", "days", "reason"),
    [
        ("New", "colleague", 14, TEAM_ONLY),
        ("New", None, 14, TEAM_ONLY),
        ("  \n", "staff", 14, "Write the text first."),
        (TEXT, "staff", 14, "This is the text of the present version."),
        ("New", "staff", -1, "The time to accept is between 0 and 90 days."),
        ("New", "staff", 91, "The time to accept is between 0 and 90 days."),
    ],
)
def test_who_may_not_publish_or_publishes_nothing_is_told_why(cast, keep, text, viewer, days, reason):
    publish(cast, keep)
    with refuses(reason):
        publish(cast, keep, text, viewer=viewer, grace_days=days)


def test_a_group_begins_to_need_it_and_its_members_have_a_fortnight(cast, keep):
    publish(cast, keep)
    with recorded() as events:
        row = need(cast, keep)
    facts = {"undertaking": keep.pk, "grace_days": 14}
    told = (cast.cfos.pk, "groups.need", cast.cfos.entry.audience_id, facts)
    assert events == [("group.need_begun", cast.staff.pk, None, *told)]
    assert row.due_at == cast.at + 14 * DAY
    accept(cast, "peer", cast.at + DAY)
    seen = {
        day: [part for part in ("peer", "leaver") if reads(cast, part, cast.at + day)] for day in (DAY, 14 * DAY - TICK)
    }
    assert seen == {DAY: ["peer", "leaver"], 14 * DAY - TICK: ["peer", "leaver"]}
    assert [part for part in ("peer", "leaver") if reads(cast, part, cast.at + 14 * DAY)] == ["peer"]
    assert list(unsettled()) == []


def test_whoever_comes_later_reads_from_the_acceptance(cast, keep):
    publish(cast, keep)
    need(cast, keep)
    later = cast.at + DAY
    make_tenure(cast.newcomer, cast.reef, "cfo", title="Deputy", capacity="deputy")
    assert not reads(cast, "newcomer", later)
    accept(cast, "newcomer", later)
    assert reads(cast, "newcomer", later)
    assert not reads(cast, "newcomer", later - TICK)


def test_the_chair_who_has_not_accepted_does_not_run_the_group_either(cast, keep):
    publish(cast, keep)
    need(cast, keep, grace_days=0)
    assert not cast.viewer("colleague").is_among(cast.cfos.officers_audience_id)
    accept(cast, "colleague")
    assert cast.viewer("colleague").is_among(cast.cfos.officers_audience_id)


@pytest.mark.parametrize(
    ("viewer", "reason"),
    [
        ("peer", "Only an officer of the group or the council's team can do this."),
        (None, "Only an officer of the group or the council's team can do this."),
        ("staff", "This undertaking has no text yet."),
    ],
)
def test_who_may_not_bind_a_group_is_told_why(cast, keep, viewer, reason):
    with refuses(reason):
        need(cast, keep, viewer=viewer)


def test_a_group_needs_an_undertaking_once(cast, keep):
    publish(cast, keep)
    need(cast, keep, viewer="colleague")
    with refuses("The group needs this undertaking already."):
        need(cast, keep)


def test_the_team_ends_a_need_and_nobody_else(cast, keep):
    publish(cast, keep)
    row = need(cast, keep, grace_days=0)
    with refuses(TEAM_ONLY):
        actions.end_need(row, viewer=cast.viewer("colleague"), at=cast.at)
    assert not reads(cast, "peer", cast.at)
    with recorded() as events:
        actions.end_need(row, viewer=cast.viewer("staff", cast.at + DAY), at=cast.at + DAY)
    assert [event[0] for event in events] == ["group.need_ended"]
    assert [reads(cast, "peer", cast.at + moment) for moment in (DAY - TICK, DAY)] == [False, True]
    with refuses("The group no longer needs this undertaking."):
        actions.end_need(row, viewer=cast.viewer("staff"), at=cast.at + DAY)


def test_a_new_version_is_asked_at_once_and_bars_after_its_grace(cast, keep):
    publish(cast, keep)
    need(cast, keep)
    accept(cast, "peer")
    published = cast.at + 100 * DAY
    publish(cast, keep, "New words.", published)
    [asked] = asked_of(cast.peer.pk, published)
    assert (asked["number"], asked["is_accepted"], asked["due_at"]) == (2, False, published + 14 * DAY)
    assert [reads(cast, "peer", published + moment) for moment in (14 * DAY - TICK, 14 * DAY)] == [True, False]
    barred = published + 20 * DAY
    assert [row["is_barred"] for row in asked_of(cast.peer.pk, barred)] == [True]
    accept(cast, "peer", barred)
    assert [reads(cast, "peer", barred + moment) for moment in (-TICK, timedelta(), 900 * DAY)] == [False, True, True]


def test_a_later_version_with_a_shorter_grace_bars_whoever_accepted_any_before(cast, keep):
    publish(cast, keep)
    need(cast, keep, grace_days=0)
    accept(cast, "peer")
    second, third = cast.at + DAY, cast.at + 2 * DAY
    publish(cast, keep, "Too long to wait.", second, grace_days=90)
    accept(cast, "leaver", second)
    publish(cast, keep, "At once.", third, grace_days=0)
    moments = [third - TICK, third, third + 30 * DAY]
    for part in ("peer", "leaver"):
        assert [reads(cast, part, moment) for moment in moments] == [True, False, False], part
    assert [(row["is_barred"], row["number"]) for row in asked_of(cast.peer.pk, third)] == [(True, 3)]
    admits = {(row["handle"], row["number"], row["admits"]) for row in bound_on(third)}
    assert admits == {(cast.peer.handle, 1, False), (cast.leaver.handle, 2, False)}
    accept(cast, "peer", third + DAY)
    assert reads(cast, "peer", third + DAY)
    assert list(unsettled()) == []


def test_a_later_version_with_a_longer_grace_spares_nobody_the_one_before(cast, keep):
    publish(cast, keep)
    need(cast, keep, grace_days=0)
    accept(cast, "peer")
    publish(cast, keep, "Soon.", cast.at + DAY, grace_days=3)
    publish(cast, keep, "Later.", cast.at + 2 * DAY, grace_days=90)
    assert [reads(cast, "peer", cast.at + moment) for moment in (4 * DAY - TICK, 4 * DAY)] == [True, False]


def test_accepting_leaves_an_event_for_each_seat_and_ends_with_the_tenure(cast, keep):
    version = publish(cast, keep)
    with recorded() as events:
        made = accept(cast, "two_seats")
    tenures = [cast.tenures["two_seats"].pk, cast.tenures["two_seats_reef"].pk]
    assert [row.tenure_id for row in made] == tenures
    told = [
        ("undertaking.accepted", place.pk, {"tenure": tenure})
        for place, tenure in zip((cast.lagoon, cast.reef), tenures, strict=True)
    ]
    assert [(name, place, {"tenure": facts["tenure"]}) for name, _a, place, _e, _t, _u, facts in events] == told
    need(cast, keep, "membership", grace_days=0)
    people.end_tenure(cast.tenures["two_seats"], last_day=cast.at.date(), by=None, at=cast.at)
    assert not reads(cast, "two_seats", cast.at + 3 * DAY, "membership")
    assert [row["number"] for row in bound_on(cast.at + 3 * DAY, person=cast.two_seats.pk)] == [version.number]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (None, "Sign in first."),
        ("outsider", "You hold no seat at the moment, so there is nothing to undertake it for."),
    ],
)
def test_who_cannot_undertake_is_told_why(cast, keep, part, reason):
    publish(cast, keep)
    with refuses(reason):
        accept(cast, part)


def test_an_earlier_version_is_not_accepted_and_none_twice(cast, keep):
    first = publish(cast, keep)
    publish(cast, keep, "New words.")
    with refuses("A newer version has been published: read that one."):
        actions.accept_undertaking(first, viewer=cast.viewer("peer"), at=cast.at)
    accept(cast)
    with refuses("You have undertaken this already."):
        accept(cast)


def test_the_export_says_who_was_bound_to_which_version_on_a_day(cast, keep):
    publish(cast, keep)
    accept(cast, "peer")
    accept(cast, "leaver", cast.at + DAY)
    publish(cast, keep, "New words.", cast.at + 10 * DAY)
    accept(cast, "peer", cast.at + 11 * DAY)
    on = {
        days: [(row["handle"], row["number"], row["admits"]) for row in bound_on(cast.at + days * DAY)]
        for days in (-1, 0, 5, 12, 30)
    }
    peer, leaver = cast.peer.handle, cast.leaver.handle
    assert on == {
        -1: [],
        0: [(peer, 1, True)],
        5: [(leaver, 1, True), (peer, 1, True)],
        12: [(leaver, 1, True), (peer, 2, True)],
        30: [(leaver, 1, False), (peer, 2, True)],
    }


def told(event_name):
    event = Event.objects.filter(name=event_name).latest("pk")
    tell(event, at=event.at)
    found = Notification.objects.filter(event=event).order_by("person__handle")
    return [(row.notice, row.person.handle) for row in found.select_related("person")]


def test_members_are_told_of_a_need_and_those_bound_of_a_new_version(cast, keep):
    publish(cast, keep)
    need(cast, keep)
    handles = sorted(person.handle for person in (cast.peer, cast.colleague, cast.leaver))
    assert told("group.need_begun") == [("groups.UndertakingNeeded", handle) for handle in handles]
    accept(cast, "peer")
    publish(cast, keep, "New words.", cast.at + DAY)
    assert told("undertaking.version_published") == [("groups.UndertakingAsked", handle) for handle in handles]
    assert progress(cast.at + DAY, undertaking=keep.pk) == [
        {"group_id": cast.cfos.pk, "asked": 3, "accepted": 0, "barred": 0}
    ]


def test_three_days_before_the_bar_whoever_has_not_accepted_is_reminded_once(cast, keep):
    publish(cast, keep)
    need(cast, keep)
    accept(cast, "peer")
    assert actions.remind_of_undertakings(at=cast.at + 11 * DAY - TICK) == 0
    with recorded() as events:
        assert actions.remind_of_undertakings(at=cast.at + 11 * DAY) == 1
    assert [event[0] for event in events] == ["group.need_reminded"]
    assert actions.remind_of_undertakings(at=cast.at + 12 * DAY) == 0
    reminded = [("groups.UndertakingDue", p.handle) for p in (cast.colleague, cast.leaver)]
    assert told("group.need_reminded") == sorted(reminded, key=lambda row: row[1])
    accept(cast, "colleague", cast.at + 12 * DAY)
    publish(cast, keep, "New words.", cast.at + 40 * DAY)
    assert actions.remind_of_undertakings(at=cast.at + 52 * DAY) == 1
    owe = [row["person_id"] for row in owing(cast.at + 52 * DAY, undertaking=keep.pk) if not row["is_barred"]]
    assert sorted(owe) == sorted([cast.peer.pk, cast.colleague.pk])


def test_all_are_taken_back_with_their_transaction(cast, keep):
    staff = cast.viewer("staff")
    draw = lambda: actions.draw_up_undertaking("C", slug="c", kind="conduct", by=None, at=cast.at)  # noqa: E731 - a deed
    assert is_taken_back(draw)
    assert is_taken_back(lambda: publish(cast, keep))
    publish(cast, keep)
    assert is_taken_back(lambda: need(cast, keep))
    assert is_taken_back(lambda: accept(cast))
    row = need(cast, keep)
    assert is_taken_back(lambda: actions.remind_of_undertakings(at=cast.at + 12 * DAY))
    assert is_taken_back(lambda: actions.end_need(row, viewer=staff, at=cast.at))
    assert (Need.objects.count(), Acceptance.objects.count()) == (1, 0)
