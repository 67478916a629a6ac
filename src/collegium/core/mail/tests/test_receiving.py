"""The door for letters: what is acknowledged is kept, what is for somebody else is not taken."""

from __future__ import annotations

import smtplib

import pytest

from collegium.config.bench.surroundings import free_port
from collegium.core.mail.incoming.receiving import receiver
from collegium.core.mail.models import Incoming

pytestmark = pytest.mark.django_db(transaction=True)
RAW = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nSubject: x\r\n\r\nHello\r\n..dot\r\n"


@pytest.fixture(params=["smtp", "lmtp"])
def door(request, settings):
    settings.MAIL_DOMAIN = "peers.example"
    port = free_port()
    controller = receiver("127.0.0.1", port, protocol=request.param)
    controller.start()
    client = {"smtp": smtplib.SMTP, "lmtp": smtplib.LMTP}[request.param]("127.0.0.1", port)
    yield client
    client.close()
    controller.stop()
    controller.handler.close()


def test_what_is_acknowledged_is_kept_once_for_each_address(door, caplog):
    for _again in range(2):
        door.sendmail("bounce@b.example", ["CFOs@Peers.example", "none-such@peers.example"], RAW)
    found = Incoming.objects.order_by("to")
    assert [(row.to, row.return_path, row.message_id) for row in found] == [
        ("cfos@peers.example", "bounce@b.example", "1@b.example"),
        ("none-such@peers.example", "bounce@b.example", "1@b.example"),
    ]
    assert b"Hello\r\n..dot\r\n" in bytes(found[0].raw)
    # Who writes to whom is nobody's business but the letter's own rows.
    assert "@" not in caplog.text


def test_no_letter_is_taken_for_another_house(door):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        door.sendmail("x@b.example", ["somebody@elsewhere.example"], RAW)
    assert not Incoming.objects.exists()


def test_the_null_path_is_taken(door):
    door.sendmail("", ["cfos@peers.example"], RAW)
    assert Incoming.objects.get().return_path == ""
