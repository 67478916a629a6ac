"""Asking to join: the officers or the team answer, whoever asked is told; a closed group asks for a second person."""

from datetime import date

import pytest

from collegium.core.groups import actions
from collegium.core.groups.models import Membership
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_tenure
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses


def ask(cast, part="newcomer", group=None, tenure=None, note="I keep our contracts."):
    viewer = cast.viewer(part)
    return actions.request_to_join(
        group or cast.counsels, tenure=tenure or cast.tenures[part], note=note, viewer=viewer, at=cast.at
    )


def approve(cast, request, part="staff"):
    return actions.approve_request(request, viewer=cast.viewer(part), at=cast.at)


def decline(cast, request, part="staff", reason="Ask again in May."):
    return actions.decline_request(request, viewer=cast.viewer(part), at=cast.at, reason=reason)


def told(name):
    event = Event.objects.filter(name=name).latest("id")
    tell(event, at=event.at)
    rows = Notification.objects.filter(event=event).order_by("person")
    return list(rows.values_list("person", "notice"))


def is_in(cast, part):
    return cast.viewer(part).is_among(cast.counsels.circle.audience_id)


def test_a_request_is_for_the_officers_eyes_and_the_team_hears_where_there_are_none(cast):
    with recorded() as events:
        request = ask(cast)
    facts = {"request": request.pk, "person": cast.newcomer.pk}
    counsels = cast.counsels
    assert events == [
        ("join_request.made", cast.newcomer.pk, None, counsels.pk, "groups.group", counsels.officers_audience_id, facts)
    ]
    assert told("join_request.made") == [
        (cast.staff.pk, "groups.JoinRequested"),
        (cast.second_staff.pk, "groups.JoinRequested"),
    ]


def test_officers_hear_of_it_where_there_are_any(cast):
    office = actions.name_officer(
        cast.counsels, tenure=cast.tenures["delegate"], role="chair", viewer=cast.viewer("staff"), at=cast.at
    )
    actions.confirm_office(office, viewer=cast.viewer("second_staff"), at=cast.at)
    ask(cast)
    assert told("join_request.made") == [(cast.delegate.pk, "groups.JoinRequested")]


@pytest.mark.parametrize(
    ("part", "group", "tenure", "reason"),
    [
        ("newcomer", "membership", "newcomer", "This group takes no requests."),
        ("newcomer", "ceos", "newcomer", "This group takes no requests."),
        ("peer", "counsels", "peer", "The group does not admit this seat."),
        ("peer", "counsels", "newcomer", "You can join only with a seat of your own."),
    ],
)
def test_who_cannot_ask_is_told_why(cast, part, group, tenure, reason):
    with refuses(reason):
        ask(cast, part, getattr(cast, group), cast.tenures[tenure])


def test_one_asks_once(cast):
    ask(cast)
    with refuses("You have asked already; the group's officers will answer."):
        ask(cast)


def test_approved_in_a_closed_group_the_seat_is_in_once_a_second_person_confirms(cast):
    request = ask(cast)
    with recorded() as events:
        approve(cast, request)
    seat, counsels = cast.tenures["newcomer"].seat_id, cast.counsels
    facts = {"request": request.pk, "person": cast.newcomer.pk}
    assert events == [
        (
            "membership.given",
            cast.staff.pk,
            None,
            counsels.pk,
            "groups.membership",
            counsels.circle.audience_id,
            {"seat": seat},
        ),
        (
            "join_request.approved",
            cast.staff.pk,
            None,
            counsels.pk,
            "groups.group",
            counsels.officers_audience_id,
            facts,
        ),
    ]
    assert not is_in(cast, "newcomer")
    assert told("join_request.approved") == [(cast.newcomer.pk, "groups.JoinApproved")]
    actions.confirm_membership(Membership.objects.get(seat=seat), viewer=cast.viewer("second_staff"), at=cast.at)
    assert is_in(cast, "newcomer")
    with refuses("Your seat is a member already."):
        ask(cast)


def test_declined_with_a_reason_whoever_asked_is_told(cast):
    request = ask(cast)
    with refuses("Give the reason: the person will read it."):
        decline(cast, request, reason=" ")
    with recorded() as events:
        declined = decline(cast, request)
    assert (declined.state, declined.reason, declined.decided_by) == ("declined", "Ask again in May.", cast.staff)
    assert [(event[0], event[6]) for event in events] == [
        ("join_request.declined", {"request": request.pk, "person": cast.newcomer.pk})
    ]
    assert told("join_request.declined") == [(cast.newcomer.pk, "groups.JoinDeclined")]
    assert ask(cast).state == "waiting"


@pytest.mark.parametrize("answer", [approve, decline])
def test_who_may_answer_and_only_once(cast, answer):
    request = ask(cast)
    for part in ("peer", "newcomer", None):
        with refuses("Only an officer of the group or the council's team can do this."):
            answer(cast, request, part)
    decline(cast, request)
    with refuses("This request was already answered."):
        answer(cast, request)


def test_nobody_answers_their_own(cast):
    request = ask(cast, "staff", tenure=make_tenure(cast.staff, cast.lagoon, "general-counsel"))
    with refuses("Somebody else answers your own request."):
        approve(cast, request)


def test_one_who_left_the_seat_meanwhile_is_not_let_in(cast):
    request = ask(cast)
    people.end_tenure(cast.tenures["newcomer"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    with refuses("Whoever asked no longer holds a seat this group admits."):
        approve(cast, request)


def test_only_whoever_asked_withdraws_and_only_while_it_waits(cast):
    request = ask(cast)
    with refuses("You can withdraw only a request of your own that still waits."):
        actions.withdraw_request(request, viewer=cast.viewer("staff"), at=cast.at)
    with recorded() as events:
        actions.withdraw_request(request, viewer=cast.viewer("newcomer"), at=cast.at)
    assert [event[0] for event in events] == ["join_request.withdrawn"]
    with refuses("You can withdraw only a request of your own that still waits."):
        actions.withdraw_request(request, viewer=cast.viewer("newcomer"), at=cast.at)


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: ask(cast))
    request = ask(cast)
    assert is_taken_back(lambda: approve(cast, request))
    assert is_taken_back(lambda: decline(cast, request))
    viewer = cast.viewer("newcomer")
    assert is_taken_back(lambda: actions.withdraw_request(request, viewer=viewer, at=cast.at))
