"""Signing in by a code: who gets one, what it opens, and how little an unknown address learns."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from collegium.core.mail.models import Letter
from collegium.core.people import actions
from collegium.core.people.tests.factories import AT

from .letters import letters_to, newest_code

LOGIN = "/account/login/"
CODE = "/account/login/code/"
PEER = "peer@lagoon.example"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def ask(client: Client, email: str, **more):
    return client.post(LOGIN, {"login": email, **more}, follow=True)


def enter(client: Client, code: str, **more):
    return client.post(CODE, {"code": code, "action": "verify", **more})


def reader(client: Client) -> int | None:
    """Whoever is signed in."""
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def test_a_peer_signs_in_by_a_code_and_comes_first_to_the_welcome_page(cast, client):
    page = ask(client, " Peer@Lagoon.example ")
    assert (page.redirect_chain, page.status_code) == ([(CODE, 302)], 200)
    assert letters_to(PEER) == ["account.login_code"]
    answer = enter(client, newest_code().lower().replace("-", ""))
    assert (answer.status_code, answer["Location"]) == (302, "/welcome/")
    assert reader(client) == cast.peer.pk


def test_whoever_was_welcomed_comes_to_the_page_they_wanted(cast, client):
    cast.peer.welcomed_at = AT
    cast.peer.save()
    assert client.get("/account/notices/")["Location"] == f"{LOGIN}?next=/account/notices/"
    ask(client, PEER, next="/account/notices/")
    assert enter(client, newest_code(), next="/account/notices/")["Location"] == "/account/notices/"


def test_the_page_that_was_wanted_is_kept_while_one_is_welcomed(cast, client):
    ask(client, PEER)
    answer = enter(client, newest_code(), next="/groups/cfos/")
    assert answer["Location"] == "/welcome/?next=%2Fgroups%2Fcfos%2F"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_leads_to_no_other_site(cast, client, elsewhere):
    cast.peer.welcomed_at = AT
    cast.peer.save()
    ask(client, PEER, next=elsewhere)
    assert enter(client, newest_code(), next=elsewhere)["Location"] == "/"


def test_the_first_code_verifies_the_address_and_leaves_a_trace(cast, client):
    from collegium.core.trail.models import Event

    address = EmailAddress.objects.get(user=cast.peer)
    assert (address.verified, address.primary) == (False, True)
    ask(client, PEER)
    enter(client, newest_code())
    address.refresh_from_db()
    assert (address.verified, address.primary) == (True, True)
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.thing_id, event.facts) == ("address.added", cast.peer, address.pk, {})


def test_a_wrong_code_is_refused_beside_the_field_and_five_end_the_attempt(cast, client):
    ask(client, PEER)
    right = newest_code()
    for _attempt in range(4):
        page = enter(client, "BBBB-BBBB")
        assert page.status_code == 422
        assert page.context["form"].errors == {"code": ["This is not the code we sent. Only the newest letter counts."]}
        assert 'value="BBBB-BBBB"' in page.content.decode()
    assert enter(client, "BBBB-BBBB")["Location"] == LOGIN
    assert enter(client, right)["Location"] == LOGIN
    assert reader(client) is None


@pytest.mark.parametrize("typed", ["", "-", "\x00", "é" * 8, "B" * 100_000, "<script>alert(1)</script>"])
def test_whatever_is_typed_for_a_code_is_answered_with_a_reason(cast, client, typed):
    ask(client, PEER)
    page = enter(client, typed)
    assert page.status_code == 422
    assert page.context["form"].errors["code"]
    assert b"<script>alert" not in page.content


def test_a_code_works_for_fifteen_minutes(cast, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, PEER)
        clock.shift(timedelta(minutes=15, seconds=1))
        assert enter(client, newest_code())["Location"] == LOGIN
    assert reader(client) is None


def test_a_code_works_only_in_the_browser_that_asked_for_it(cast, client):
    ask(client, PEER)
    assert enter(Client(), newest_code())["Location"] == LOGIN


def test_another_code_makes_the_first_one_void(cast, client):
    ask(client, PEER)
    first = newest_code()
    page = client.post(CODE, {"action": "resend"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Another letter is on its way."]
    assert enter(client, first).status_code == 422
    enter(client, newest_code())
    assert (reader(client), letters_to(PEER)) == (cast.peer.pk, ["account.login_code"] * 2)


@pytest.mark.django_db(transaction=True)
def test_an_unknown_address_gets_no_letter_and_the_same_answers_after_the_same_work(cast):
    """Byte for byte, header for header, query for query; but for the address itself and the tokens of the form."""
    known, unknown = "peer@lagoon.example", "noun@lagoon.example"
    answers = {}
    for email in (known, unknown, known, unknown):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            seen = [
                client.post(LOGIN, {"login": email}),
                client.get(CODE),
                enter(client, "BBBB-BBBB"),
                client.post(CODE, {"action": "resend"}),
                client.get(CODE),
            ]
        answers[email] = ([_bare(answer, email) for answer in seen], len(queries))
    assert answers[unknown] == answers[known]
    assert set(Letter.objects.values_list("to", flat=True)) == {known}


def _bare(answer, email: str) -> tuple:
    """Status, headers and body without what differs between any two requests."""
    body = answer.content.decode().replace(email, "ADDRESS")
    token = str(answer.context["csrf_token"]) if answer.context else "-"
    headers = {key: value for key, value in answer.headers.items() if key not in ("X-Request-ID", "Expires")}
    return answer.status_code, headers, sorted(answer.cookies), body.replace(token, "TOKEN")


@pytest.mark.parametrize(
    "typed", ["", "peer", "a@b", "p\x00@lagoon.example", "x" * 100_000 + "@lagoon.example", "<b>@x.y"]
)
def test_what_is_no_address_is_refused_beside_the_field_and_kept(cast, client, typed):
    page = client.post(LOGIN, {"login": typed})
    assert page.status_code == 422
    assert page.context["form"].errors["login"]
    assert page.context["form"]["login"].value() == typed
    assert Letter.objects.count() == 0


def test_an_address_gets_three_letters_a_minute_and_the_fourth_request_is_refused_aloud(cast):
    for email in (PEER, "noun@lagoon.example"):
        for _letter in range(3):
            assert Client().post(LOGIN, {"login": email}).status_code == 302
        page = Client().post(LOGIN, {"login": email})
        assert page.status_code == 422
        assert page.context["form"].errors == {
            "login": ["Too many attempts. Wait a few minutes, then ask for a new code."]
        }
    assert len(letters_to(PEER)) == 3


def test_the_limits_count_by_the_address_of_the_sender(cast):
    def ask_from(sender: str, email: str) -> int:
        return Client(REMOTE_ADDR=sender).post(LOGIN, {"login": email}).status_code

    assert [ask_from("10.0.0.1", f"x{n}@y.example") for n in range(31)] == [302] * 30 + [422]
    assert ask_from("10.0.0.2", "x@y.example") == 302


def test_a_closed_account_gets_no_code(cast, client):
    actions.close_account(cast.peer, by=cast.peer, at=AT)
    ask(client, PEER)
    assert Letter.objects.count() == 0


def test_an_account_closed_while_a_code_was_on_its_way_stays_closed(cast, client):
    ask(client, PEER)
    code = newest_code()
    actions.close_account(cast.peer, by=cast.peer, at=AT)
    assert enter(client, code).status_code == 422
    assert reader(client) is None


def test_an_address_of_a_society_dies_with_the_last_tenure_there(cast, client):
    address = EmailAddress.objects.get(user=cast.leaver)
    actions.tie_address(address, organization=cast.reef)
    ask(client, address.email)
    code = newest_code()
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["leaver"], last_day=ended, by=cast.staff, at=AT)
    assert enter(client, code).status_code == 422
    ask(Client(), address.email)
    assert letters_to(address.email) == ["account.login_code"]


def test_a_successor_signs_in_with_the_address_of_the_seat(cast, client):
    address = EmailAddress.objects.get(user=cast.leaver)
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    actions.tie_address(address, organization=cast.reef)
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["leaver"], last_day=ended, by=cast.staff, at=AT)
    successor = actions.register_person("Sina Tuala", email=address.email, by=cast.staff, at=timezone.now())
    ask(client, address.email)
    enter(client, newest_code())
    assert reader(client) == successor.pk
    assert list(EmailAddress.objects.filter(email=address.email).values_list("user", "verified")) == [
        (successor.pk, True)
    ]


def test_whoever_is_signed_in_stays_so_when_their_addresses_die_and_sees_only_what_is_public(cast, client):
    address = EmailAddress.objects.get(user=cast.leaver)
    actions.tie_address(address, organization=cast.reef)
    ask(client, address.email)
    enter(client, newest_code())
    assert client.get("/people/").status_code == 200
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["leaver"], last_day=ended, by=cast.staff, at=AT)
    assert client.get("/people/").status_code == 404
    assert client.get("/account/addresses/").status_code == 200


def test_nobody_signs_up(cast, client):
    for name in ("account_signup", "account_signup_by_passkey", "account_reset_password", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/account/signup/", "/account/password/set/", "/account/password/reset/"):
        assert client.post(path, {"email": "new@elsewhere.example"}).status_code == 404
    assert not EmailAddress.objects.filter(email="new@elsewhere.example").exists()


def test_signing_out_is_a_deed(cast, client):
    client.force_login(cast.peer)
    assert client.get("/account/logout/").status_code == 200
    assert reader(client) == cast.peer.pk
    assert client.post("/account/logout/")["Location"] == "/"
    assert reader(client) is None


def test_a_page_is_closed_unless_it_says_otherwise(client, db):
    for path in (
        "/account/",
        "/account/addresses/",
        "/notifications/",
        "/welcome/",
        "/account/security/",
        "/office/addresses/",
    ):
        assert client.get(path)["Location"] == f"{LOGIN}?next={path}"
