"""Suspending a member: out of circle and officers until a day, told why, lifted by whoever may."""

from datetime import timedelta

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.groups import actions
from collegium.core.groups.queries import present_suspension
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def suspend(cast, part="peer", viewer="staff", group="cfos", until=DAY, reason="Quoted a colleague outside", at=None):
    at = at or cast.at
    person, group = getattr(cast, part), getattr(cast, group)
    by = cast.viewer(viewer, at)
    return actions.suspend_person(group, person=person, until=at + until, reason=reason, viewer=by, at=at)


def lift(cast, suspension, viewer="staff", at=None):
    return actions.lift_suspension(suspension, viewer=cast.viewer(viewer, at), at=at or cast.at)


def reads(cast, part="peer", at=None):
    return cast.viewer(part, at).is_among(cast.cfos.circle.audience_id)


def test_a_suspended_person_reads_nothing_until_the_end(cast):
    with recorded() as events:
        row = suspend(cast)
    assert [reads(cast, at=cast.at + moment) for moment in (-TICK, DAY - TICK, DAY)] == [True, False, True]
    facts = {"suspension": row.pk, "person": cast.peer.pk}
    told = (cast.cfos.pk, "groups.suspension", cast.cfos.officers_audience_id, facts)
    assert events == [("group.person_suspended", cast.staff.pk, None, *told)]
    assert present_suspension(cast.cfos, cast.peer.pk, cast.at) == row
    assert present_suspension(cast.cfos, cast.peer.pk, cast.at + DAY) is None
    assert list(unsettled()) == []


def test_a_suspended_chair_does_not_run_the_group(cast):
    suspend(cast, "colleague")
    assert not cast.viewer("colleague").is_among(cast.cfos.officers_audience_id)
    assert not reads(cast, "colleague")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"viewer": "leaver"}, "Only an officer of the group or the council's team can do this."),
        ({"viewer": None}, "Only an officer of the group or the council's team can do this."),
        ({"part": "colleague", "viewer": "colleague"}, "Nobody suspends themselves."),
        ({"until": timedelta()}, "A suspension ends on a day to come, a year from now at the latest."),
        ({"until": 367 * DAY}, "A suspension ends on a day to come, a year from now at the latest."),
        ({"part": "newcomer"}, "Only somebody who is in the group can be suspended from it."),
        ({"reason": " "}, "Give the reason: the person will read it."),
    ],
)
def test_who_may_not_suspend_is_told_why(cast, more, reason):
    with refuses(reason):
        suspend(cast, **more)


def test_only_the_team_suspends_a_chair(cast):
    actions.name_officer(
        cast.cfos, tenure=cast.tenures["leaver"], role="liaison", viewer=cast.viewer("staff"), at=cast.at
    )
    with refuses("Only the council's team can suspend a chair."):
        suspend(cast, "colleague", "leaver")
    suspend(cast, "leaver", "colleague")


def test_nobody_is_suspended_twice_at_once(cast):
    suspend(cast)
    with refuses("This person is suspended already."):
        suspend(cast, viewer="colleague")
    suspend(cast, at=cast.at + DAY)


def test_a_suspension_is_lifted_before_its_day(cast):
    row, later = suspend(cast, viewer="colleague"), cast.at + timedelta(hours=1)
    with recorded() as events:
        lift(cast, row, "colleague", later)
    assert [reads(cast, at=at) for at in (later - TICK, later)] == [False, True]
    facts = {"suspension": row.pk, "person": cast.peer.pk}
    assert [(event[0], event[6]) for event in events] == [("group.suspension_lifted", facts)]
    with refuses("This suspension has ended already."):
        lift(cast, row, at=later)


def test_who_may_not_lift_is_told_why(cast):
    row = suspend(cast)
    with refuses("Only the council's team can lift what it gave."):
        lift(cast, row, "colleague")
    with refuses("Only an officer of the group or the council's team can do this."):
        lift(cast, row, "peer")
    with refuses("This suspension has ended already."):
        lift(cast, row, at=cast.at + DAY)


def test_the_person_is_told_of_both_and_nobody_else(cast):
    lift(cast, suspend(cast))
    for event in Event.objects.filter(name__in=["group.person_suspended", "group.suspension_lifted"]):
        tell(event, at=event.at)
    rows = Notification.objects.order_by("event").values_list("notice", "person")
    assert list(rows) == [("groups.PersonSuspended", cast.peer.pk), ("groups.SuspensionLifted", cast.peer.pk)]


def test_both_are_taken_back_with_their_transaction(cast):
    assert is_taken_back(lambda: suspend(cast))
    row = suspend(cast)
    assert is_taken_back(lambda: lift(cast, row))
