"""A suspended address is tried at growing distances, and recovers by silence, by a letter from it or by its owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from collegium.core.access.errors import Refused
from collegium.core.mail.actions import hand_over
from collegium.core.mail.bounces.actions import recover_address, take_up_address
from collegium.core.mail.bounces.envelopes import LETTER, Sent
from collegium.core.mail.bounces.models import AddressHealth
from collegium.core.mail.bounces.scoring import TRIES
from collegium.core.mail.models import Letter
from collegium.core.mail.probes.actions import QUIET, recover_tried, try_addresses
from collegium.core.people.tests.factories import make_person
from collegium.core.trail.models import Event

from .bouncing import FULL, address_of, bounce, come_back, report, suspend
from .sink import sink

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(settings):
    settings.MODE = "production"
    settings.MAIL_DOMAIN = "peers.example"
    settings.BASE_URL = "https://peers.example"
    with sink() as found:
        settings.MAIL_RELAY = found.relay
        yield found


@pytest.fixture
def address():
    return suspend(make_person("Ines Okafor", email="ines@lagoon.example"), at=AT)


def health(address) -> AddressHealth:
    return AddressHealth.objects.get(pk=address.pk)


def tell(name: str) -> int:
    return Event.objects.filter(name=name).count()


def try_at(at: datetime) -> Letter | None:
    """Try what is due, and hand the letter to the relay."""
    if not try_addresses(at=at):
        return None
    letter = Letter.objects.order_by("-pk")[0]
    hand_over(letter.pk, at=at)
    return letter


# --- tried


def test_it_is_tried_after_a_week_by_a_letter_that_says_why(relay, address):
    assert try_at(AT + 7 * DAY - timedelta(minutes=1)) is None
    letter = try_at(AT + 7 * DAY)
    assert (letter.kind, health(address).probe_id, health(address).probe_due_at) == ("mail.probe", letter.pk, None)
    [(to, sent)] = relay.letters
    text = sent.get_body(("plain",)).get_content()
    assert to == "ines@lagoon.example"
    assert ("4 May 2026" in text, "550 5.1.1 no such mailbox" in text) == (True, True)
    assert "https://peers.example/account/addresses/" in text
    assert tell("address.tried") == 1


def test_it_is_tried_once_at_a_time(relay, address):
    assert [try_addresses(at=AT + 8 * DAY), try_addresses(at=AT + 8 * DAY)] == [1, 0]


def test_what_comes_back_is_tried_again_at_growing_distances_and_not_for_ever(relay, address):
    at, waits = AT, []
    for _try in TRIES:
        due = health(address).probe_due_at
        waits.append(due - at)
        letter, at = try_at(due), due
        come_back(Sent(LETTER, letter.pk, 0), report("ines@lagoon.example"), at=at)
    assert waits == TRIES
    assert (health(address).probe_due_at, health(address).probe, health(address).probes) == (None, None, len(TRIES))
    assert try_at(at + 1000 * DAY) is None
    assert health(address).suspended_at == AT


def test_what_the_relay_refuses_at_once_has_come_back_too(relay, address):
    relay.refusals["RCPT"] = "550 5.1.1 no such user"
    try_at(AT + 7 * DAY)
    assert (health(address).probe, health(address).probe_due_at) == (None, AT + 21 * DAY)
    assert recover_tried(at=AT + 20 * DAY) == 0


def test_a_letter_that_never_went_is_tried_again(relay, address):
    letter = try_at(AT + 7 * DAY)
    Letter.objects.filter(pk=letter.pk).update(sent_at=None, refused="NotNow")
    assert recover_tried(at=AT + 30 * DAY) == 0
    assert health(address).probe_due_at == AT + 44 * DAY


# --- recovered


def test_a_letter_from_which_nothing_came_back_recovers_it(relay, address):
    try_at(AT + 7 * DAY)
    assert recover_tried(at=AT + 7 * DAY + QUIET - timedelta(minutes=1)) == 0
    assert recover_tried(at=AT + 7 * DAY + QUIET) == 1
    found = health(address)
    assert (found.suspended_at, found.points, found.since, found.probe, found.probes) == (None, 0, None, None, 0)
    assert (tell("address.recovered"), recover_tried(at=AT + 30 * DAY)) == (1, 0)


def test_in_a_demonstration_nothing_is_sent_and_so_nothing_recovers(address):
    try_addresses(at=AT + 7 * DAY)
    assert (recover_tried(at=AT + 100 * DAY), health(address).suspended_at) == (0, AT)


def test_one_that_is_not_suspended_does_not_recover():
    address = address_of(make_person())
    assert not recover_address(address, at=AT)
    bounce(address, 1, at=AT)
    assert not recover_address(address, at=AT)
    assert (health(address).points, tell("address.recovered")) == (2, 0)


# --- by its owner


def test_its_owner_takes_it_up_and_one_more_bounce_suspends_it(address):
    take_up_address(address, by=address.user, at=AT + DAY)
    assert (health(address).suspended_at, Event.objects.get(name="address.taken_up").actor) == (None, address.user)
    bounce(address, 50, at=AT + DAY, failed=FULL)
    assert health(address).suspended_at is None
    bounce(address, 51, at=AT + DAY)
    assert health(address).suspended_at == AT + DAY


def test_nobody_takes_up_an_address_of_somebody_else(address):
    with pytest.raises(Refused, match="Letters are sent"):
        take_up_address(address, by=make_person(), at=AT)
    assert (health(address).suspended_at, tell("address.taken_up")) == (AT, 0)


def test_what_is_not_suspended_cannot_be_taken_up(address):
    take_up_address(address, by=address.user, at=AT)
    with pytest.raises(Refused, match="Letters are sent"):
        take_up_address(address, by=address.user, at=AT)
    assert tell("address.taken_up") == 1


def test_what_is_taken_back_leaves_it_suspended(address):
    with transaction.atomic():
        take_up_address(address, by=address.user, at=AT)
        transaction.set_rollback(True)
    assert (health(address).suspended_at, tell("address.taken_up")) == (AT, 0)


def test_an_address_that_goes_takes_its_health_along(address):
    address.delete()
    assert not AddressHealth.objects.exists()
