"""The page of one's addresses: adding one by a code, choosing the primary one, removing one, never the last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from collegium.core.mail.models import Letter
from collegium.core.people import actions
from collegium.core.people.tests.factories import AT
from collegium.core.trail.models import Event

from .letters import letters_to, newest_code, newest_letter

PAGE = "/account/addresses/"
CODE = "/account/addresses/code/"
PEER, PRIVATE = "peer@lagoon.example", "ines@home.example"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def peer(cast, client):
    """The peer, signed in, with a verified address."""
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    client.force_login(cast.peer)
    return client


def mine(cast) -> list[tuple]:
    found = EmailAddress.objects.filter(user=cast.peer).order_by("email")
    return list(found.values_list("email", "verified", "primary"))


def add(client: Client, email: str = PRIVATE):
    """Add an address by the code sent to it."""
    assert client.post(PAGE, {"email": email})["Location"] == CODE
    return client.post(CODE, {"code": newest_code(), "action": "verify"}, follow=True)


def pk_of(email: str) -> int:
    return EmailAddress.objects.get(email=email).pk


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_an_address_is_added_by_the_code_sent_to_it(cast, peer):
    assert peer.post(PAGE, {"email": "Ines@Home.example"})["Location"] == CODE
    assert (letters_to(PRIVATE), mine(cast)) == (["account.address_code"], [(PEER, True, True)])
    page = peer.post(CODE, {"code": newest_code(), "action": "verify"}, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert said(page) == ["ines@home.example is yours now: you can sign in with it."]
    assert mine(cast) == [(PRIVATE, True, False), (PEER, True, True)]
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.facts) == ("address.added", cast.peer, {})


def test_another_code_can_be_asked_for(cast, peer):
    peer.post(PAGE, {"email": PRIVATE})
    first = newest_code()
    assert said(peer.post(CODE, {"action": "resend"}, follow=True)) == ["Another letter is on its way."]
    assert peer.post(CODE, {"code": first, "action": "verify"}).status_code == 422
    peer.post(CODE, {"code": newest_code(), "action": "verify"})
    assert (PRIVATE, True, False) in mine(cast)


def test_a_code_adds_the_address_only_in_the_session_that_asked_for_it(cast, peer):
    peer.post(PAGE, {"email": PRIVATE})
    other = Client()
    other.force_login(cast.colleague)
    assert other.post(CODE, {"code": newest_code(), "action": "verify"}).status_code == 302
    assert not EmailAddress.objects.filter(email=PRIVATE).exists()


def test_an_address_somebody_else_signs_in_with_cannot_be_taken_and_is_not_told(cast, peer):
    EmailAddress.objects.filter(user=cast.colleague).update(verified=True)
    page = add(peer, "colleague@harbour.example")
    assert said(page) == ["Somebody else uses this address."]
    assert mine(cast) == [(PEER, True, True)]
    assert EmailAddress.objects.get(email="colleague@harbour.example").user == cast.colleague


def test_an_address_that_ended_for_its_owner_can_be_taken_over_by_the_successor(cast, peer):
    address = EmailAddress.objects.get(user=cast.leaver)
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    actions.tie_address(address, organization=cast.reef)
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["leaver"], last_day=ended, by=cast.staff, at=AT)
    add(peer, address.email)
    assert list(EmailAddress.objects.filter(email=address.email).values_list("user", flat=True)) == [cast.peer.pk]
    assert Event.objects.latest("pk").name == "address.taken_over"


@pytest.mark.parametrize("typed", ["", "ines", "i\x00@home.example", "x" * 300 + "@home.example", PEER])
def test_what_cannot_be_added_is_refused_beside_the_field_and_kept(cast, peer, typed):
    page = peer.post(PAGE, {"email": typed})
    assert page.status_code == 422
    assert page.context["form"].errors["email"]
    assert page.context["form"]["email"].value() == typed
    assert (Letter.objects.count(), mine(cast)) == (0, [(PEER, True, True)])


def test_five_addresses_are_enough(cast, peer):
    for number in range(4):
        EmailAddress.objects.create(user=cast.peer, email=f"{number}@home.example", verified=True)
    page = peer.post(PAGE, {"email": PRIVATE})
    assert page.context["form"].errors == {"email": ["You have 5 addresses; remove one first."]}


def test_letters_go_to_the_address_one_chooses_and_the_old_one_is_told(cast, peer):
    add(peer)
    page = peer.post(f"{PAGE}{pk_of(PRIVATE)}/primacy/", follow=True)
    assert said(page) == ["Letters now go to ines@home.example."]
    assert mine(cast) == [(PRIVATE, True, True), (PEER, True, False)]
    assert (newest_letter().to, newest_letter().kind) == (PEER, "account.security_changed")
    assert "Letters now go to ines@home.example." in newest_letter().text
    assert Event.objects.latest("pk").name == "address.made_primary"


def test_an_unverified_address_is_not_made_primary_but_can_be_verified(cast, peer):
    address = EmailAddress.objects.create(user=cast.peer, email=PRIVATE)
    page = peer.post(f"{PAGE}{address.pk}/primacy/", follow=True)
    assert said(page) == ["Verify this address first: letters go only where a code has arrived."]
    assert peer.post(f"{PAGE}{address.pk}/code/")["Location"] == CODE
    peer.post(CODE, {"code": newest_code(), "action": "verify"})
    assert mine(cast) == [(PRIVATE, True, False), (PEER, True, True)]


def test_an_address_is_removed_and_the_primary_one_is_told(cast, peer):
    add(peer)
    page = peer.post(f"{PAGE}{pk_of(PRIVATE)}/removal/", follow=True)
    assert said(page) == ["The address ines@home.example was removed from your account."]
    assert mine(cast) == [(PEER, True, True)]
    assert (newest_letter().to, newest_letter().kind) == (PEER, "account.security_changed")
    assert Event.objects.latest("pk").name == "address.removed"


def test_neither_the_last_nor_the_primary_address_is_removed(cast, peer):
    page = peer.post(f"{PAGE}{pk_of(PEER)}/removal/", follow=True)
    assert said(page) == ["This is your last address: without one you could not sign in. Add another first."]
    add(peer)
    page = peer.post(f"{PAGE}{pk_of(PEER)}/removal/", follow=True)
    assert said(page) == ["Letters go to this address. Make another one the primary address first."]
    assert len(mine(cast)) == 2


def test_an_address_that_ended_stays_in_sight_and_can_be_removed_but_not_revived(cast, client):
    client.force_login(cast.leaver)
    old = EmailAddress.objects.get(user=cast.leaver)
    actions.tie_address(old, organization=cast.reef)
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["leaver"], last_day=ended, by=cast.staff, at=AT)
    page = client.get(PAGE)
    assert "It belonged to Academy of Reef Dermatology and ended with your tenure there." in page.content.decode()
    refused = client.post(PAGE, {"email": old.email})
    assert refused.context["form"].errors == {
        "email": ["This address ended with your tenure there and cannot be added again."]
    }
    client.post(PAGE, {"email": "kekoa@home.example"})
    client.post(CODE, {"code": newest_code(), "action": "verify"})
    new = EmailAddress.objects.get(email="kekoa@home.example")
    assert (new.verified, new.primary) == (True, True)
    client.post(f"{PAGE}{old.pk}/removal/")
    assert list(EmailAddress.objects.filter(user=cast.leaver)) == [new]


@pytest.mark.parametrize("deed", ["code", "primacy", "removal"])
def test_somebody_elses_address_is_not_there(cast, peer, deed):
    other = EmailAddress.objects.get(user=cast.colleague)
    assert peer.post(f"{PAGE}{other.pk}/{deed}/").status_code == 404
    assert peer.post(f"{PAGE}{999_999}/{deed}/").status_code == 404
    assert peer.get(f"{PAGE}{pk_of(PEER)}/{deed}/").status_code == 405
    assert EmailAddress.objects.get(pk=other.pk).user == cast.colleague


def test_the_page_asks_the_same_of_the_database_for_one_address_and_for_three(cast, peer, django_assert_num_queries):
    with django_assert_num_queries(6):
        peer.get(PAGE)
    for number in range(3):
        row = EmailAddress.objects.create(user=cast.peer, email=f"{number}@home.example", verified=True)
        actions.tie_address(row, organization=cast.lagoon)
    with django_assert_num_queries(6):
        peer.get(PAGE)
