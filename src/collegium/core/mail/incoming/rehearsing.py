"""Answering a letter of the demonstration as its reader would: a real message, handed to the real door."""

from __future__ import annotations

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid, parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused


def answer_as(raw: bytes, *, name: str, email: str, text: str) -> str:
    """Send what a mail program would send if this reader answered the letter; returns the address it went to.

    Refused if the letter takes no answers, or the door is closed.
    """
    letter = message_from_bytes(raw, policy=policy.default)
    to = parseaddr(str(letter["Reply-To"] or ""))[1]
    if not to:
        raise Refused(_("This letter takes no answers."))
    answer = _answer(letter, to, sender=formataddr((name, email)), text=text)
    door = settings.MAIL_DOOR
    client = smtplib.LMTP if door.protocol == "lmtp" else smtplib.SMTP
    try:
        with client(door.host, door.port) as server:
            server.sendmail(email, [to], answer.as_bytes(policy=policy.SMTP))
    except (smtplib.SMTPException, OSError) as trouble:
        raise Refused(_("The door for letters is closed at present. Is the demonstration served?")) from trouble
    return to


def _answer(letter: EmailMessage, to: str, *, sender: str, text: str) -> EmailMessage:
    """With its headers, and the letter quoted below, as most programs do it."""
    answer, subject = EmailMessage(), str(letter["Subject"] or "")
    answer["From"], answer["To"] = sender, to
    answer["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    answer["Date"], answer["Message-ID"] = format_datetime(timezone.now()), make_msgid(domain="client.example")
    answer["In-Reply-To"] = letter["Message-ID"]
    answer["References"] = " ".join(filter(None, [letter["References"], letter["Message-ID"]]))
    body = letter.get_body(("plain",))
    said = body.get_content() if body else ""
    quoted = "\n".join(f"> {line}" for line in said.splitlines())
    answer.set_content(f"{text}\n\nOn {letter['Date']}, {letter['From']} wrote:\n\n{quoted}\n")
    return answer
