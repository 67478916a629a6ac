"""Who sees a person's telephone and address: exactly those the person chose."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from collegium.core.people import actions
from collegium.core.people.models import ContactVisibility
from collegium.core.people.queries import contacts_of

PHONE = "+1 212 555 0100"
ADDRESS = "peer@lagoon.example"

MEMBERS = {
    "newcomer", "peer", "colleague", "leaver", "two_seats", "delegate", "liaison", "chair", "staff", "second_staff",
}  # fmt: skip
SEEN_BY = {
    ContactVisibility.MEMBERS: MEMBERS,
    ContactVisibility.GROUPS: {"peer", "colleague", "leaver"},
    ContactVisibility.SOCIETY: {"peer", "two_seats", "delegate", "liaison"},
    ContactVisibility.NOBODY: {"peer"},
}


@pytest.fixture
def peer(cast):
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    cast.peer.phone = PHONE
    cast.peer.save(update_fields=["phone"])
    return cast.peer


def choose(peer, cast, **fields):
    return actions.change_profile(peer, by=peer, at=cast.at, **fields)


def those_who_see(field, value, cast, peer):
    return {part for part in cast.parts if contacts_of(peer, cast.viewer(part))[field] == value}


@pytest.mark.parametrize("choice", ContactVisibility.values)
def test_the_telephone_is_seen_by_exactly_those_the_person_chose(cast, peer, choice):
    choose(peer, cast, phone_seen_by=choice, address_seen_by="nobody")
    assert those_who_see("phone", PHONE, cast, peer) == SEEN_BY[choice]
    assert those_who_see("phone", "", cast, peer) == set(cast.parts) - SEEN_BY[choice]


@pytest.mark.parametrize("choice", ContactVisibility.values)
def test_the_address_is_seen_by_exactly_those_the_person_chose(cast, peer, choice):
    choose(peer, cast, address_seen_by=choice, phone_seen_by="nobody")
    assert those_who_see("address", ADDRESS, cast, peer) == SEEN_BY[choice]


def test_groups_and_societies_are_those_of_the_moment(cast, peer):
    choose(peer, cast, phone_seen_by="groups", address_seen_by="society")
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 2), by=None, at=cast.at)
    assert those_who_see("phone", PHONE, cast, peer) == {"peer"}
    assert those_who_see("address", ADDRESS, cast, peer) == {"peer"}


def test_an_address_nobody_verified_is_shown_to_nobody(cast, peer):
    choose(peer, cast, address_seen_by="members")
    EmailAddress.objects.filter(user=peer).update(verified=False)
    assert those_who_see("address", "", cast, peer) == set(cast.parts)


def test_an_address_of_a_society_is_not_shown_after_the_last_tenure_there(cast, peer):
    choose(peer, cast, address_seen_by="nobody")
    actions.tie_address(EmailAddress.objects.get(user=peer), organization=cast.lagoon)
    assert contacts_of(peer, cast.viewer("peer"))["address"] == ADDRESS
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 2), by=None, at=cast.at)
    assert contacts_of(peer, cast.viewer("peer"))["address"] == ""


def test_of_several_addresses_the_primary_one_is_shown(cast, peer):
    choose(peer, cast, address_seen_by="members")
    EmailAddress.objects.create(user=peer, email="ines@home.example", verified=True, primary=False)
    assert contacts_of(peer, cast.viewer("colleague"))["address"] == ADDRESS


def test_a_closed_account_has_no_contacts(cast, peer):
    choose(peer, cast, phone_seen_by="members", address_seen_by="members")
    actions.close_account(peer, by=peer, at=cast.at)
    assert {part: contacts_of(peer, cast.viewer(part)) for part in ("colleague", "staff", None)} == {
        part: {"phone": "", "address": ""} for part in ("colleague", "staff", None)
    }


def test_it_is_one_question(cast, peer, django_assert_num_queries):
    viewer = cast.viewer("colleague")
    with django_assert_num_queries(1):
        contacts_of(peer, viewer)
