"""How fast letters come in: through the real door, then read and published by the real job."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection

from collegium.config.bench.serving import seconds_with_ended
from collegium.config.bench.surroundings import free_port
from collegium.config.commands import serving
from collegium.core.access.models import Admission
from collegium.core.groups.models import Group
from collegium.core.mail.incoming.handling import MOST
from collegium.core.mail.incoming.receiving import receiver
from collegium.core.mail.models import Incoming
from collegium.rooms.discussions.models import Post

LETTERS = 400
VERIFIER = "mx.measured.example"
PARAGRAPH = "We looked at this in spring, and the auditors' answer was not what we had hoped for at all.\n\n"


@dataclass
class Work:
    """Processor time of this process and of the whole database, and the clock, from its making on."""

    database: int
    own: float = field(default_factory=time.process_time)
    clock: float = field(default_factory=time.monotonic)
    theirs: float = field(init=False)

    def __post_init__(self) -> None:
        self.theirs = seconds_with_ended(self.database)

    def since(self, letters: int) -> dict[str, float]:
        """Letters a second, and milliseconds of processor time for each, of which some are the database's."""
        own, clock = time.process_time() - self.own, time.monotonic() - self.clock
        theirs = seconds_with_ended(self.database) - self.theirs
        each = 1000 / letters
        return {"per_second": letters / clock, "cpu": (own + theirs) * each, "cpu_database": theirs * each}


def measured(database: int, tell: Callable[[str], object]) -> dict[str, Any]:
    """LETTERS answers of a group's members, one after another; `database` is the server's process id."""
    tell("Taking letters in …")
    settings.MAIL_AUTHSERV_ID = VERIFIER
    group, writers = _written_by()
    posts = list(Post.objects.filter(topic__group=group, topic__closed_at=None).order_by("-pk")[:LETTERS])
    letters = [_letter(n, writers[n % len(writers)], group, posts[n % len(posts)]) for n in range(LETTERS)]
    Incoming.objects.all().delete()
    # What waits already is not measured, and everything is ready from here on.
    serving.work(wait=False)
    _bring(letters[:1])
    serving.work(wait=False, queues=["letters"])
    brought, begun, work = letters[1:], time.monotonic(), Work(database)
    _bring(brought)
    taken, work = work.since(len(brought)), Work(database)
    serving.work(wait=False, queues=["letters"])
    handled, clock = work.since(len(brought)), time.monotonic() - begun
    states = set(Incoming.objects.values_list("state", flat=True))
    Incoming.objects.all().delete()
    if states != {"posted"}:
        raise RuntimeError(f"Of the letters not all were published: {sorted(states)}")
    return {"letters": len(brought), "taken": taken, "handled": handled, "per_second": len(brought) / clock}


def _written_by() -> tuple[Group, list[str]]:
    """A group, and verified addresses of members from whom the letters come, none more than a person may write."""
    group = Group.objects.filter(default_level="every", joining=Group.Joining.EX_OFFICIO).order_by("pk")[0]
    assert group.circle is not None  # a group of seats has one
    admitted = Admission.objects.filter(audience=group.circle.audience_id, organization__isnull=False)
    found = EmailAddress.objects.filter(user__in=admitted.values("person"), user__closed_at=None, primary=True)
    addresses = list(found.order_by("pk").values_list("email", flat=True)[: LETTERS // MOST * 2 + 2])
    EmailAddress.objects.filter(email__in=addresses).update(verified=True)
    return group, addresses


def _letter(number: int, sender: str, group: Group, post: Post) -> tuple[str, str, bytes]:
    """An answer as mail programs write it: text and HTML, with what it answers quoted below."""
    message, to = EmailMessage(), f"{group.slug}@{settings.MAIL_DOMAIN}"
    message["Authentication-Results"] = f"{VERIFIER}; dmarc=pass header.from={sender.rpartition('@')[2]}"
    message["From"], message["To"], message["Subject"] = sender, to, "Re: What we measured"
    message["Message-ID"] = f"<answer-{number}-{time.time_ns()}@measured.example>"
    message["In-Reply-To"] = f"<post-{post.pk}@{settings.MAIL_DOMAIN}>"
    said, before = f"Answer {number}.\n\n{PARAGRAPH * 3}", post.raw[:2000]
    quoted = "\n".join(f"> {line}" for line in before.splitlines())
    message.set_content(f"{said}\n\nOn Tue, 5 May 2026 at 12:30, Ann Example <{to}> wrote:\n\n{quoted}\n")
    paragraphs = "".join(f"<p>{one}</p>" for one in said.split("\n\n") if one)
    quote = f'<div class="gmail_quote"><blockquote>{before}</blockquote></div>'
    message.add_alternative(f'<div dir="ltr">{paragraphs}</div>{quote}', subtype="html")
    return sender, to, message.as_bytes(policy=policy.SMTP)


def _bring(letters: list[tuple[str, str, bytes]]) -> None:
    """As a mail server does that has much to bring: over one connection."""
    port = free_port()
    controller = receiver("127.0.0.1", port, protocol="lmtp")
    controller.start()
    try:
        with smtplib.LMTP("127.0.0.1", port) as client:
            for sender, to, raw in letters:
                client.sendmail(sender, [to], raw)
    finally:
        controller.stop()
        controller.handler.close()
    connection.close_if_unusable_or_obsolete()
