"""A domain in other letters is one domain in two spellings: found, proved, written to; local parts are ASCII alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from collegium.core.mail.actions import hand_over, send_letter
from collegium.core.mail.bounces.reaching import addresses_of
from collegium.core.mail.incoming.senders import sender_of
from collegium.core.mail.mailings.composing import reader
from collegium.core.mail.models import Letter
from collegium.core.mail.reading import read
from collegium.core.people.actions import verify_address
from collegium.core.people.domains import in_ascii, in_letters, spellings, to_write_to
from collegium.core.people.queries import live_owner
from collegium.core.people.tests.factories import make_person

from .sink import sink

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LETTERS, ASCII = "ines@bücher.example", "ines@xn--bcher-kva.example"
TOLD = {"code": "BCDF-GHJK", "minutes": 15}


@pytest.mark.parametrize(
    ("domain", "written"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.Example", "xn--bcher-kva.example"),
        ("bücher。example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("例え.example", "xn--r8jz45g.example"),
        ("Plain.Example", "plain.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a..ü", None),
        ("ü" * 100, None),
        ("ü\0.example", None),
        ("é" * 10_000, None),
    ],
)
def test_a_domain_as_the_name_servers_know_it(domain, written):
    assert in_ascii(domain) == written


def test_a_domain_as_people_read_it():
    assert in_letters("xn--bcher-kva.example") == "bücher.example"
    assert in_letters("xn--strae-oqa.example") == "straße.example"
    assert in_letters("xn--zzzzzzzz") == "xn--zzzzzzzz"


def test_an_address_has_both_spellings_whichever_it_is_kept_in():
    assert spellings(LETTERS) == spellings(ASCII) == [ASCII, LETTERS]
    assert spellings("ines@lagoon.example") == ["ines@lagoon.example"]
    assert spellings("not an address") == ["not an address"]


@pytest.mark.parametrize("email", ["josé@lagoon.example", "josé@bücher.example", "@bücher.example", "x", "", "a@ü..b"])
def test_what_no_mail_server_takes_is_not_written_to(email):
    assert to_write_to(email) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("kept", "typed"), [(LETTERS, ASCII), (ASCII, LETTERS), (LETTERS, "INES@BÜCHER.example")])
def test_whichever_is_kept_the_other_finds_it(kept, typed):
    person = make_person(email=kept)
    assert live_owner(typed, AT) == person
    assert addresses_of(typed) == [EmailAddress.objects.get().pk]
    assert verify_address(person, email=typed, at=AT).email == kept
    assert EmailAddress.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [LETTERS, ASCII])
@pytest.mark.parametrize("named", ["bücher.example", "xn--bcher-kva.example"])
def test_a_letter_from_such_a_domain_is_its_owners(kept, named, settings):
    settings.MODE, settings.MAIL_AUTHSERV_ID = "production", "mx.peers.example"
    person = make_person(email=kept)
    EmailAddress.objects.update(verified=True)
    raw = f"Authentication-Results: mx.peers.example; dmarc=pass header.from={named}\nFrom: ines@{named}\n\nYes."
    sender = sender_of(read(raw.encode()), at=AT)
    assert (sender.person, sender.proved) == (person, True)


@pytest.mark.django_db
def test_a_single_letter_goes_to_the_domain_as_it_is_known(settings):
    settings.MODE = "production"
    with sink() as relay:
        settings.MAIL_RELAY = relay.relay
        letter = send_letter("account.login_code", to="ines@straße.example", context=TOLD, at=AT)
        hand_over(letter.pk, at=AT)
    assert [to for to, _letter in relay.letters] == ["ines@xn--strae-oqa.example"]


@pytest.mark.django_db
def test_a_local_part_in_other_letters_is_given_up_at_once(settings):
    settings.MODE = "production"
    with sink() as relay:
        settings.MAIL_RELAY = relay.relay
        letter = send_letter("account.login_code", to="josé@lagoon.example", context=TOLD, at=AT)
        hand_over(letter.pk, at=AT)
    assert (relay.letters, Letter.objects.get().refused) == ([], "an address of ASCII letters is needed")


def test_no_form_takes_a_local_part_in_other_letters():
    validate_email(LETTERS)
    with pytest.raises(ValidationError):
        validate_email("josé@lagoon.example")


def test_to_many_neither():
    with pytest.raises(ValueError, match="ASCII"):
        reader("José", "josé@lagoon.example")
