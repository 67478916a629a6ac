"""Two deeds at the same time: whoever comes second waits, sees the first, and nothing is missed or done twice."""

from datetime import date

import pytest
from django.db import transaction

from collegium.core.access.errors import Refused
from collegium.core.access.queries import unsettled
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.entries import actions as entries
from collegium.core.entries.queries import misplaced_passages
from collegium.core.groups import actions
from collegium.core.groups.models import Circle, Confirmation, Membership
from collegium.core.people import actions as people
from collegium.core.people.models import Organization, Person, Tenure
from collegium.core.people.tests.factories import AT, make_function, make_organization, make_person, make_tenure

from .factories import make_group, policy
from .meeting import Other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def society():
    make_function("cfo", single_holder=True)
    return make_organization()


@pytest.fixture
def team():
    """Two of the council's team."""
    council = make_organization(kind="council")
    persons = [make_person(), make_person()]
    for person in persons:
        make_tenure(person, council, "council-team")
    return [Viewer.of(person, at=AT) for person in persons]


def start(society, person, function="cfo"):
    seat = people.open_seat(society, make_function(function))
    return people.start_tenure(seat, person=person, title="", starts_on=date(2020, 1, 1), by=None, at=AT)


def settled():
    return list(unsettled()) == []


def test_a_departure_that_waits_for_the_end_of_a_tenure_does_not_keep_it_waiting(society, team):
    person = make_person()
    tenure = start(society, person)
    ending = Other(lambda: Tenure.objects.select_for_update(of=("self",)).get(pk=tenure.pk)).hold()
    leaving = Other(
        lambda: people.begin_departure(person, organization=society, last_day=AT.date(), by=None, at=AT)
    ).start()
    assert leaving.is_waiting
    # What whoever ends the tenure needs next.
    with transaction.atomic():
        Person.objects.select_for_update(nowait=True).get(pk=person.pk)
    ending.let_go()
    assert leaving.let_go().last_day == AT.date()


def test_a_tenure_begun_while_a_standing_changes_is_settled_with_it(society):
    person = make_person()
    first = Other(
        lambda: people.change_standing(society, status="suspended", from_day=date(2021, 1, 1), by=None, at=AT)
    ).hold()
    second = Other(lambda: start(society, person)).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert settled()
    assert Viewer.of(person, at=AT).audience_ids == {1, society.audience_id}


def test_a_standing_that_changes_while_a_tenure_begins_reaches_its_holder(society):
    person = make_person()
    first = Other(lambda: start(society, person)).hold()
    second = Other(
        lambda: people.change_standing(society, status="suspended", from_day=date(2021, 1, 1), by=None, at=AT)
    ).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert settled()
    assert Viewer.of(person, at=AT).audience_ids == {1, society.audience_id}


def test_two_facts_about_the_same_person_are_both_seen(society):
    person = make_person()
    first = Other(lambda: start(society, person)).hold()
    second = Other(lambda: start(society, person, "counsel")).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert settled()


def test_facts_about_two_persons_do_not_wait_for_each_other(society):
    make_function("counsel")
    people.open_seat(society, make_function("counsel"))
    persons = make_person(), make_person()
    first = Other(lambda: start(society, persons[0])).hold()
    second = Other(lambda: start(society, persons[1], "counsel")).start()
    assert not second.is_waiting
    second.let_go()
    first.let_go()
    assert settled()


@pytest.mark.parametrize("begins_first", [True, False])
def test_a_holder_begun_while_the_seat_joins_is_in(society, begins_first):
    group = make_group("Counsels", "counsel", joining="open")
    old, new = make_person(), make_person()
    tenure = start(society, old, "counsel")
    viewer = Viewer.of(old, at=AT)
    deeds = [
        lambda: start(society, new, "counsel"),
        lambda: actions.join_group(group, tenure=tenure, viewer=viewer, at=AT),
    ]
    first = Other(deeds[0 if begins_first else 1]).hold()
    second = Other(deeds[1 if begins_first else 0]).start()
    first.let_go()
    second.let_go()
    assert settled()
    assert Viewer.of(new, at=AT).is_among(group.circle.audience_id)


