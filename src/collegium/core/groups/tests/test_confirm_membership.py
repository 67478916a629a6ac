"""The second key of a closed group: members, holders of a seat, officers."""

from datetime import date, timedelta

import pytest

from collegium.core.groups import actions
from collegium.core.groups.models import Membership
from collegium.core.groups.queries import waiting_confirmations
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_tenure
from collegium.core.trail.models import Event
from collegium.core.trail.queries import history
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

SECOND = "A second person has to confirm this."
GAINS = "Whoever gains by it cannot confirm it."
WHO = "Only a chair of the group or the council's team can confirm this."


def is_in(cast, part, group="counsels", at=None):
    return cast.viewer(part, at).is_among(getattr(cast, group).circle.audience_id)


def told(name):
    event = Event.objects.filter(name=name).latest("id")
    tell(event, at=event.at)
    return list(Notification.objects.filter(event=event).order_by("person").values_list("person", "notice"))


@pytest.fixture
def waiting(cast):
    """A seat somebody of the team let into the closed group."""
    viewer = cast.viewer("newcomer")
    request = actions.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=viewer, at=cast.at
    )
    actions.approve_request(request, viewer=cast.viewer("staff"), at=cast.at)
    return Membership.objects.get(group=cast.counsels)


def confirm(cast, membership, part="second_staff"):
    return actions.confirm_membership(membership, viewer=cast.viewer(part), at=cast.at)


# --- members


def test_a_second_person_lets_the_seat_in_with_its_holder_and_members_see_it(cast, waiting):
    assert not is_in(cast, "newcomer")
    assert [row.pk for row in waiting_confirmations(cast.counsels, cast.at)["members"]] == [waiting.pk]
    with recorded() as events:
        confirm(cast, waiting)
    assert is_in(cast, "newcomer")
    assert not any(waiting_confirmations(cast.counsels, cast.at).values())
    counsels, facts = cast.counsels, {"seat": waiting.seat_id}
    assert events == [
        (
            "membership.confirmed",
            cast.second_staff.pk,
            None,
            counsels.pk,
            "groups.membership",
            counsels.circle.audience_id,
            facts,
        )
    ]
    assert told("membership.confirmed") == [(cast.newcomer.pk, "groups.MembershipConfirmed")]
    seen = [row["event"].name for row in history(counsels.entry, cast.viewer("newcomer"))]
    assert seen == ["membership.confirmed", "membership.given", "group.founded"]


def test_neither_the_first_nor_a_stranger_nor_who_gains_confirms(cast, waiting):
    with refuses(SECOND):
        confirm(cast, waiting, "staff")
    for part in ("peer", "chair", "newcomer", None):
        with refuses(WHO):
            confirm(cast, waiting, part)
    make_tenure(cast.second_staff, cast.reef, "membership", capacity="deputy")
    with refuses(GAINS):
        confirm(cast, waiting)


def test_what_is_confirmed_or_ended_is_not_confirmed_again(cast, waiting):
    confirm(cast, waiting)
    with refuses("This is confirmed already."):
        confirm(cast, waiting)
    invited = actions.invite_person(cast.counsels, tenure=cast.tenures["peer"], viewer=cast.viewer("staff"), at=cast.at)
    actions.end_membership(invited, viewer=cast.viewer("staff"), at=cast.at)
    with refuses("This membership has ended already."):
        confirm(cast, invited)


def test_an_open_group_asks_for_no_confirmation(cast):
    membership = Membership.objects.get(group=cast.membership)
    with refuses("This group asks for no confirmation."):
        confirm(cast, membership)


def test_a_holder_whom_the_second_person_recorded_waits_for_a_third(cast, waiting):
    make_tenure(cast.outsider, cast.reef, "membership", capacity="deputy", by=cast.second_staff)
    confirm(cast, waiting)
    assert (is_in(cast, "newcomer"), is_in(cast, "outsider")) == (True, False)
    assert [t.person for t in waiting_confirmations(cast.counsels, cast.at)["tenures"]] == [cast.outsider]
    assert told("membership.confirmed") == [(cast.newcomer.pk, "groups.MembershipConfirmed")]


def test_a_seat_that_comes_back_is_in_from_its_new_confirmation_on(cast, waiting):
    confirm(cast, waiting)
    gone, asked, confirmed = (cast.at + timedelta(minutes=minutes) for minutes in (1, 2, 3))
    actions.end_membership(waiting, viewer=cast.viewer("staff"), at=gone)
    viewer = cast.viewer("newcomer", asked)
    request = actions.request_to_join(cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=viewer, at=asked)
    actions.approve_request(request, viewer=cast.viewer("staff", asked), at=asked)
    again = Membership.objects.latest("pk")
    actions.confirm_membership(again, viewer=cast.viewer("second_staff", confirmed), at=confirmed)
    moments = (cast.at, gone, asked, confirmed)
    assert [is_in(cast, "newcomer", at=at) for at in moments] == [True, False, False, True]


# --- new holders of a seat


@pytest.fixture
def successor(cast, waiting):
    """Somebody of the team recorded who follows in a seat that is in already."""
    confirm(cast, waiting)
    people.end_tenure(cast.tenures["newcomer"], last_day=date(2026, 5, 3), by=None, at=cast.at)
    return make_tenure(cast.outsider, cast.reef, "membership", starts_on=date(2026, 5, 4), by=cast.staff)


def confirm_tenure(cast, tenure, part="second_staff", group="counsels"):
    return actions.confirm_tenure(getattr(cast, group), tenure=tenure, viewer=cast.viewer(part), at=cast.at)


