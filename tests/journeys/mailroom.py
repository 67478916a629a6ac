"""The house's own end of the post: its door for letters, its sender, and the mailboxes of everybody else."""

from __future__ import annotations

import queue
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from typing import Any

from django.utils import timezone

from collegium.config.bench.surroundings import free_ports
from collegium.config.locators import MailRelay
from collegium.core.mail import jobs
from collegium.core.mail.incoming.handling import handle_letter
from collegium.core.mail.incoming.receiving import receiver
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Incoming, Letter
from collegium.core.mail.tests.sink import Sink, sink

from . import when
from .postfix import DOMAIN, PATIENCE, VERIFIER, Postfix, postfix


@dataclass
class Mailroom:
    """Postfix with the house on one side and everybody's mailboxes on the other."""

    server: Postfix
    mailboxes: Sink
    acknowledged: queue.Queue[str]
    read: int = 0

    # --- what the house does

    def the_house_takes_a_letter(self) -> Incoming:
        """Postfix has brought one, and it is handled; whoever is to hear of it is told."""
        answer = self.acknowledged.get(timeout=PATIENCE)
        assert answer.startswith("250 ")
        came = Incoming.objects.latest("pk")
        handle_letter(came.pk, at=timezone.now())
        return Incoming.objects.get(pk=came.pk)

    def the_house_sends(self, *, letters: int) -> dict[str, EmailMessage]:
        """All that waits goes to Postfix; what then arrives in the mailboxes, by address."""
        when.the_worker_has_told_everybody()
        for letter in Letter.objects.filter(sent_at=None, refused="").order_by("pk"):
            jobs.send(letter_id=letter.pk)
        Office(timezone.now).send_due()
        arrived = self.mailboxes.wait_for(self.read + letters)[self.read :]
        self.read += letters
        assert len(arrived) == letters, [(to, letter["Subject"]) for to, letter in arrived]
        return dict(arrived)

    # --- what people do

    def somebody_writes(self, by: str, to: str, subject: str, text: str, *, proved: bool = True, **head: str) -> None:
        """A new letter from somebody's mail program, by way of their own server."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = by, to, subject
        letter["Message-ID"] = make_msgid(domain=by.rpartition("@")[2])
        for name, value in head.items():
            letter[name.replace("_", "-")] = value
        letter.set_content(text)
        self.server.carry(letter, sender=by, to=to, is_proved=proved)

    def somebody_answers(self, letter: EmailMessage, by: str, text: str) -> None:
        """As their mail program does it: to Reply-To, naming the letter, and with it quoted below."""
        body = letter.get_body(("plain",))
        assert body is not None
        quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
        self.somebody_writes(
            by,
            parseaddr(letter["Reply-To"])[1],
            f"Re: {letter['Subject']}",
            f"{text}\n\nOn Tue, 5 May 2026 at 12:30, {letter['From']} wrote:\n\n{quoted}\n",
            In_Reply_To=letter["Message-ID"],
            References=" ".join(filter(None, [letter["References"], letter["Message-ID"]])),
        )


def link_in(letter: EmailMessage, beginning: str) -> str:
    """The path of the first link of the letter that begins so."""
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(rf"https?://[^/\s]+({beginning}\S*)", body.get_content())
    assert found
    return found[1]


@contextmanager
def mailroom(settings: Any) -> Iterator[Mailroom]:
    """For the time of a test, with settings as in production."""
    port, *doors = free_ports(4)
    acknowledged = queue.Queue[str]()
    with sink() as mailboxes, postfix(*doors, house=port, world=mailboxes.server_address[1]) as server:
        settings.MODE, settings.MAIL_DOMAIN, settings.MAIL_AUTHSERV_ID = "production", DOMAIN, VERIFIER
        settings.MAIL_RELAY = MailRelay(
            "127.0.0.1", server.outward, "", "", "none", PATIENCE, f"Council <collegium@{DOMAIN}>"
        )
        controller = receiver("127.0.0.1", port, protocol="lmtp")
        keep = controller.handler.handle_DATA

        async def noted(*given: Any) -> str:
            answer: str = await keep(*given)
            acknowledged.put(answer)
            return answer

        controller.handler.handle_DATA = noted
        controller.start()
        try:
            yield Mailroom(server, mailboxes, acknowledged)
        finally:
            controller.stop()
            controller.handler.close()
