"""A seat joins an open group, and leaves it."""

from datetime import date, timedelta

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.groups import actions
from collegium.core.groups.models import Membership
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_tenure
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

LATER = timedelta(minutes=1)


def join(cast, part="newcomer", group=None, tenure=None):
    viewer = cast.viewer(part)
    return actions.join_group(group or cast.membership, tenure=tenure or cast.tenures[part], viewer=viewer, at=cast.at)


def is_in(cast, part, at=None):
    return cast.viewer(part, at).is_among(cast.membership.circle.audience_id)


def test_an_admitted_seat_joins_and_whoever_holds_it_is_in(cast):
    deputy = make_tenure(cast.outsider, cast.reef, "membership", capacity="deputy")
    with recorded() as events:
        join(cast)
    assert (is_in(cast, "newcomer"), is_in(cast, "outsider")) == (True, True)
    audience = cast.membership.circle.audience_id
    facts = {"seat": deputy.seat_id}
    assert events == [
        ("membership.joined", cast.newcomer.pk, None, cast.membership.pk, "groups.membership", audience, facts),
    ]
    assert list(unsettled()) == []


def test_a_successor_in_the_seat_is_in_from_their_first_day(cast):
    join(cast)
    people.end_tenure(cast.tenures["newcomer"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    make_tenure(cast.outsider, cast.reef, "membership", starts_on=date(2026, 5, 2))
    assert (is_in(cast, "newcomer"), is_in(cast, "outsider")) == (False, True)


@pytest.mark.parametrize(
    ("part", "group", "tenure", "reason"),
    [
        ("newcomer", "cfos", "newcomer", "This group is not joined by oneself."),
        ("newcomer", "counsels", "newcomer", "This group is not joined by oneself."),
        ("peer", "membership", "peer", "The group does not admit this seat."),
        ("suspended", "membership", "suspended", "The group does not admit this seat."),
        ("peer", "membership", "newcomer", "You can join only with a seat of your own."),
        (None, "membership", "newcomer", "You can join only with a seat of your own."),
        ("two_seats", "membership", "two_seats", "Your seat is a member already."),
    ],
)
def test_who_cannot_join_is_told_why(cast, part, group, tenure, reason):
    with refuses(reason):
        join(cast, part, getattr(cast, group), cast.tenures[tenure])


def test_a_seat_one_no_longer_holds_joins_nothing(cast):
    people.end_tenure(cast.tenures["newcomer"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    with refuses("The group does not admit this seat."):
        join(cast)


def test_leaving_ends_it_for_the_seat_and_it_may_come_back(cast):
    membership = join(cast)
    with recorded() as events:
        actions.leave_group(membership, viewer=cast.viewer("newcomer"), at=cast.at + LATER)
    assert [is_in(cast, "newcomer", at) for at in (cast.at, cast.at + LATER)] == [True, False]
    assert [(event[0], event[1], event[3]) for event in events] == [
        ("membership.ended", cast.newcomer.pk, cast.membership.pk)
    ]
    with refuses("This membership has ended already."):
        actions.leave_group(membership, viewer=cast.viewer("newcomer"), at=cast.at + LATER)
    actions.join_group(
        cast.membership,
        tenure=cast.tenures["newcomer"],
        viewer=cast.viewer("newcomer", cast.at + LATER),
        at=cast.at + LATER,
    )
    assert is_in(cast, "newcomer", cast.at + LATER)


def test_left_in_the_moment_it_was_joined_it_never_was(cast):
    actions.leave_group(join(cast), viewer=cast.viewer("newcomer"), at=cast.at)
    assert not is_in(cast, "newcomer")
    assert Membership.objects.get(seat=cast.tenures["newcomer"].seat).period.isempty


@pytest.mark.parametrize("part", ["peer", "outsider", None, "staff"])
def test_nobody_leaves_with_anothers_seat(cast, part):
    membership = join(cast)
    with refuses("You can leave only with a seat of your own."):
        actions.leave_group(membership, viewer=cast.viewer(part), at=cast.at)


def test_a_former_holder_has_no_say_in_the_seat(cast):
    membership = join(cast)
    people.end_tenure(cast.tenures["newcomer"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    make_tenure(cast.outsider, cast.reef, "membership", starts_on=date(2026, 5, 2))
    with refuses("You can leave only with a seat of your own."):
        actions.leave_group(membership, viewer=cast.viewer("newcomer"), at=cast.at)


def test_an_officer_or_the_team_ends_a_membership_and_nobody_else(cast):
    membership = join(cast)
    with refuses("Only an officer of the group or the council's team can do this."):
        actions.end_membership(membership, viewer=cast.viewer("two_seats"), at=cast.at + LATER)
    actions.end_membership(membership, viewer=cast.viewer("staff"), at=cast.at + LATER)
    assert not is_in(cast, "newcomer", cast.at + LATER)


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: join(cast))
    membership = join(cast)
    viewer = cast.viewer("newcomer")
    assert is_taken_back(lambda: actions.leave_group(membership, viewer=viewer, at=cast.at + LATER))
    team = cast.viewer("staff")
    assert is_taken_back(lambda: actions.end_membership(membership, viewer=team, at=cast.at + LATER))
