"""An address that belongs to a society lives as long as its owner's tenures there, and then a successor may take it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress

from collegium.core.people import actions
from collegium.core.people.models import AddressTie
from collegium.core.people.queries import is_live, live_addresses, live_owner, primary_address
from collegium.core.trail.tests.story import is_taken_back, refuses

from .factories import make_person, make_tenure

OFFICE_BOX = "leaver@reef.example"
MIDNIGHT = datetime(2026, 5, 5, tzinfo=ZoneInfo("Pacific/Honolulu"))
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def tied(cast):
    address = EmailAddress.objects.get(user=cast.leaver)
    actions.tie_address(address, organization=cast.reef)
    return address


def leave(cast):
    actions.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 4), by=None, at=cast.at)


def test_it_stops_living_at_midnight_where_the_society_is(cast, tied):
    leave(cast)
    assert [is_live(tied, at) for at in (MIDNIGHT - MOMENT, MIDNIGHT)] == [True, False]
    assert [live_owner(OFFICE_BOX, at) for at in (MIDNIGHT - MOMENT, MIDNIGHT)] == [cast.leaver, None]
    assert [primary_address(cast.leaver, at) for at in (MIDNIGHT - MOMENT, MIDNIGHT)] == [OFFICE_BOX, ""]
    assert tied not in live_addresses(MIDNIGHT)


def test_it_lives_on_while_another_tenure_there_does(cast, tied):
    make_tenure(cast.leaver, cast.reef, "membership")
    leave(cast)
    assert is_live(tied, MIDNIGHT)


def test_an_address_of_ones_own_outlives_every_tenure(cast, tied):
    AddressTie.objects.all().delete()
    leave(cast)
    assert is_live(tied, MIDNIGHT)


def test_a_successor_takes_it_over_as_a_new_person_and_there_is_one_owner_at_any_moment(cast, tied):
    with refuses("Somebody else uses this address."):
        actions.register_person("Pua Kealoha", email=OFFICE_BOX, by=None, at=MIDNIGHT - MOMENT)
    leave(cast)
    with refuses("Somebody else uses this address."):
        actions.register_person("Pua Kealoha", email=OFFICE_BOX, by=None, at=MIDNIGHT - MOMENT)
    successor = actions.register_person("Pua Kealoha", email=OFFICE_BOX, by=None, at=MIDNIGHT)
    assert live_owner(OFFICE_BOX, MIDNIGHT) == successor
    owners = EmailAddress.objects.filter(email=OFFICE_BOX).values_list("user", flat=True)
    assert list(owners) == [successor.pk]
    assert successor.pk != cast.leaver.pk


def test_a_first_address_is_given_once(cast):
    with refuses("This person has an address; propose another instead."):
        actions.add_first_address(cast.peer, email="other@new.example", at=cast.at)


def test_a_closed_accounts_address_is_free_again(cast):
    actions.close_account(cast.leaver, by=cast.leaver, at=cast.at)
    assert live_owner(OFFICE_BOX, cast.at) is None
    assert make_person(email=OFFICE_BOX).pk


def test_tying_again_to_another_society_leaves_one_tie(cast, tied):
    actions.tie_address(tied, organization=cast.lagoon)
    assert [tie.organization for tie in AddressTie.objects.all()] == [cast.lagoon]
    assert not is_live(tied, cast.at)


def test_it_is_taken_back_with_its_transaction(cast):
    address = EmailAddress.objects.get(user=cast.leaver)
    assert is_taken_back(lambda: actions.tie_address(address, organization=cast.reef))
    assert is_taken_back(lambda: actions.release_stale_address(OFFICE_BOX, at=MIDNIGHT) or leave(cast))
