"""A society's liaison names who holds a seat: somebody new, of the society, or found by their address."""

from datetime import date

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.people import actions
from collegium.core.people.models import Function, Person, Tenure
from collegium.core.people.queries import primary_address
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_function

TODAY, TOMORROW = date(2026, 5, 4), date(2026, 5, 5)


def propose(cast, function="cfo", by="liaison", organization=None, **given):
    given = {"title": "Treasurer", "starts_on": TODAY, "name": "Nia New", "email": "nia@lagoon.example"} | given
    if "person" in given:
        given |= {"name": "", "email": ""}
    return actions.propose_holder(
        organization or cast.lagoon,
        function=Function.objects.get(slug=function),
        by=getattr(cast, by),
        at=AT,
        **given,
    )


def test_somebody_new_is_made_known_and_takes_the_seat_in_one_deed(cast):
    make_function("hr")
    with recorded() as events:
        tenure = propose(cast, "hr", capacity="interim", leadership="volunteer")
    person = Person.objects.get(name="Nia New")
    assert primary_address(person, AT) == "nia@lagoon.example"
    assert (tenure.person, tenure.title, tenure.capacity, tenure.leadership) == (
        person,
        "Treasurer",
        "interim",
        "volunteer",
    )
    assert [event[0] for event in events] == ["person.registered", "tenure.started", "holder.proposed"]
    facts = {"seat": tenure.seat_id, "person": person.pk}
    assert events[2][1:] == (
        cast.liaison.pk,
        cast.lagoon.pk,
        cast.lagoon.pk,
        "people.tenure",
        cast.lagoon.audience_id,
        facts,
    )
    assert cast.viewer("peer").is_among(cast.lagoon.audience_id)
    assert list(unsettled()) == []


def test_whoever_signs_in_with_the_address_keeps_their_account_and_name(cast):
    make_function("hr")
    tenure = propose(cast, "hr", name="Another Name", email="Colleague@Harbour.example")
    cast.colleague.refresh_from_db()
    assert (tenure.person, cast.colleague.name) == (cast.colleague, "Tomasz Halloran")


def test_a_seat_with_a_holder_is_refused_unless_the_new_one_succeeds(cast):
    with refuses("Ines Okafor holds this seat then. Say that the new holder succeeds, or choose another day."):
        propose(cast, starts_on=TOMORROW)
    tenure = propose(cast, starts_on=TOMORROW, succeeds=True)
    before = Tenure.objects.get(pk=cast.tenures["peer"].pk)
    assert (before.last_day, tenure.starts_on) == (TODAY, TOMORROW)


def test_a_deputy_sits_beside_the_holder(cast):
    tenure = propose(cast, capacity="deputy", person=cast.two_seats)
    assert (tenure.person, Tenure.objects.get(pk=cast.tenures["peer"].pk).last_day) == (cast.two_seats, None)


@pytest.mark.parametrize("by", ["peer", "newcomer", "outsider", "chair", "colleague"])
def test_only_who_keeps_the_roster_proposes(cast, by):
    with refuses("Only the society's liaison or chief executive and the council's team keep its seats."):
        propose(cast, by=by)


@pytest.mark.parametrize("by", ["liaison", "delegate", "staff"])
def test_liaison_chief_executive_and_team_may(cast, by):
    assert propose(cast, by=by, capacity="deputy").recorded_by == getattr(cast, by)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": " "}, "Say which title the person has."),
        ({"capacity": "king"}, "There is no such capacity."),
        ({"leadership": "king"}, "There is no such capacity."),
    ],
)
def test_what_cannot_be_is_refused(cast, given, reason):
    with refuses(reason):
        propose(cast, **given)


def test_a_liaison_never_names_the_councils_team(cast):
    with refuses("Only the society's liaison or chief executive and the council's team keep its seats."):
        propose(cast, "council-team", organization=cast.council)
    with refuses("Holders are proposed for the seats of member societies."):
        propose(cast, "council-team", organization=cast.council, by="staff")


def test_it_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: propose(cast, capacity="deputy"))