def test_of_two_holders_of_a_seat_for_one_the_second_is_refused(society):
    people.open_seat(society, make_function("cfo"))
    persons = make_person(), make_person()
    first = Other(lambda: start(society, persons[0])).hold()
    second = Other(lambda: start(society, persons[1])).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="Somebody else holds this seat"):
        second.let_go()
    assert [tenure.person for tenure in Tenure.objects.filter(seat__organization=society)] == [persons[0]]


def test_of_a_departure_and_a_seat_taken_meanwhile_none_outlasts_the_other(society):
    person = make_person()
    old = start(society, person, "hr")
    leaves = {"organization": society, "last_day": date(2026, 5, 29), "by": None, "at": AT}
    first = Other(lambda: start(society, person)).hold()
    second = Other(lambda: people.begin_departure(person, **leaves)).start()
    assert second.is_waiting
    new = first.let_go()
    departure = second.let_go()
    assert set(departure.leavings.values_list("tenure", flat=True)) == {old.pk, new.pk}
    people.withdraw_departure(departure, by=None, at=AT)
    first = Other(lambda: people.begin_departure(person, **leaves)).hold()
    second = Other(lambda: start(society, person, "counsel")).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="leaves on"):
        second.let_go()


def test_of_two_who_join_with_one_seat_the_second_is_refused(society):
    group = make_group("Counsels", "counsel", joining="open")
    person = make_person()
    tenure, viewer = start(society, person, "counsel"), Viewer.of(person, at=AT)
    join = lambda: actions.join_group(group, tenure=tenure, viewer=viewer, at=AT)  # noqa: E731 - the same deed twice
    first, second = Other(join).hold(), Other(join).start()
    first.let_go()
    with pytest.raises(Refused, match="It is a member already"):
        second.let_go()
    assert Membership.objects.count() == 1


def test_of_two_who_confirm_the_second_is_refused(society, team):
    group = make_group("CEOs", "ceo", kind="governing_body")
    tenure = start(society, make_person(), "ceo")
    deeds = [
        lambda viewer=viewer: actions.confirm_tenure(group, tenure=tenure, viewer=viewer, at=AT) for viewer in team
    ]
    first, second = Other(deeds[0]).hold(), Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="confirmed already"):
        second.let_go()
    assert Confirmation.objects.count() == 1


def test_of_two_widenings_the_second_is_refused(team):
    group = make_group("CEOs", "ceo", kind="governing_body")
    deeds = [
        lambda viewer=viewer: actions.propose_widening(group, policy=policy("ceo", "cfo"), viewer=viewer, at=AT)
        for viewer in team
    ]
    first, second = Other(deeds[0]).hold(), Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="Another widening waits"):
        second.let_go()
    assert Circle.objects.filter(group=group).count() == 2


def test_an_invitation_given_while_the_policy_widens_begins_with_the_new_circle(society, team):
    group = make_group("CFOs", "cfo")
    person = make_person()
    tenure = start(society, person, "counsel")
    widening = policy("cfo", "ceo")
    first = Other(lambda: actions.propose_widening(group, policy=widening, viewer=team[0], at=AT)).hold()
    second = Other(lambda: actions.invite_person(group, tenure=tenure, viewer=team[1], at=AT)).start()
    assert second.is_waiting
    new = first.let_go()
    second.let_go()
    assert settled()
    assert not Viewer.of(person, at=AT).is_among(group.circle.audience_id)
    assert Viewer.of(person, at=AT).is_among(new.audience_id)


def test_an_address_is_given_to_one_of_two_who_ask_at_once():
    deeds = [
        lambda name=name: people.register_person(name, email="shared@lagoon.example", by=None, at=AT)
        for name in ("A", "B")
    ]
    first, second = Other(deeds[0]).hold(), Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="Somebody else uses this address"):
        second.let_go()


