"""Bounces for tests: an address, and reports of mail servers as they come in."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings

from collegium.core.mail.bounces.actions import count_bounce
from collegium.core.mail.bounces.envelopes import MAILING, Sent, envelope
from collegium.core.mail.bounces.failing import Failed
from collegium.core.mail.bounces.models import AddressHealth
from collegium.core.mail.incoming.arriving import take_in
from collegium.core.mail.incoming.handling import handle_letter
from collegium.core.mail.models import Incoming

GONE = Failed(is_hard=True, status="5.1.1", said="550 5.1.1 no such mailbox")
FULL = Failed(is_hard=False, status="5.2.2", said="552 5.2.2 mailbox full")


def address_of(person) -> EmailAddress:
    """The person's primary address."""
    return EmailAddress.objects.get(user=person, primary=True)


def bounce(address: EmailAddress, number: int, *, at: datetime, failed: Failed = GONE) -> bool:
    """The mailing of this number came back."""
    return count_bounce(Sent(MAILING, number, address.pk), failed, at=at)


def suspend(person, *, at: datetime, failed: Failed = GONE) -> EmailAddress:
    """An address that has bounced often enough, all of it at one moment."""
    address = address_of(person)
    for number in range(900_001, 900_004):
        bounce(address, number, at=at, failed=failed)
        AddressHealth.objects.filter(pk=address.pk).update(day="2000-01-01", of_day=0)
    assert AddressHealth.objects.get(pk=address.pk).suspended_at == at
    return address


def report(
    recipient: str, *, status: str = "5.1.1", action: str = "failed", said: str = "550 5.1.1 no such user"
) -> bytes:
    """A report of a mail server (RFC 3464)."""
    told = (
        f"Reporting-MTA: dns; mx.far.example\n\nFinal-Recipient: rfc822; {recipient}\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n"
    )
    return _reported("delivery-status", {"message/delivery-status": told})


def complaint(*, feedback: str = "abuse", mail_from: str = "", **head: str) -> bytes:
    """A complaint of a mail provider (RFC 5965) about a letter with this head."""
    sender = f"Original-Mail-From: <{mail_from}>\n" if mail_from else ""
    told = f"Feedback-Type: {feedback}\nUser-Agent: Loop/1\nVersion: 1\n{sender}"
    original = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items())
    return _reported("feedback-report", {"message/feedback-report": told, "text/rfc822-headers": original})


def _reported(kind: str, parts: dict[str, str]) -> bytes:
    told = {"text/plain": "It was not delivered, or somebody complained.\n", **parts}
    inside = "".join(f"--edge\nContent-Type: {name}\n\n{content}\n" for name, content in told.items())
    head = (
        "From: MAILER-DAEMON@mx.far.example\nTo: us@peers.example\nSubject: Returned\n"
        f"Message-ID: <{abs(hash(inside))}@mx.far.example>\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="edge"\n\n'
    )
    return f"{head}{inside}--edge--\n".encode()


def come_back(sent: Sent | str, raw: bytes, *, at: datetime) -> Incoming:
    """Let a report come in, to the envelope of a letter of ours or to any other address, and be handled."""
    to = envelope(sent) if isinstance(sent, Sent) else f"{sent}@{settings.MAIL_DOMAIN}"
    [pk] = take_in(raw, to=[to], return_path="", at=at)
    handle_letter(pk, at=at)
    return Incoming.objects.get(pk=pk)
