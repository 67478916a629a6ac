"""Two keys: the society confirms the role, somebody else of the council's team the fit; then the person comes in."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Group, Membership
from collegium.core.groups.queries import criteria_of_application, key_holders
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .applying import EMAIL, approve, confirmed, role, verified
from .factories import policy

NOT_ADMITTED = "The group’s policy does not admit this. Standing: Suspended."


def confirm(cast, application, part="liaison", remark=""):
    return actions.confirm_role(application, holder=cast.tenures[part], remark=remark, at=cast.at)


def deny(cast, application, part="liaison", reason="She left in April."):
    return actions.deny_role(application, holder=cast.tenures[part], reason=reason, at=cast.at)


def decline(cast, application, part="staff", reason="Ask again in May."):
    return actions.decline_application(application, viewer=cast.viewer(part), reason=reason, at=cast.at)


def vouch(cast, application, part="staff", remark="The president, by telephone."):
    return actions.vouch_for_role(application, viewer=cast.viewer(part), remark=remark, at=cast.at)


def in_reef(cast, **fields):
    """At a society that has neither a liaison nor a chief executive."""
    return verified(cast, society=cast.reef, email="una@reef.example", **fields)


def una():
    return Person.objects.get(name="Una Later")


# --- the first key


def test_the_liaison_confirms_the_role_for_the_society_and_the_team_hears_of_it(cast):
    application = verified(cast)
    with recorded() as events:
        found = confirm(cast, application, remark="She came in May.")
    assert (found.state, found.confirmed_by, found.confirmed_at) == ("council", cast.liaison, cast.at)
    assert [(name, actor, society) for name, actor, society, *_rest in events] == [
        ("role.confirmed", cast.liaison.pk, cast.lagoon.pk)
    ]
    event = Event.objects.get(name="role.confirmed")
    tell(event, at=event.at)
    told = Notification.objects.filter(event=event).order_by("person").values_list("person", flat=True)
    assert list(told) == sorted([cast.staff.pk, cast.second_staff.pk])


def test_a_society_without_a_liaison_is_asked_through_its_chief_executive_and_else_through_nobody(cast):
    application = verified(cast)
    assert key_holders(application, cast.at) == [cast.tenures["liaison"]]
    people.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    assert key_holders(application, cast.at) == [cast.tenures["delegate"]]
    people.end_tenure(cast.tenures["delegate"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    assert key_holders(application, cast.at) == []


def test_a_liaison_does_not_confirm_a_role_of_their_own(cast):
    given = role(cast.lagoon, "membership")
    application = actions.apply_with_role(
        cast.membership, email="liaison@lagoon.example", viewer=cast.viewer("liaison"), at=cast.at, **given
    )
    assert key_holders(application, cast.at) == [cast.tenures["delegate"]]
    with refuses("Only the society’s liaison or chief executive can answer this."):
        confirm(cast, application)


@pytest.mark.parametrize("answer", [confirm, deny])
@pytest.mark.parametrize("part", ["peer", "colleague", "chair", "staff"])
def test_nobody_else_speaks_for_the_society(cast, answer, part):
    application = verified(cast)
    with refuses("Only the society’s liaison or chief executive can answer this."):
        answer(cast, application, part)


@pytest.mark.parametrize("answer", [confirm, deny])
def test_whoever_left_the_seat_meanwhile_does_not_answer_any_more(cast, answer):
    application = verified(cast)
    people.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    with refuses("Only the society’s liaison or chief executive can answer this."):
        answer(cast, application)


@pytest.mark.parametrize("answer", [confirm, deny])
def test_a_society_answers_once(cast, answer):
    application = confirmed(cast)
    with refuses("This was already answered."):
        answer(cast, application)


def test_not_one_of_ours_ends_it_with_a_reason(cast):
    application = verified(cast)
    with refuses("Give the reason: the person will read it."):
        deny(cast, application, reason=" ")
    with recorded() as events:
        found = deny(cast, application)
    assert (found.state, found.reason, found.decided_by) == ("declined", "She left in April.", cast.liaison)
    assert [(name, actor, society) for name, actor, society, *_rest in events] == [
        ("role.denied", cast.liaison.pk, cast.lagoon.pk)
    ]


def test_where_nobody_can_be_asked_the_team_vouches_and_another_approves(cast):
    application = in_reef(cast)
    with recorded() as events:
        vouched = vouch(cast, application)
    assert (vouched.state, vouched.confirmed_by) == ("council", cast.staff)
    assert [event[0] for event in events] == ["role.vouched"]
    with refuses("You turned the first key; somebody else turns the second."):
        approve(cast, vouched)
    assert approve(cast, vouched, "second_staff").state == "approved"


def test_the_team_vouches_with_a_word_and_only_where_nobody_can_be_asked(cast):
    application = in_reef(cast)
    with refuses("Say who confirmed the role for the society, and how."):
        vouch(cast, application, remark=" ")
    with refuses("Only the council's team can do this."):
        vouch(cast, application, "newcomer")
    asked = verified(cast)
    with refuses("The society has somebody who can confirm the role; ask them again."):
        vouch(cast, asked)
    decline(cast, application)
    with refuses("The society has answered already."):
        vouch(cast, application)


def test_the_society_is_asked_again_once_a_day(cast):
    application = verified(cast)
    later = cast.at + timedelta(days=1)

    def ask(part="staff", at=later, which=application):
        return actions.ask_society_again(which, viewer=cast.viewer(part, at), at=at)

    with refuses("The society was asked less than a day ago."):
        ask(at=later - timedelta(seconds=1))
    with refuses("Only the council's team can do this."):
        ask("liaison")
    alone = in_reef(cast)
    with refuses("The society has neither a liaison nor a chief executive who could be asked."):
        ask(which=alone)
    with recorded() as events:
        assert ask().society_asked_at == later
    assert [event[0] for event in events] == ["application.society_asked_again"]
    confirm(cast, application)
    with refuses("The society has answered already."):
        ask(at=later + timedelta(days=2))


# --- the second key


def test_approved_the_person_is_made_known_seated_from_today_and_in(cast):
    application = confirmed(cast)
    with recorded() as events:
        found = approve(cast, application)
    person = una()
    address = EmailAddress.objects.get(user=person)
    tenure = found.tenure
    assert (address.email, address.verified, person.time_zone) == (EMAIL, False, "America/New_York")
    assert (tenure.seat.organization, tenure.seat.function.slug) == (cast.lagoon, "membership")
    assert (tenure.title, tenure.starts_on, tenure.last_day) == ("Director", date(2026, 5, 4), None)
    assert [event[0] for event in events] == [
        "person.registered",
        "tenure.started",
        "membership.given",
        "application.approved",
    ]
    cast.una = person
    assert cast.viewer("una").is_among(cast.membership.circle.audience_id)


def test_the_tenure_begins_on_the_day_it_is_at_the_society(cast):
    """Half past eight in the evening in Honolulu is the next day in London."""
    application = vouch(cast, in_reef(cast))
    at = cast.at.replace(hour=6, minute=30)
    actions.approve_application(application, viewer=cast.viewer("second_staff", at), at=at)
    assert una().tenures.get().starts_on == date(2026, 5, 3)


def test_by_office_the_seat_is_enough(cast):
    reef = make_tenure(make_person(email="boss@reef.example"), cast.reef, "liaison")
    people.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    application = verified(cast, cast.cfos, society=cast.reef, function="cfo", email="una@reef.example")
    actions.confirm_role(application, holder=reef, at=cast.at)
    approve(cast, application)
    cast.una = una()
    assert cast.viewer("una").is_among(cast.cfos.circle.audience_id)
    assert not Membership.objects.filter(group=cast.cfos).exists()


def test_an_address_that_is_somebodys_by_then_leads_to_them(cast):
    application = confirmed(cast)
    registered = make_person("Una Later", email=EMAIL)
    tenure = approve(cast, application).tenure
    assert (tenure.person, Person.objects.filter(name="Una Later").count()) == (registered, 1)


def test_a_tenure_somebody_recorded_meanwhile_is_used(cast):
    application = confirmed(cast)
    tenure = make_tenure(make_person("Una Later", email=EMAIL), cast.lagoon, "membership")
    assert approve(cast, application).tenure == tenure


def test_another_capacity_than_the_group_admits_is_no_way_in(cast):
    holders = policy("membership", capacities=["holder"])
    actions.narrow_policy(cast.membership, policy=holders, viewer=cast.viewer("staff"), at=cast.at)
    group = Group.objects.get(pk=cast.membership.pk)
    application = confirmed(cast, group)
    una = make_person("Una Later", email=EMAIL)
    deputy = make_tenure(una, cast.lagoon, "membership", capacity="deputy")
    tenure = approve(cast, application).tenure
    assert (tenure == deputy, tenure.capacity) == (False, "holder")
    assert Viewer.of(una, at=cast.at).is_among(group.circle.audience_id)


def test_whoever_applied_from_inside_keeps_their_account(cast):
    given = role(cast.lagoon, "membership")
    viewer = cast.viewer("peer")
    application = actions.apply_with_role(
        cast.membership, email="peer@lagoon.example", viewer=viewer, at=cast.at, **given
    )
    confirm(cast, application)
    assert approve(cast, application).tenure.person == cast.peer
    assert cast.viewer("peer").is_among(cast.membership.circle.audience_id)


def test_a_seat_taken_meanwhile_is_refused_with_the_reason_and_the_application_stays(cast):
    """The two islands' information officer: one at a time."""
    reef = make_tenure(make_person(email="boss@reef.example"), cast.reef, "liaison")
    application = verified(cast, society=cast.reef, function="cio", email="una@reef.example")
    actions.confirm_role(application, holder=reef, at=cast.at)
    with refuses("Somebody else holds this seat on these days; record the end of that tenure first."):
        approve(cast, application)
    application.refresh_from_db()
    assert application.state == "council"
    people.end_tenure(cast.tenures["two_seats_reef"], last_day=date(2026, 5, 3), by=None, at=cast.at)
    assert approve(cast, application).state == "approved"


