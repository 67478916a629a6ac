"""An address somebody else proposes: it does nothing until its owner says so, or three days after the team did."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from collegium.core.mail.models import Letter
from collegium.core.people import actions
from collegium.core.people.jobs import put_addresses_in_effect
from collegium.core.people.models import AddressProposal
from collegium.core.trail.models import Event

from .letters import letters_to, link_in, newest_code, newest_letter

OLD, NEW = "peer@lagoon.example", "ines@new.example"
DELAY = timedelta(hours=72)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def proposal(cast) -> AddressProposal:
    """The liaison of her society proposes an address for the peer."""
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    return actions.propose_address(cast.peer, email=NEW, by=cast.liaison, at=timezone.now())


def codes_to(email: str) -> list[str]:
    Client().post("/account/login/", {"login": email})
    return letters_to(email)


def addresses(cast) -> list[tuple]:
    found = EmailAddress.objects.filter(user=cast.peer).order_by("email")
    return list(found.values_list("email", "verified", "primary"))


def test_the_owner_is_told_at_the_present_address_and_the_proposed_one_gets_nothing(cast, proposal):
    assert letters_to(OLD) == ["account.address_proposed"]
    assert (NEW in newest_letter().text, codes_to(NEW)) == (True, [])


def test_the_link_in_the_letter_shows_a_page_and_changes_nothing(cast, proposal):
    link = link_in(newest_letter())
    for _visit in range(2):
        page = Client().get(link)
        assert (page.status_code, page["Cache-Control"].split(", ")[0]) == (200, "max-age=0")
    proposal.refresh_from_db()
    assert (proposal.state, len(addresses(cast))) == ("proposed", 1)


def test_the_owner_confirms_from_the_letter_and_the_first_code_verifies(cast, proposal):
    link = link_in(newest_letter())
    page = Client().post(link, {"deed": "confirm"})
    assert "It is yours now" in page.content.decode()
    assert addresses(cast) == [(NEW, False, False), (OLD, True, True)]
    assert letters_to(NEW) == ["account.address_in_effect"]
    assert letters_to(OLD) == ["account.address_proposed", "account.security_changed"]
    client = Client()
    client.post("/account/login/", {"login": NEW})
    client.post("/account/login/code/", {"code": newest_code(), "action": "verify"})
    assert addresses(cast)[0] == (NEW, True, False)
    assert int(client.session["_auth_user_id"]) == cast.peer.pk


def test_a_second_answer_from_the_letter_changes_nothing(cast, proposal):
    link = link_in(newest_letter())
    Client().post(link, {"deed": "decline"})
    page = Client().post(link, {"deed": "confirm"})
    assert (page.status_code, "Already answered" in page.content.decode()) == (422, True)
    proposal.refresh_from_db()
    assert (proposal.state, len(addresses(cast))) == ("declined", 1)


@pytest.mark.parametrize("deed", ["", "delete", "confirm\x00"])
def test_a_deed_that_is_none_is_not_there(proposal, deed):
    assert Client().post(link_in(newest_letter()), {"deed": deed}).status_code == 404


def test_a_forged_or_old_link_is_not_there(cast, proposal):
    link = link_in(newest_letter())
    for wrong in (link[:-2] + "x/", "/account/proposals/by-letter/nonsense/", "/account/proposals/by-letter/a:b:c/"):
        assert Client().get(wrong).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=5)):
        assert Client().get(link).status_code == 404


def test_a_link_dies_with_the_address_it_went_to(cast, proposal):
    link = link_in(newest_letter())
    actions.tie_address(EmailAddress.objects.get(email=OLD), organization=cast.lagoon)
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["peer"], last_day=ended, by=cast.staff, at=timezone.now())
    assert Client().post(link, {"deed": "confirm"}).status_code == 404
    assert len(addresses(cast)) == 1


def test_the_owner_answers_from_their_own_page(cast, client, proposal):
    client.force_login(cast.peer)
    page = client.get("/account/addresses/").content.decode()
    assert "Jonas Weil proposes this address for you" in page
    client.post(f"/account/proposals/{proposal.pk}/confirmation/")
    assert addresses(cast)[0] == (NEW, False, False)
    assert Event.objects.filter(name="address.confirmed").count() == 1


def test_the_owner_declines_from_their_own_page(cast, client, proposal):
    client.force_login(cast.peer)
    client.post(f"/account/proposals/{proposal.pk}/refusal/")
    proposal.refresh_from_db()
    assert (proposal.state, len(addresses(cast))) == ("declined", 1)


@pytest.mark.parametrize("deed", ["confirmation", "refusal"])
def test_nobody_else_answers(cast, client, proposal, deed):
    for part in ("liaison", "colleague", "staff"):
        client.force_login(getattr(cast, part))
        assert client.post(f"/account/proposals/{proposal.pk}/{deed}/").status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_an_answer_given_twice_is_refused_with_the_reason(cast, client, proposal):
    client.force_login(cast.peer)
    client.post(f"/account/proposals/{proposal.pk}/refusal/")
    page = client.post(f"/account/proposals/{proposal.pk}/confirmation/")
    assert (page.status_code, "This proposal was already answered." in page.content.decode()) == (403, True)


def let_through(cast, proposal, at) -> None:
    viewer = cast.viewer("staff", at)
    actions.override_address(proposal, viewer=viewer, reason="Her mailbox was closed.", at=at)


def test_what_the_team_lets_through_takes_effect_after_three_days_and_the_old_address_is_told(cast, proposal):
    now = timezone.now()
    let_through(cast, proposal, now)
    assert letters_to(OLD) == ["account.address_proposed", "account.address_let_through"]
    assert "Her mailbox was closed." in newest_letter().text
    with time_machine.travel(now + DELAY - timedelta(minutes=1)):
        put_addresses_in_effect(0)
        assert (len(addresses(cast)), codes_to(NEW)) == (1, [])
    with time_machine.travel(now + DELAY + timedelta(minutes=1)):
        put_addresses_in_effect(0)
        put_addresses_in_effect(0)
        assert addresses(cast) == [(NEW, False, True), (OLD, True, False)]
        assert codes_to(NEW) == ["account.address_in_effect", "account.login_code"]
    assert letters_to(OLD)[-1] == "account.security_changed"
    assert list(Event.objects.filter(name="address.took_effect").values_list("actor", "facts")) == [
        (None, {"person": cast.peer.pk})
    ]


def test_the_owner_objects_during_the_delay_from_the_letter_or_the_page(cast, client, proposal):
    now = timezone.now()
    let_through(cast, proposal, now)
    client.force_login(cast.peer)
    assert "Her mailbox was closed." in client.get("/account/addresses/").content.decode()
    Client().post(link_in(newest_letter()), {"deed": "decline"})
    with time_machine.travel(now + DELAY + timedelta(minutes=1)):
        put_addresses_in_effect(0)
    assert addresses(cast) == [(OLD, True, True)]


def test_an_address_somebody_else_verified_meanwhile_lapses(cast, proposal):
    now = timezone.now()
    let_through(cast, proposal, now)
    actions.verify_address(cast.colleague, email=NEW, at=now)
    with time_machine.travel(now + DELAY + timedelta(minutes=1)):
        put_addresses_in_effect(0)
    assert (len(addresses(cast)), Event.objects.latest("pk").name) == (1, "address.lapsed")


def test_no_letter_is_written_if_the_proposal_is_not(cast):
    from collegium.core.access.errors import Refused

    with pytest.raises(Refused):
        actions.propose_address(cast.peer, email="colleague@harbour.example", by=cast.liaison, at=timezone.now())
    assert Letter.objects.count() == 0
