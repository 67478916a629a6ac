"""Many more people of a group, for the time of a measurement, and somebody who speaks to them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from collegium.config.bench.corpus.copying import copy, follow_on, next_id
from collegium.config.bench.serving import seconds
from collegium.core.access.models import Admission
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.mail.models import Delivery, Digest
from collegium.core.notices.models import Notification, Preference
from collegium.core.people.models import Person, Tenure
from collegium.rooms.discussions.models import Topic

REASON = "bench"
_ADMIT = """
INSERT INTO access_admission (person_id, audience_id, reason, period)
SELECT p.id, %s, %s, tstzrange(now() - interval '1 day', NULL) FROM people_person p WHERE p.id = ANY(%s::bigint[])"""


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


def spoken_in(topics: int = 1) -> tuple[list[Topic], Tenure]:
    """Open topics of one group, and a tenure that speaks in them."""
    group = Group.objects.filter(default_level="every", joining=Group.Joining.EX_OFFICIO).order_by("pk")[0]
    circle = Topic.objects.filter(group=group, closed_at=None).order_by("-pk").values("entry__audience")[:1]
    found = Topic.objects.filter(group=group, closed_at=None, entry__audience__in=circle)
    found = found.select_related("entry", "group").order_by("-pk")[:topics]
    admitted = Admission.objects.filter(audience__in=circle, organization__isnull=False)
    admission = admitted.order_by("pk")[0]
    tenures = Tenure.objects.filter(person=admission.person_id, seat__organization=admission.organization_id)
    return list(found), tenures.select_related("person").order_by("-pk")[0]


def speaker(tenure: Tenure) -> Viewer:
    return Viewer.of(tenure.person, at=timezone.now())


@contextmanager
def crowd(name: str, number: int, topic: Topic) -> Iterator[list[int]]:
    """The ids of so many more people, admitted where the topic is read. They are made once and stay, as strangers."""
    known = Person.objects.filter(handle__startswith=f"{name}-").order_by("pk").values_list("pk", flat=True)
    ids = list(known) or _make(name, number)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ADMIT, [topic.entry.audience_id, REASON, ids])
            cursor.execute("ANALYZE access_admission, people_person, account_emailaddress")
        yield ids
    finally:
        Delivery.objects.all().delete()
        Digest.objects.filter(person__in=ids).delete()
        Notification.objects.filter(person__in=ids).delete()
        Preference.objects.filter(person__in=ids).delete()
        Admission.objects.filter(person__in=ids).delete()


def _make(name: str, number: int) -> list[int]:
    first, address, now = next_id(Person), next_id(EmailAddress), timezone.now()
    ids = range(number)
    people = ({"id": first + n, "handle": f"{name}-{n}", "name": f"{name.title()} {n}", "joined_at": now} for n in ids)
    copy(Person, ({**person, "password": "!"} for person in people))
    addresses = ({"id": address + n, "user_id": first + n, "email": f"{name}-{n}@measured.example"} for n in ids)
    copy(EmailAddress, ({**row, "verified": True, "primary": True} for row in addresses))
    follow_on(Person, EmailAddress)
    return [first + n for n in ids]