def test_a_society_that_lost_its_standing_lets_nobody_in(cast):
    application = confirmed(cast)
    people.change_standing(cast.lagoon, status="suspended", from_day=date(2026, 5, 1), by=None, at=cast.at)
    with refuses(NOT_ADMITTED):
        approve(cast, application)
    people.change_standing(cast.lagoon, status="member", from_day=date(2026, 5, 2), by=None, at=cast.at)
    assert approve(cast, application).state == "approved"


def test_a_policy_narrowed_meanwhile_lets_nobody_in(cast):
    application = confirmed(cast)
    policy = cast.membership.circle.policy | {"functions": ["cio"]}
    actions.narrow_policy(cast.membership, policy=policy, viewer=cast.viewer("staff"), at=cast.at)
    application = type(application).objects.get(pk=application.pk)
    assert [row.verdict for row in criteria_of_application(application, cast.at)] == ["fails", *["passes"] * 4]
    with refuses("The group’s policy does not admit this. Function: Membership."):
        approve(cast, application)


def test_in_a_group_closed_meanwhile_a_second_person_has_yet_to_confirm(cast):
    application = confirmed(cast)
    Group.objects.filter(pk=cast.membership.pk).update(is_closed=True)
    approve(cast, application)
    cast.una = una()
    assert not cast.viewer("una").is_among(cast.membership.circle.audience_id)
    membership = Membership.objects.get(group=cast.membership, seat=una().tenures.get().seat)
    with refuses("A second person has to confirm this."):
        actions.confirm_membership(membership, viewer=cast.viewer("staff"), at=cast.at)
    actions.confirm_membership(membership, viewer=cast.viewer("second_staff"), at=cast.at)
    assert cast.viewer("una").is_among(cast.membership.circle.audience_id)


