"""Passkeys, authenticator apps, recovery codes: added, asked for, told of, removed."""

from __future__ import annotations

import json
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client, TestCase

from .letters import letters_to, newest_code, newest_letter

SECURITY = "/account/security/"
PEER = "peer@lagoon.example"
BROKEN = '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "!", "userHandle": "~~"}}'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def peer(cast, client):
    """The peer, signed in, with a verified address."""
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    cast.peer.welcomed_at = cast.at
    cast.peer.save()
    client.force_login(cast.peer)
    return client


def number(secret: str) -> str:
    """What an app shows for the secret at the moment."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def switch_on(client: Client) -> str:
    """Set up an app; returns its secret. allauth tells of it once the transaction is over."""
    secret = client.get(f"{SECURITY}totp/activate/").context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(f"{SECURITY}totp/activate/", {"code": number(secret)})
    assert answer["Location"] == f"{SECURITY}recovery-codes/"
    return secret


def sign_in_by_letter() -> Client:
    client = Client()
    client.post("/account/login/", {"login": PEER, "next": "/groups/"})
    answer = client.post("/account/login/code/", {"code": newest_code(), "action": "verify", "next": "/groups/"})
    assert answer["Location"] == f"{SECURITY}authenticate/"
    return client


def test_the_page_of_a_new_passkey_brings_what_the_browser_needs(cast, peer):
    page = peer.get(f"{SECURITY}webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert (options["rp"], options["user"]["name"], options["user"]["displayName"]) == (
        {"id": "testserver", "name": "Council of Islands"},
        "ines-okafor",
        "Ines Okafor",
    )
    assert b'<script id="js_data" type="application/json">' in page.content
    assert b'data-passkey="add" hidden' in page.content


def test_the_sign_in_page_fetches_what_a_passkey_needs(client):
    answer = client.get(f"{SECURITY}webauthn/login/", headers={"Accept": "application/json"})
    options = json.loads(answer.content)["request_options"]["publicKey"]
    assert (options["rpId"], options["userVerification"], options.get("allowCredentials", [])) == (
        "testserver",
        "required",
        [],
    )
    assert client.get(f"{SECURITY}webauthn/login/")["Location"] == "/account/login/"


@pytest.mark.parametrize("credential", ["", "null", "{}", "[]", '"x"', '{"id": "x"}', "\x00", "{" * 10_000, BROKEN])
def test_a_credential_that_is_none_signs_nobody_in_and_adds_nothing(cast, peer, credential):
    added = peer.post(f"{SECURITY}webauthn/add/", {"name": "x", "credential": credential, "passwordless": "True"})
    assert (added.status_code, Authenticator.objects.count()) == (422, 0)
    other = Client()
    other.get(f"{SECURITY}webauthn/login/", headers={"Accept": "application/json"})
    assert other.post(f"{SECURITY}webauthn/login/", {"credential": credential})["Location"] == "/account/login/"
    assert "_auth_user_id" not in other.session


def test_the_scripts_of_passkeys_are_files(cast, peer, client):
    """A strict policy lets no script stand in a page; data does no harm."""
    for path in (f"{SECURITY}webauthn/add/", f"{SECURITY}totp/activate/"):
        body = peer.get(path).content.decode()
        scripts = [part.split(">")[0] for part in body.split("<script")[1:]]
        assert [script for script in scripts if "src=" not in script and "application/json" not in script] == []
        assert " style=" not in body
        assert " onclick=" not in body


def test_an_app_is_set_up_and_then_asked_for_after_the_code_by_letter(cast, peer):
    secret = switch_on(peer)
    assert (newest_letter().to, newest_letter().kind) == (PEER, "account.security_changed")
    assert "An authenticator app was added to your account." in newest_letter().text
    client = sign_in_by_letter()
    assert "_auth_user_id" not in client.session
    cache.clear()
    client.post(f"{SECURITY}authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    answer = client.post(f"{SECURITY}authenticate/", {"code": number(secret)})
    assert answer["Location"] == "/groups/"
    assert int(client.session["_auth_user_id"]) == cast.peer.pk


def test_the_codes_are_seen_at_once_and_each_gets_in_once(cast, peer):
    switch_on(peer)
    page = peer.get(f"{SECURITY}recovery-codes/")
    codes = page.context["unused_codes"]
    assert (page.status_code, len(codes)) == (200, 10)
    assert peer.get(f"{SECURITY}recovery-codes/download/").content.decode().split() == codes
    client = sign_in_by_letter()
    assert client.post(f"{SECURITY}authenticate/", {"code": codes[0]})["Location"] == "/groups/"
    again = sign_in_by_letter()
    assert again.post(f"{SECURITY}authenticate/", {"code": codes[0]}).context["form"].errors


@pytest.mark.parametrize("typed", ["", "123456", "\x00", "é" * 6, "9" * 100_000])
def test_a_wrong_number_sets_up_nothing_and_says_so(cast, peer, typed):
    peer.get(f"{SECURITY}totp/activate/")
    page = peer.post(f"{SECURITY}totp/activate/", {"code": typed})
    assert (page.status_code, Authenticator.objects.count()) == (422, 0)
    assert page.context["form"].errors["code"]


def test_who_has_an_app_shows_a_number_before_changing_addresses_and_the_change_is_then_made(cast, peer):
    secret = switch_on(peer)
    other = Client()
    other.force_login(cast.peer)
    answer = other.post("/account/addresses/", {"email": "ines@home.example"})
    assert answer["Location"] == f"{SECURITY}reauthenticate/?next=%2Faccount%2Faddresses%2F"
    assert letters_to("ines@home.example") == []
    cache.clear()
    answer = other.post(answer["Location"], {"code": number(secret), "next": "/account/addresses/"})
    assert answer["Location"] == "/account/addresses/code/"
    assert letters_to("ines@home.example") == ["account.address_code"]


def test_the_app_is_removed_and_its_owner_is_told(cast, peer):
    switch_on(peer)
    assert peer.post(f"{SECURITY}totp/deactivate/")["Location"] == SECURITY
    assert Authenticator.objects.count() == 0
    assert "The authenticator app was removed from your account." in newest_letter().text


def test_nobody_is_told_at_an_address_that_ended(cast, peer):
    from datetime import timedelta

    from django.utils import timezone

    from collegium.core.people import actions

    actions.tie_address(EmailAddress.objects.get(user=cast.peer), organization=cast.lagoon)
    # Two days: where the society is it may still be yesterday.
    ended = timezone.now().date() - timedelta(days=2)
    actions.end_tenure(cast.tenures["peer"], last_day=ended, by=cast.staff, at=cast.at)
    switch_on(peer)
    assert letters_to(PEER) == []


def test_another_persons_passkey_is_not_there(cast, peer):
    other = Authenticator.objects.create(user=cast.colleague, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    for deed in ("remove", "edit"):
        assert peer.get(f"{SECURITY}webauthn/keys/{other.pk}/{deed}/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "status", "name"), [("laptop", 302, "laptop"), ("", 200, "x"), ("n" * 100_000, 200, "x")]
)
def test_a_passkey_is_renamed(cast, peer, typed, status, name):
    key = Authenticator.objects.create(user=cast.peer, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    session = peer.session
    record = {"method": "mfa", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(cast.peer.pk)
    session.save()
    assert peer.post(f"{SECURITY}webauthn/keys/{key.pk}/edit/", {"name": typed}).status_code == status
    key.refresh_from_db()
    assert key.data["name"] == name


def test_the_page_says_what_is_set_up(cast, peer):
    assert b"Set up an app" in peer.get(SECURITY).content
    switch_on(peer)
    page = peer.get(SECURITY).content.decode()
    assert ("Remove the app" in page, "10 codes are left." in page) == (True, True)
