"""In a demonstration the letters of groups are read as their readers get them, and answered through the real door."""

from __future__ import annotations

import socket

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collegium.config.locators import MailDoor
from collegium.core.mail.incoming.handling import handle_letter
from collegium.core.mail.incoming.receiving import receiver
from collegium.core.mail.models import Delivery, Incoming
from collegium.core.notices.jobs import wake
from collegium.core.trail.models import Event
from collegium.rooms.discussions.models import Post
from collegium.rooms.discussions.tests.factories import make_topic


@pytest.fixture
def delivery(cast, settings):
    settings.MAIL_DOMAIN = "peers.example"
    topic = make_topic(cast, title="Which auditors?", raw="We change ours.")
    wake(Event.objects.get(name="topic.opened", entry=topic.pk).pk)
    return Delivery.objects.get(person=cast.leaver, mailing__entry=topic.pk)


@pytest.mark.django_db
def test_a_letter_is_found_from_the_outbox_and_read_as_it_came(client, delivery):
    mailing = delivery.mailing
    listed = client.get(reverse("office:mailings")).content.decode()
    assert reverse("office:mailing", args=[mailing.pk]) in listed
    readers = client.get(reverse("office:mailing", args=[mailing.pk])).content.decode()
    assert reverse("office:delivery", args=[delivery.pk]) in readers
    page = client.get(reverse("office:delivery", args=[delivery.pk])).content.decode()
    assert "We change ours." in page
    assert "leaver@reef.example" in page


@pytest.mark.django_db
def test_the_list_asks_the_same_of_the_database_for_one_letter_and_for_three(client, cast, delivery):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse("office:mailings"))
        return len(counted)

    one = queries()
    for _more in range(2):
        topic = make_topic(cast)
        wake(Event.objects.get(name="topic.opened", entry=topic.pk).pk)
    assert queries() == one


@pytest.mark.django_db(transaction=True)
def test_answer_as_goes_through_the_real_door(client, cast, delivery, settings):
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port = int(attempt.getsockname()[1])
    settings.MAIL_DOOR = MailDoor("lmtp", "127.0.0.1", port)
    address = reverse("office:delivery", args=[delivery.pk])
    closed = client.post(address, {"text": "Ours are new."})
    assert (closed.status_code, "Ours are new." in closed.content.decode()) == (422, True)
    door = receiver("127.0.0.1", port, protocol="lmtp")
    door.start()
    try:
        assert client.post(address, {"text": "Ours are new."}).status_code == 303
    finally:
        door.stop()
        door.handler.close()
    handle_letter(Incoming.objects.get().pk, at=timezone.now())
    assert list(Post.objects.filter(author=cast.leaver).values_list("raw", flat=True)) == ["Ours are new."]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "\x00", "x" * 100_000])
def test_what_is_no_answer_is_refused_and_kept(client, delivery, text):
    page = client.post(reverse("office:delivery", args=[delivery.pk]), {"text": text})
    assert page.status_code == 422
    assert not Incoming.objects.exists()
