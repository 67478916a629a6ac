"""Two answers to an application at the same time: one counts, the other is told."""

from datetime import date

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.queries import unsettled
from collegium.core.groups import actions
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import AT, make_person

from .applying import apply, approve, confirmed, verified
from .cast import build_cast
from .meeting import Other

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERED = "This application was already answered"


@pytest.fixture
def cast(db):
    return build_cast()


def decline(cast, application, part="second_staff"):
    return actions.decline_application(application, viewer=cast.viewer(part), reason="No.", at=AT)


def test_one_person_comes_of_two_approvals(cast):
    application = confirmed(cast)
    first = Other(lambda: approve(cast, application)).hold()
    second = Other(lambda: approve(cast, application, "second_staff")).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match=ANSWERED):
        second.let_go()
    assert Person.objects.filter(name="Una Later").count() == 1
    assert list(unsettled()) == []


def test_a_no_while_another_approves_comes_too_late(cast):
    application = confirmed(cast)
    first = Other(lambda: approve(cast, application)).hold()
    second = Other(lambda: decline(cast, application)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match=ANSWERED):
        second.let_go()
    application.refresh_from_db()
    assert application.state == "approved"


def test_an_approval_while_the_applicant_withdraws_comes_too_late(cast):
    application = confirmed(cast)
    first = Other(lambda: actions.withdraw_application(application, at=AT)).hold()
    second = Other(lambda: approve(cast, application)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match=ANSWERED):
        second.let_go()
    assert not Person.objects.filter(name="Una Later").exists()


def test_a_society_answers_once_though_two_of_its_people_were_asked(cast):
    application = verified(cast)
    holder = cast.tenures["liaison"]
    first = Other(lambda: actions.confirm_role(application, holder=holder, at=AT)).hold()
    second = Other(lambda: actions.deny_role(application, holder=holder, reason="No.", at=AT)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="This was already answered"):
        second.let_go()


def test_two_links_of_one_address_make_one_application(cast):
    applications = apply(cast), apply(cast)
    deeds = [lambda one=one: actions.verify_application(one, at=AT) for one in applications]
    first, second = Other(deeds[0]).hold(), Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="from the same address"):
        second.let_go()


def test_a_seat_taken_while_the_team_approves_stays_with_whoever_came_first(cast):
    people.end_tenure(cast.tenures["two_seats"], last_day=date(2026, 5, 3), by=None, at=AT)
    application = confirmed(cast, function="cio")
    seat, other = cast.tenures["two_seats"].seat, make_person()
    started = {"person": other, "title": "CIO", "starts_on": date(2026, 5, 4), "by": None, "at": AT}
    first = Other(lambda: people.start_tenure(seat, **started)).hold()
    second = Other(lambda: approve(cast, application)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="Somebody else holds this seat"):
        second.let_go()
    application.refresh_from_db()
    assert (application.state, Person.objects.filter(name="Una Later").exists()) == ("council", False)


def test_an_address_registered_while_the_team_approves_leads_to_that_person(cast):
    application = confirmed(cast)
    first = Other(lambda: make_person("Una Later", email=application.email)).hold()
    second = Other(lambda: approve(cast, application)).start()
    assert second.is_waiting
    registered = first.let_go()
    assert second.let_go().tenure.person == registered
    assert Person.objects.filter(name="Una Later").count() == 1