def test_a_new_holder_waits_for_a_second_person(cast, successor):
    assert not is_in(cast, "outsider")
    assert list(waiting_confirmations(cast.counsels, cast.at)["tenures"]) == [successor]
    with recorded() as events:
        confirm_tenure(cast, successor)
    assert is_in(cast, "outsider")
    counsels = cast.counsels
    where = (counsels.pk, "groups.group", counsels.circle.audience_id)
    assert events == [("group.tenure_confirmed", cast.second_staff.pk, None, *where, {"tenure": successor.pk})]
    assert told("group.tenure_confirmed") == [(cast.outsider.pk, "groups.MemberConfirmed")]


def test_who_recorded_or_holds_the_tenure_does_not_confirm_it(cast, successor):
    with refuses(SECOND):
        confirm_tenure(cast, successor, "staff")
    with refuses(WHO):
        confirm_tenure(cast, successor, "outsider")
    confirm_tenure(cast, successor)
    with refuses("This is confirmed already."):
        confirm_tenure(cast, successor)


def test_a_chair_confirms_but_never_themselves(cast):
    people.end_tenure(cast.tenures["delegate"], last_day=date(2026, 5, 3), by=None, at=cast.at)
    tenure = make_tenure(cast.outsider, cast.lagoon, "ceo", starts_on=date(2026, 5, 4), by=cast.staff)
    confirm_tenure(cast, tenure, "chair", "ceos")
    assert is_in(cast, "outsider", "ceos")
    second_seat = make_tenure(cast.chair, cast.reef, "ceo", by=cast.staff)
    with refuses(GAINS):
        confirm_tenure(cast, second_seat, "chair", "ceos")


def test_a_seat_the_group_does_not_admit_or_an_open_group_is_refused(cast):
    with refuses("The group does not admit this seat."):
        confirm_tenure(cast, cast.tenures["peer"])
    with refuses("This group asks for no confirmation."):
        confirm_tenure(cast, cast.tenures["peer"], group="cfos")


def test_one_may_be_confirmed_before_the_first_day_and_is_in_at_its_midnight(cast):
    tenure = make_tenure(cast.outsider, cast.reef, "ceo", starts_on=date(2026, 5, 6), by=cast.staff)
    assert list(waiting_confirmations(cast.ceos, cast.at)["tenures"]) == [tenure]
    confirm_tenure(cast, tenure, group="ceos")
    assert [is_in(cast, "outsider", "ceos", cast.at + timedelta(days=days)) for days in (0, 1, 2)] == [
        False,
        False,
        True,
    ]


# --- officers


def name(cast, part="delegate", role="vice_chair", viewer="staff", group="ceos"):
    return actions.name_officer(
        getattr(cast, group), tenure=cast.tenures[part], role=role, viewer=cast.viewer(viewer), at=cast.at
    )


def test_an_officer_of_a_closed_group_is_one_when_confirmed(cast):
    with recorded() as events:
        office = name(cast, "peer")
    assert not cast.viewer("peer").is_among(cast.ceos.officers_audience_id)
    actions.confirm_office(office, viewer=cast.viewer("second_staff"), at=cast.at)
    assert cast.viewer("peer").is_among(cast.ceos.officers_audience_id)
    assert is_in(cast, "peer", "ceos")
    facts = {"role": "vice_chair", "tenure": cast.tenures["peer"].pk}
    assert events == [
        ("office.given", cast.staff.pk, None, cast.ceos.pk, "groups.group", cast.ceos.entry.audience_id, facts)
    ]
    assert told("office.confirmed") == [(cast.peer.pk, "groups.OfficeConfirmed")]


def test_an_unconfirmed_chair_confirms_nobody(cast):
    name(cast, "delegate", "chair")
    other = name(cast, "peer")
    with refuses(WHO):
        actions.confirm_office(other, viewer=cast.viewer("delegate"), at=cast.at)


def test_a_chair_whose_tenure_ended_confirms_nobody_though_another_office_lasts(cast):
    lasting = make_tenure(cast.chair, cast.lagoon, "liaison")
    liaison = actions.name_officer(cast.ceos, tenure=lasting, role="liaison", viewer=cast.viewer("staff"), at=cast.at)
    actions.confirm_office(liaison, viewer=cast.viewer("second_staff"), at=cast.at)
    other = name(cast, "peer")
    people.end_tenure(cast.tenures["chair"], last_day=date(2026, 5, 3), by=None, at=cast.at)
    assert cast.viewer("chair").is_among(cast.ceos.officers_audience_id)
    with refuses(WHO):
        actions.confirm_office(other, viewer=cast.viewer("chair"), at=cast.at)


def test_offices_are_refused_and_end_as_they_should(cast):
    office = name(cast)
    with refuses(SECOND):
        actions.confirm_office(office, viewer=cast.viewer("staff"), at=cast.at)
    actions.confirm_office(office, viewer=cast.viewer("second_staff"), at=cast.at)
    with refuses("This is confirmed already."):
        actions.confirm_office(office, viewer=cast.viewer("second_staff"), at=cast.at)
    ended = name(cast, "peer")
    actions.end_office(ended, viewer=cast.viewer("staff"), at=cast.at)
    with refuses("This office has ended already."):
        actions.confirm_office(ended, viewer=cast.viewer("second_staff"), at=cast.at)


def test_each_is_taken_back_with_its_transaction(cast, waiting):
    second = cast.viewer("second_staff")
    assert is_taken_back(lambda: confirm(cast, waiting))
    tenure = make_tenure(cast.outsider, cast.reef, "ceo", by=cast.staff)
    assert is_taken_back(lambda: confirm_tenure(cast, tenure, group="ceos"))
    office = name(cast)
    assert is_taken_back(lambda: actions.confirm_office(office, viewer=second, at=cast.at))
