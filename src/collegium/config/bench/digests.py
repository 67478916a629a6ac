"""How long the digests of a morning take: written for thousands of people in one statement, and sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from collegium.config.bench.crowds import Work, crowd, speaker, spoken_in
from collegium.config.bench.sink import open_sink
from collegium.config.locators import MailRelay
from collegium.core.groups.models import Group
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Level, Preference
from collegium.core.people.models import Tenure
from collegium.core.trail.models import Event
from collegium.rooms.discussions.actions import answer_topic
from collegium.rooms.discussions.models import Topic

READERS = 10_000
TOPICS, MESSAGES = 4, 12


def measured(tell: Callable[[str], object]) -> dict[str, Any]:
    """A day of a group of READERS members, all wanting a digest, into a relay on this machine."""
    tell("Sending digests …")
    topics, tenure = spoken_in(TOPICS)
    with crowd("reader", READERS, topics[0]) as readers, open_sink() as sink:
        settings.MAIL_RELAY = MailRelay("127.0.0.1", sink.port, "", "", "none", 10, settings.DEFAULT_FROM_EMAIL)
        _want_digests(readers, topics[0].group)
        for number in range(MESSAGES):
            _say(topics[number % len(topics)], tenure)
        # What went at once, to the rest of the group.
        Delivery.objects.filter(state=Delivery.State.WAITING).delete()
        return _send() | {"messages": MESSAGES}


def _want_digests(readers: list[int], group: Group) -> None:
    chosen = [Preference(person_id=reader, place=group.entry, level=Level.DAILY) for reader in readers]
    Preference.objects.bulk_create(chosen, batch_size=1000)


def _say(topic: Topic, tenure: Tenure) -> None:
    raw = "A measured answer, and why it is so.\n\n" * 20
    post = answer_topic(topic, raw=raw, tenure=tenure, viewer=speaker(tenure), at=timezone.now())
    wake(Event.objects.get(name="topic.answered", entry=topic.pk, facts__part_id=post.pk).pk)


def _send() -> dict[str, Any]:
    morning = timezone.now() + timedelta(days=1)
    before = Work()
    written = write_due(at=morning)
    wrote = before.since()
    sent = Office(lambda: morning).send_due()
    spent = before.since()
    return {
        "digests": written,
        "sent": sent,
        "seconds": spent.clock,
        "written_in": wrote.clock,
        "cpu": (spent.own + spent.database) / sent * 1000,
        "cpu_database": spent.database / sent * 1000,
    }
