"""How fast a post goes out to thousands, beside a loop over the framework's own mail API."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.utils import timezone

from collegium.config.bench.corpus.copying import copy, follow_on, next_id
from collegium.config.bench.serving import seconds
from collegium.config.bench.sink import Sink, open_sink
from collegium.config.locators import MailRelay
from collegium.core.access.models import Admission
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Notification
from collegium.core.people.models import Person, Tenure
from collegium.core.trail.models import Event
from collegium.rooms.discussions.actions import answer_topic
from collegium.rooms.discussions.models import Post, Topic

RECIPIENTS = 5_000
NAIVE = 500
REASON = "bench"
_MANY = """
INSERT INTO access_admission (person_id, audience_id, reason, period)
SELECT p.id, %s, %s, tstzrange(now() - interval '1 day', NULL) FROM people_person p WHERE p.id >= %s"""


def _database() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return seconds(cursor.fetchone()[0])


@dataclass
class Work:
    """Processor time of this process and of its database process, and the clock, from its making on."""

    own: float = field(default_factory=time.process_time)
    database: float = field(default_factory=_database)
    clock: float = field(default_factory=time.monotonic)

    def since(self) -> Work:
        return Work(time.process_time() - self.own, _database() - self.database, time.monotonic() - self.clock)


def measured(tell: Callable[[str], object]) -> dict[str, Any]:
    """A post to RECIPIENTS members, all wanting every message, into a relay on this machine."""
    tell("Sending letters …")
    topic, tenure = _spoken_in()
    first = _crowd(topic)
    try:
        with open_sink() as sink:
            settings.MAIL_RELAY = MailRelay("127.0.0.1", sink.port, "", "", "none", 10, settings.DEFAULT_FROM_EMAIL)
            _fan_out(topic, tenure, sink)  # templates and statements are ready from here on
            return _fan_out(topic, tenure, sink) | {"naive": _loop(sink, topic)}
    finally:
        _disperse(first)


def _fan_out(topic: Topic, tenure: Tenure, sink: Sink) -> dict[str, Any]:
    sink.begin()
    begun = Work()
    post = answer_topic(
        topic, raw="A measured answer.\n\n" * 20, tenure=tenure, viewer=_speaker(tenure), at=timezone.now()
    )
    wake(Event.objects.get(name="topic.answered", entry=topic.pk, facts__part_id=post.pk).pk)
    chosen = begun.since()
    before = Work()
    sent = Office(timezone.now).send_due()
    spent = before.since()
    return {
        "recipients": sent,
        "per_second": sent / spent.clock,
        "cpu": (spent.own + spent.database) / sent * 1000,
        "cpu_database": spent.database / sent * 1000,
        "chosen_in": chosen.clock,
        "first_after": sink.first_at - begun.clock,
    }


def _loop(sink: Sink, topic: Topic) -> dict[str, float]:
    """What anybody would write first: each letter composed and sent on its own, over one connection."""
    post = Post.objects.filter(topic=topic).order_by("-number")[0]
    backend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=sink.port, username="", password=""
    )
    before = Work()
    for number in range(NAIVE):
        letter = EmailMultiAlternatives(
            f"Re: {topic.entry.title}", post.raw, settings.DEFAULT_FROM_EMAIL, [f"r{number}@measured.example"]
        )
        letter.attach_alternative(post.article, "text/html")
        letter.connection = backend
        letter.send()
    backend.close()
    spent = before.since()
    return {"per_second": NAIVE / spent.clock, "cpu": spent.own / NAIVE * 1000}


# --- the crowd


def _spoken_in() -> tuple[Topic, Tenure]:
    """An open topic, and a tenure that speaks in it."""
    group = Group.objects.filter(default_level="every", joining=Group.Joining.EX_OFFICIO).order_by("pk")[0]
    topic = Topic.objects.filter(group=group, closed_at=None).select_related("entry", "group").order_by("-pk")[0]
    admitted = Admission.objects.filter(audience=topic.entry.audience_id, organization__isnull=False)
    admission = admitted.order_by("pk")[0]
    tenures = Tenure.objects.filter(person=admission.person_id, seat__organization=admission.organization_id)
    return topic, tenures.select_related("person").order_by("-pk")[0]


def _speaker(tenure: Tenure) -> Viewer:
    return Viewer.of(tenure.person, at=timezone.now())


def _crowd(topic: Topic) -> int:
    """More people, admitted where the topic is read; the first of their ids. They are made once and stay."""
    first = Person.objects.filter(handle="crowd-0").values_list("pk", flat=True).first() or _gather()
    with connection.cursor() as cursor:
        cursor.execute(_MANY, [topic.entry.audience_id, REASON, first])
        cursor.execute("ANALYZE access_admission, people_person, account_emailaddress")
    return first


def _gather() -> int:
    first, address, now = next_id(Person), next_id(EmailAddress), timezone.now()
    ids = range(RECIPIENTS)
    people = ({"id": first + n, "handle": f"crowd-{n}", "name": f"Crowd {n}", "joined_at": now} for n in ids)
    copy(Person, ({**person, "password": "!"} for person in people))
    addresses = ({"id": address + n, "user_id": first + n, "email": f"crowd-{n}@measured.example"} for n in ids)
    copy(EmailAddress, ({**row, "verified": True, "primary": True} for row in addresses))
    follow_on(Person, EmailAddress)
    return first


def _disperse(first: int) -> None:
    Delivery.objects.all().delete()
    Notification.objects.filter(person__gte=first).delete()
    Admission.objects.filter(person__gte=first).delete()
