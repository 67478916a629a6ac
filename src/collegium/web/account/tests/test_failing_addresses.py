"""Whoever's letters come back is told on every page, and has them sent again by one click."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.utils import timezone

from collegium.core.mail.bounces.complaints import heed_complaint
from collegium.core.mail.bounces.envelopes import LETTER, Sent
from collegium.core.mail.bounces.models import AddressHealth, Complaint
from collegium.core.mail.exports import letters
from collegium.core.mail.models import Incoming
from collegium.core.mail.tests.bouncing import suspend
from collegium.core.people.actions import verify_address

from .letters import newest_code

pytestmark = pytest.mark.django_db
BANNER = "Letters to peer@lagoon.example come back since 4 May."
EVERYWHERE = ["/", "/groups/", "/account/", "/account/addresses/", "/notifications/", "/search/?q=reserves"]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def address(cast) -> EmailAddress:
    return suspend(cast.peer, at=cast.at)


def recovery(address: EmailAddress) -> str:
    return f"/account/addresses/{address.pk}/recovery/"


def is_suspended(address: EmailAddress) -> bool:
    return AddressHealth.objects.get(pk=address.pk).suspended_at is not None


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_page_says_so_with_the_servers_words_and_a_button(cast, address, visit, path):
    page = visit("peer").get(path, follow=True).content.decode()
    assert BANNER in page
    assert "550 5.1.1 no such mailbox" in page
    assert f'action="{recovery(address)}"' in page


def test_it_is_said_to_nobody_else(cast, address, visit):
    for part in (None, "colleague", "staff"):
        assert "come back" not in visit(part).get("/groups/").content.decode()


def test_it_costs_no_question_more(cast, visit, django_assert_num_queries):
    client = visit("peer")
    with django_assert_num_queries(5):
        client.get("/groups/")
    suspend(cast.peer, at=cast.at)
    with django_assert_num_queries(5):
        assert BANNER in client.get("/groups/").content.decode()


def test_an_address_beside_the_primary_one_is_no_matter_for_every_page(cast, visit):
    second = verify_address(cast.peer, email="ines@home.example", at=cast.at)
    AddressHealth.objects.create(address=second, suspended_at=cast.at, since=cast.at, last_at=cast.at)
    client = visit("peer")
    assert "come back" not in client.get("/groups/").content.decode()
    assert "Letters come back" in client.get("/account/addresses/").content.decode()


def test_the_servers_words_are_text(cast, visit):
    address = suspend(cast.peer, at=cast.at)
    AddressHealth.objects.filter(pk=address.pk).update(said="<script>alert(1)</script>")
    page = visit("peer").get("/groups/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_one_click_has_letters_sent_again(cast, address, visit):
    page = visit("peer").post(recovery(address), follow=True)
    assert page.redirect_chain == [("/account/addresses/", 302)]
    assert "Letters are sent to peer@lagoon.example again." in page.content.decode()
    assert (BANNER in page.content.decode(), is_suspended(address)) == (False, False)


def test_a_second_click_says_that_they_are_sent(cast, address, visit):
    client = visit("peer")
    client.post(recovery(address))
    assert "Letters are sent to this address." in client.post(recovery(address), follow=True).content.decode()


def test_an_address_of_somebody_else_is_not_there(cast, address, visit):
    assert [visit(part).post(recovery(address)).status_code for part in ("colleague", "staff")] == [404, 404]
    assert visit("peer").post("/account/addresses/999999/recovery/").status_code == 404
    assert visit("peer").get(recovery(address)).status_code == 405
    assert is_suspended(address)


def test_a_code_that_arrived_shows_that_letters_do(cast, address, client):
    client.post("/account/login/", {"login": "peer@lagoon.example"})
    assert is_suspended(address)
    client.post("/account/login/code/", {"code": newest_code()})
    assert not is_suspended(address)


def test_what_was_stopped_stands_on_the_page_of_what_one_wants_to_hear(cast, visit):
    client = visit("peer")
    assert "Stopped after a complaint" not in client.get("/account/notices/").content.decode()
    told = {"person": cast.peer, "of": LETTER, "kind": "x", "has_stopped": True, "place": cast.cfos.entry}
    for number in range(3):
        Complaint.objects.create(of_id=number, at=cast.at + timedelta(days=number), **told)
    page = client.get("/account/notices/").content.decode()
    assert page.partition("Stopped after a complaint")[2].count("Chief Financial Officers") == 1
    assert "Stopped after a complaint" not in visit("colleague").get("/account/notices/").content.decode()


def test_a_complaint_about_no_letter_is_none(cast):
    assert not heed_complaint(Sent(LETTER, 999_999, 0), feedback="abuse", at=timezone.now())
    assert not Complaint.objects.exists()


def test_what_is_held_of_it_is_handed_out_to_its_owner_alone(cast, address):
    told = {"of": LETTER, "of_id": 1, "at": cast.at, "has_stopped": True, "feedback": "abuse"}
    Complaint.objects.create(person=cast.peer, kind="mail.refused", place=cast.cfos.entry, **told)
    came = {"to": "cfos@peers.example", "received_at": cast.at, "handled_at": cast.at, "state": "posted"}
    Incoming.objects.create(person=cast.peer, digest="1", raw=b"S3cret", **came)
    held = {file.name: json.loads(b"".join(file.chunks)) for file in letters(cast.peer, cast.at)}
    assert [row["said"] for row in held["addresses-that-fail.json"]] == ["550 5.1.1 no such mailbox"]
    assert [row["is_hard"] for row in held["bounces.json"]] == [True, True, True]
    assert [row["group"] for row in held["complaints.json"]] == ["Chief Financial Officers"]
    assert [row["to"] for row in held["letters-i-sent.json"]] == ["cfos@peers.example"]
    assert "S3cret" not in json.dumps(held)
    others = {file.name: json.loads(b"".join(file.chunks)) for file in letters(cast.colleague, cast.at)}
    assert [name for name, rows in others.items() if rows] == []
