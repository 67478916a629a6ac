"""Taking one's data along, and closing the account."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.test import Client

from collegium.core.files.models import Attachment
from collegium.core.people.models import Person, Tenure
from collegium.core.trail.models import Event
from collegium.web.jobs import forget_ended_sessions

from .letters import letters_to

DOWNLOAD, CLOSING = "/account/download/", "/account/closing/"
CANARIES = ("colleague@harbour.example", "Tomasz Halloran", "chair@harbour.example")

pytestmark = pytest.mark.django_db


@pytest.fixture
def peer(cast, client):
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    client.force_login(cast.peer)
    return client


def archive(client: Client) -> zipfile.ZipFile:
    answer: Any = client.post(DOWNLOAD)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/zip", "no-store")
    assert answer["Content-Disposition"].startswith('attachment; filename="collegium-ines-okafor-')
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_archive_holds_every_rooms_files_about_the_person_and_nobody_else(cast, peer):
    found = archive(peer)
    assert found.testzip() is None
    rooms = {name.partition("/")[0] for name in found.namelist()}
    assert {"people", "groups", "discussions", "account"} <= rooms
    [profile] = json.loads(found.read("people/profile.json"))
    assert (profile["handle"], profile["name"]) == ("ines-okafor", "Ines Okafor")
    assert json.loads(found.read("people/addresses.json")) == [
        {"email": "peer@lagoon.example", "verified": True, "primary": True, "belongs_to": None}
    ]
    [tenure] = json.loads(found.read("people/tenures.json"))
    assert (tenure["organization"], tenure["title"], tenure["first_day"]) == (
        "Society of Lagoon Cardiology",
        "Chief Financial Officer",
        "2020-01-01",
    )
    everything = b"".join(found.read(name) for name in found.namelist()).decode()
    assert [canary for canary in CANARIES if canary in everything] == []


def test_uploaded_files_come_along_and_a_lost_one_does_not_stop_the_rest(cast, peer):
    for number, name in enumerate(("budget.csv", "../../evil.txt")):
        row = Attachment(name=name, content_type="text/plain", size=5, digest="x", by=cast.peer, at=cast.at)
        row.file.save(f"upload-{number}", ContentFile(b"12345"))
    lost = Attachment.objects.create(
        name="lost.txt", content_type="text/plain", size=1, digest="x", by=cast.peer, at=cast.at, file="gone"
    )
    first, second = Attachment.objects.exclude(pk=lost.pk).order_by("pk")
    found = archive(peer)
    files = {name: found.read(name) for name in found.namelist() if name.startswith("account/files/")}
    assert files == {
        f"account/files/{first.pk}-budget.csv": b"12345",
        f"account/files/{second.pk}-.._.._evil.txt": b"12345",
        f"account/files/{lost.pk}-lost.txt": b"",
    }


def test_looking_at_the_page_downloads_nothing(peer):
    page = peer.get(DOWNLOAD)
    assert (page.status_code, page.streaming) == (200, False)


def test_an_account_is_closed_by_typing_the_handle(cast, peer):
    Authenticator.objects.create(user=cast.colleague, type="totp", data={})
    session = peer.session.session_key
    UserSession.objects.create(user=cast.peer, ip="127.0.0.1", session_key=session, user_agent="x")
    answer = peer.post(CLOSING, {"handle": " @Ines-Okafor "}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "Your account is closed. Thank you for what you shared."
    ]
    person = Person.objects.get(pk=cast.peer.pk)
    assert (person.is_active, person.about, person.phone, person.expertise) == (False, "", "", [])
    assert EmailAddress.objects.filter(user=person).count() == 0
    assert UserSession.objects.filter(user=person).count() == 0
    assert Authenticator.objects.filter(user=cast.colleague).count() == 1
    assert Tenure.objects.filter(person=person).count() == 1
    assert letters_to("peer@lagoon.example") == ["account.account_closed"]
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.facts) == ("person.account_closed", person, {})


def test_all_sessions_of_a_closed_account_end(cast, peer):
    other = Client()
    other.force_login(cast.peer)
    peer.post(CLOSING, {"handle": "ines-okafor"})
    assert other.get("/account/")["Location"] == "/account/login/?next=/account/"


@pytest.mark.parametrize("typed", ["", "ines", "tomasz-halloran", "\x00", "x" * 100_000])
def test_without_the_handle_nothing_is_closed(cast, peer, typed):
    page = peer.post(CLOSING, {"handle": typed})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["handle"])
    assert Person.objects.get(pk=cast.peer.pk).is_active
    assert letters_to("peer@lagoon.example") == []


def test_sessions_are_listed_in_words_and_the_others_are_ended(cast):
    browsers = ("Mozilla/5.0 (Windows NT 10.0) Firefox/130.0", "Mozilla/5.0 (iPhone) Safari/604")
    clients = [Client(headers={"User-Agent": browser}) for browser in browsers]
    for client in clients:
        client.post("/account/login/", {"login": "peer@lagoon.example"})
        from .letters import newest_code

        client.post("/account/login/code/", {"code": newest_code(), "action": "verify"})
    page = clients[0].get("/account/sessions/").content.decode()
    assert ("Firefox, Windows" in page, "Safari, iPhone" in page) == (True, True)
    clients[0].post("/account/sessions/")
    assert clients[0].get("/account/").status_code == 200
    assert clients[1].get("/account/")["Location"] == "/account/login/?next=/account/"


def test_ended_sessions_are_forgotten_with_what_was_noted_of_them(cast, client, peer):
    over = Client()
    over.force_login(cast.colleague)
    for who, where in ((cast.peer, peer), (cast.colleague, over)):
        key = where.session.session_key
        UserSession.objects.create(user=who, ip="127.0.0.1", session_key=key, user_agent="x")
    Session.objects.filter(pk=over.session.session_key).update(expire_date=cast.at)
    forget_ended_sessions(0)
    assert list(UserSession.objects.values_list("user", flat=True)) == [cast.peer.pk]