@pytest.mark.parametrize("writes_first", [True, False])
def test_text_written_while_the_audience_changes_carries_the_new_one(society, writes_first):
    entry = society.entry
    deeds = [
        lambda: entries.write_passages([entries.Text(entry.pk, "post", 1, "written meanwhile", AT)]),
        lambda: entries.change_audience(entry, to=OFFICE, by=None, at=AT),
    ]
    first = Other(deeds[0 if writes_first else 1]).hold()
    second = Other(deeds[1 if writes_first else 0]).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert list(misplaced_passages()) == []


def test_settling_outside_a_transaction_is_a_mistake(society):
    from collegium.core.access.actions import settle, settle_shared

    for deed in (lambda: settle([1]), lambda: settle_shared("SELECT 1")):
        with pytest.raises(transaction.TransactionManagementError):
            deed()


@pytest.mark.parametrize("publishes_first", [True, False])
def test_a_version_published_while_somebody_accepts_is_asked_of_them_or_refuses_them(society, team, publishes_first):
    group = make_group("Counsels", "counsel")
    person = make_person()
    start(society, person, "counsel")
    keep = actions.draw_up_undertaking("Keep", slug="keep", kind="conduct", by=None, at=AT)
    first_text = actions.publish_version(keep, text="Old", viewer=team[0], at=AT)
    actions.begin_need(group, undertaking=keep, viewer=team[0], at=AT, grace_days=0)
    viewer = Viewer.of(person, at=AT)
    deeds = [
        lambda: actions.publish_version(keep, text="New", viewer=team[0], at=AT, grace_days=0),
        lambda: actions.accept_undertaking(first_text, viewer=viewer, at=AT),
    ]
    first = Other(deeds[0 if publishes_first else 1]).hold()
    second = Other(deeds[1 if publishes_first else 0]).start()
    assert second.is_waiting
    first.let_go()
    if publishes_first:
        with pytest.raises(Refused, match="A newer version has been published"):
            second.let_go()
    else:
        second.let_go()
    assert settled()
    assert not Viewer.of(person, at=AT).is_among(group.circle.audience_id)


def test_two_accept_at_once_without_waiting_for_each_other(society, team):
    persons = make_person(), make_person()
    people.open_seat(society, make_function("counsel"))
    for person in persons:
        start(society, person, "counsel")
    keep = actions.draw_up_undertaking("Keep", slug="keep", kind="conduct", by=None, at=AT)
    text = actions.publish_version(keep, text="Old", viewer=team[0], at=AT)
    viewers = [Viewer.of(person, at=AT) for person in persons]
    deeds = [lambda viewer=viewer: actions.accept_undertaking(text, viewer=viewer, at=AT) for viewer in viewers]
    first, second = Other(deeds[0]).hold(), Other(deeds[1]).start()
    assert not second.is_waiting
    second.let_go()
    first.let_go()
    assert settled()


def test_of_two_clicks_on_an_undertaking_the_second_finds_it_accepted(society, team):
    person = make_person()
    start(society, person)
    keep = actions.draw_up_undertaking("Keep", slug="keep", kind="conduct", by=None, at=AT)
    version = actions.publish_version(keep, text="I keep it.", viewer=team[0], at=AT)
    accept = lambda: actions.accept_undertaking(version, viewer=Viewer.of(person, at=AT), at=AT)  # noqa: E731 - a deed
    first = Other(accept).hold()
    second = Other(accept).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="You have undertaken this already"):
        second.let_go()
    assert version.acceptances.count() == 1


def test_of_two_who_confirm_a_reading_the_second_is_refused(team):
    group = make_group("CEOs", "ceo", kind="governing_body")
    third = make_person()
    make_tenure(third, Organization.objects.get(kind="council"), "council-team")
    reading = actions.ask_to_read(group, reason="So", viewer=Viewer.of(third, at=AT), at=AT)
    deeds = [lambda viewer=viewer: actions.confirm_reading(reading, viewer=viewer, at=AT) for viewer in team]
    first, second = Other(deeds[0]).hold(), Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="answered already"):
        second.let_go()
