"""The pages and letters of joining two accounts: nothing is told of who is registered, both sides are told of all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from collegium.core.mail.models import Letter
from collegium.core.people import actions
from collegium.core.people.models import Joining, Person
from collegium.core.people.tests.factories import make_person, make_tenure

from .letters import letters_to, link_in

PAGE = "/account/joining/"
PEER, OTHER, NOBODY = "peer@lagoon.example", "ines@reef.example", "nobody@nowhere.example"

# What differs from one moment, one form and one row to the next.
CHANGING = re.compile(r"<time.*?</time>|<input type=\"hidden\" [^>]*>|/account/joining/\d+/")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def second(cast):
    person = make_person("Ines Ferreira", email=OTHER, handle="ines-ferreira")
    make_tenure(person, cast.reef, "treasurer", title="Treasurer")
    return person


@pytest.fixture
def peer(cast, second, client):
    client.force_login(cast.peer)
    return client


def link_to(email: str) -> str:
    return link_in(Letter.objects.filter(to=email, kind="account.joining_link").latest("pk"))


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def text(page) -> str:
    return " ".join(page.content.decode().split())


def test_two_accounts_are_joined_by_the_link_in_the_letter_to_the_other(cast, second, peer):
    asked = peer.post(PAGE, {"email": OTHER}, follow=True)
    assert said(asked) == [f"If somebody signs in with {OTHER}, a letter with a link is on its way there."]
    link = link_to(OTHER)
    page = text(peer.get(link))
    assert "Ines Okafor (@ines-okafor)" in page
    assert "Ines Ferreira (@ines-ferreira)" in page
    assert '<th scope="row">Seats, held now or before</th><td class="num">1</td>' in page
    assert "This cannot be undone." in page
    assert Person.objects.get(pk=second.pk).merged_into is None
    done = peer.post(link, follow=True)
    assert done.redirect_chain == [("/account/addresses/", 302)]
    assert OTHER in text(done)
    assert Person.objects.get(pk=second.pk).merged_into == cast.peer
    assert (peer.get(link).status_code, peer.post(link).status_code) == (404, 404)


def test_the_answer_does_not_tell_whether_there_is_such_an_account(cast, second):
    pages = []
    for number, email in enumerate((OTHER, NOBODY)):
        person = make_person("Same Name", email=f"same-{number}@reef.example", handle=f"same-{number}")
        browser = Client()
        browser.force_login(person)
        answer = browser.post(PAGE, {"email": email}, follow=True)
        pages.append(CHANGING.sub("", text(answer).partition("<main")[2].replace(email, "…")))
    assert OTHER not in pages[0]
    assert pages[0] == pages[1]
    assert (letters_to("same-0@reef.example"), letters_to("same-1@reef.example")) == (["account.joining_asked"],) * 2
    assert (letters_to(OTHER), letters_to(NOBODY)) == (["account.joining_link"], [])


def test_both_addresses_are_told_when_it_is_asked_and_done(cast, second, peer):
    peer.post(PAGE, {"email": OTHER})
    peer.post(link_to(OTHER))
    assert letters_to(PEER) == ["account.joining_asked", "account.joining_done"]
    assert letters_to(OTHER) == ["account.joining_link", "account.joining_done"]
    done = Letter.objects.filter(kind="account.joining_done").order_by("pk")
    names = ["Hello Ines Okafor,", "Hello Ines Ferreira,"]
    assert [letter.text.splitlines()[0] for letter in done] == names
    assert all("the account of Ines Ferreira (@ines-ferreira) was joined" in letter.text for letter in done)


def test_both_addresses_are_told_when_it_is_withdrawn(cast, second, peer):
    peer.post(PAGE, {"email": OTHER})
    joining, link = Joining.objects.get(), link_to(OTHER)
    withdrawn = peer.post(f"{PAGE}{joining.pk}/withdrawal/", follow=True)
    assert said(withdrawn)[-1] == "Withdrawn. Both accounts stay as they are."
    assert OTHER not in text(withdrawn).partition('id="waiting"')[2]
    assert (letters_to(PEER)[-1], letters_to(OTHER)[-1]) == ("account.joining_withdrawn",) * 2
    assert peer.get(link).status_code == 404
    assert peer.post(f"{PAGE}{joining.pk}/withdrawal/").status_code == 404


def test_the_link_asks_to_sign_in_and_refuses_anybody_else_without_saying_whose_it_is(cast, second, peer):
    peer.post(PAGE, {"email": OTHER})
    link = link_to(OTHER)
    assert Client().get(link)["Location"] == f"/account/login/?next={quote(link)}"
    for part in (second, cast.colleague):
        browser = Client()
        browser.force_login(part)
        for answer in (browser.get(link), browser.post(link)):
            assert answer.status_code == 403
            assert "This link is not for the account you are signed in to." in text(answer)
            assert "Okafor" not in text(answer).partition("<main")[2]
    assert Person.objects.get(pk=second.pk).is_active


def test_asking_anew_makes_the_older_letter_useless(cast, second, peer):
    peer.post(PAGE, {"email": OTHER})
    first = link_to(OTHER)
    peer.post(PAGE, {"email": OTHER})
    assert (peer.get(first).status_code, peer.get(link_to(OTHER)).status_code) == (404, 200)


def test_a_link_that_is_too_old_or_forged_leads_nowhere(cast, second, peer):
    peer.post(PAGE, {"email": OTHER})
    link = link_to(OTHER)
    assert peer.get(f"{link[:-2]}x/").status_code == 404
    Joining.objects.update(begun_at=timezone.now() - timedelta(hours=73))
    assert peer.get(link).status_code == 404


def test_what_stands_in_the_way_is_shown_to_whoever_proved_the_other_account(cast, second, peer):
    peer.post(PAGE, {"email": OTHER})
    Authenticator.objects.create(user=second, type=Authenticator.Type.TOTP, data={})
    link = link_to(OTHER)
    page, refused = peer.get(link), peer.post(link)
    assert (page.status_code, refused.status_code) == (200, 422)
    assert "The other account has a passkey or an authenticator app" in text(page)
    assert "Join them for good" not in text(page)
    assert Person.objects.get(pk=second.pk).is_active


def test_whoever_has_a_second_step_shows_it_again(cast, second, peer):
    Authenticator.objects.create(user=cast.peer, type=Authenticator.Type.TOTP, data={})
    answer = peer.post(PAGE, {"email": OTHER})
    assert answer["Location"].startswith("/account/security/reauthenticate/")
    assert Joining.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "x", "\x00", "x" * 100_000, "a@b", PEER, b"\xff\xfe", "a@b.example\nbcc: c@d"])
def test_what_is_no_other_address_is_refused_and_kept(cast, peer, typed):
    answer = peer.post(PAGE, {"email": typed})
    assert (answer.status_code, Joining.objects.count(), Letter.objects.count()) == (422, 0, 0)
    assert list(answer.context["form"].errors)


def test_letters_to_one_address_are_few(cast, second, peer):
    answers = [peer.post(PAGE, {"email": OTHER}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 422]
    assert letters_to(OTHER) == ["account.joining_link"] * 3


def test_the_teams_letters_go_to_both_and_both_links_are_used(cast, second, peer):
    office = Client()
    office.force_login(cast.staff)
    reason = "Registered twice by the roster."
    begun = office.post("/office/people/ines-okafor/joining/", {"handle": "@Ines-Ferreira", "reason": reason})
    assert begun["Location"] == "/office/people/ines-okafor/"
    assert (letters_to(PEER), letters_to(OTHER)) == (["account.joining_link"],) * 2
    assert all(reason in letter.text and "Mara Quist" in letter.text for letter in Letter.objects.all())
    assert "Neither link was used yet." in text(office.get("/office/people/ines-ferreira/"))
    first = peer.get(link_to(PEER))
    assert "The link in the letter to the other address shows what that account has." in text(first)
    assert "Seats, held now or before" not in text(first)
    half = peer.post(link_to(PEER), follow=True)
    assert said(half) == ["Noted. Now follow the link in the letter to the other address, signed in as now."]
    assert "You have used this link." in text(peer.get(link_to(PEER)))
    assert Person.objects.get(pk=second.pk).is_active
    peer.post(link_to(OTHER))
    assert Person.objects.get(pk=second.pk).merged_into == cast.peer


def test_the_archive_holds_what_came_and_what_was_done_before(cast, second, peer):
    actions.change_profile(second, about="Hello", by=second, at=timezone.now())
    peer.post(PAGE, {"email": OTHER})
    peer.post(link_to(OTHER))
    whole = io.BytesIO(b"".join(peer.post("/account/download/").streaming_content))
    with zipfile.ZipFile(whole) as found:
        [joined] = json.loads(found.read("people/joined-accounts.json"))
        [asked] = json.loads(found.read("people/joinings.json"))
        tenures = json.loads(found.read("people/tenures.json"))
        done = [event["name"] for event in json.loads(found.read("people/what-i-did.json"))]
        addresses = [row["email"] for row in json.loads(found.read("people/addresses.json"))]
    assert (joined["handle"], asked["email"], asked["state"]) == ("ines-ferreira", OTHER, "done")
    assert {row["title"] for row in tenures} == {"Chief Financial Officer", "Treasurer"}
    assert done == ["person.profile_changed", "joining.asked", "joining.done"]
    assert addresses == [PEER, OTHER]