def test_a_group_one_is_invited_to_by_then_takes_the_person(cast):
    application = confirmed(cast)
    Group.objects.filter(pk=cast.membership.pk).update(joining="invitation")
    tenure = approve(cast, application).tenure
    assert Membership.objects.get(group=cast.membership, tenure=tenure).seat is None


def test_the_team_declines_before_or_after_the_society_with_a_reason(cast):
    for application in (verified(cast), confirmed(cast, email="other@lagoon.example")):
        with refuses("Give the reason: the person will read it."):
            decline(cast, application, reason="")
        with recorded() as events:
            declined = decline(cast, application)
        assert (declined.state, declined.reason, declined.decided_by) == ("declined", "Ask again in May.", cast.staff)
        assert [event[0] for event in events] == ["application.declined"]


@pytest.mark.parametrize("answer", [approve, decline])
def test_who_may_answer_and_only_once(cast, answer):
    application = confirmed(cast)
    for part in ("peer", "liaison", "colleague"):
        with refuses("Only the council's team can do this."):
            answer(cast, application, part)
    decline(cast, application)
    with refuses("This application was already answered."):
        answer(cast, application)


def test_the_second_key_does_not_turn_before_the_first(cast):
    application = verified(cast)
    with refuses("The society has not confirmed the role yet."):
        approve(cast, application)


def test_nobody_of_the_team_answers_their_own(cast):
    given = role(cast.reef, "membership")
    application = actions.apply_with_role(
        cast.membership, email="staff@council.example", viewer=cast.viewer("staff"), at=cast.at, **given
    )
    for deed in (vouch, decline):
        with refuses("Somebody else answers your own application."):
            deed(cast, application)
    vouch(cast, application, "second_staff")
    with refuses("Somebody else answers your own application."):
        approve(cast, application)


def test_nor_does_who_applied_from_another_address_of_theirs(cast):
    theirs, liaisons = (verified(cast, email=f"{part}@private.example") for part in ("staff", "liaison"))
    for part in ("staff", "liaison"):
        EmailAddress.objects.create(user=getattr(cast, part), email=f"{part}@private.example", verified=True)
    for deed in (vouch, decline):
        with refuses("Somebody else answers your own application."):
            deed(cast, theirs)
    assert key_holders(liaisons, cast.at) == [cast.tenures["delegate"]]
    with refuses("Only the society’s liaison or chief executive can answer this."):
        confirm(cast, liaisons)


def test_each_is_taken_back_with_its_transaction(cast):
    application, reef = verified(cast), in_reef(cast)
    for deed in (confirm, deny, decline):
        assert is_taken_back(lambda deed=deed: deed(cast, application))
    assert is_taken_back(lambda: vouch(cast, reef))
    later = cast.at + timedelta(days=1)
    viewer = cast.viewer("staff", later)
    assert is_taken_back(lambda: actions.ask_society_again(application, viewer=viewer, at=later))
    confirm(cast, application)
    assert is_taken_back(lambda: approve(cast, application))
    assert not Person.objects.filter(name="Una Later").exists()
