"""Two accounts are joined while something else happens to one of them: nothing is done twice, nothing stays behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.queries import unsettled
from collegium.core.people import actions as people
from collegium.core.people.models import Person, Tenure
from collegium.core.people.queries import unsound_joined
from collegium.core.people.tests.factories import AT, make_organization, make_person, make_tenure

from .meeting import Other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def society():
    return make_organization()


@pytest.fixture
def two(society):
    """The account that stays, the other, and the joining that waits for its link."""
    stays, other = make_person("Ines Okafor"), make_person("Ines Okafor", email="other@kelp.example")
    make_tenure(other, society, "treasurer")
    return stays, other, people.ask_to_join(stays, email="other@kelp.example", by=stays, at=AT)


def join(two):
    stays, _other, joining = two
    return people.agree_to_join(joining, side="other", by=stays, at=AT)


def sound():
    return (list(unsettled()), list(unsound_joined())) == ([], [])


def test_one_link_used_twice_at_once_joins_once(two):
    first, second = Other(lambda: join(two)).hold(), Other(lambda: join(two)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="This link was used"):
        second.let_go()
    assert Person.objects.get(pk=two[1].pk).merged_into == two[0]
    assert sound()


def test_a_seat_given_to_the_other_account_meanwhile_follows(two, society):
    seat = make_tenure(make_person(), society, "secretary").seat
    first = Other(lambda: join(two)).hold()
    second = Other(
        lambda: people.start_tenure(seat, person=two[1], title="", starts_on=date(2026, 1, 1), by=None, at=AT)
    ).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert Tenure.objects.filter(person=two[1]).count() == 1
    people.carry_stragglers(at=AT + timedelta(minutes=30))
    assert Tenure.objects.filter(person=two[0]).count() == 2
    assert sound()


def test_an_account_closed_meanwhile_is_not_joined(two):
    first = Other(lambda: people.close_account(two[1], by=two[1], at=AT)).hold()
    second = Other(lambda: join(two)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="closed"):
        second.let_go()
    assert Person.objects.get(pk=two[1].pk).merged_into is None
    assert sound()


def test_two_accounts_joined_to_each_other_at_once_become_one(two):
    stays, other, _joining = two
    back = people.ask_to_join(other, email=stays.emailaddress_set.get().email, by=other, at=AT)
    first = Other(lambda: join(two)).hold()
    second = Other(lambda: people.agree_to_join(back, side="other", by=other, at=AT)).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="This link was used"):
        second.let_go()
    assert sound()
