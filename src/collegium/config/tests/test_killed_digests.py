"""Whoever writes or sends digests may be killed at any moment: each message comes to each reader, in one digest."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from itertools import pairwise
from threading import Event as Moment
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app

from collegium.config.bench.surroundings import free_port
from collegium.core.groups.models import Circle, Group
from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.jobs import write_digests
from collegium.core.mail.mailings.claiming import BATCH
from collegium.core.mail.models import Delivery, Digest, Mailing
from collegium.core.mail.tests import sink
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import DigestChoice, Preference
from collegium.core.people.models import Person
from collegium.core.trail.models import Event
from collegium.rooms.discussions.tests.factories import make_answer, make_topic

from .crowds import crowd, forget_jobs
from .killing import A_MOMENT, Killed, database, killed

pytestmark = pytest.mark.django_db(transaction=True)
READERS, WEEKS, SAID = 240, 2, 4
PATIENCE = 90  # seconds, for machines that have much else to do: far more than it takes
WEEK = timedelta(days=7)
ZONES = ("UTC", "Asia/Kathmandu", "Pacific/Honolulu", "Pacific/Kiritimati")


@pytest.fixture
def cast() -> Cast:
    """Made for this test alone: others are undone, what is committed here is swept away."""
    return build_cast()


# --- what comes to whom


class Ledger(sink.Conversation):
    """Keeps of each letter to the crowd whom it is for, its name, and the messages it tells of."""

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        raw = b"".join(lines)
        name, told = (
            re.findall(rb"(?im)^message-id:\s*(\S+)", raw)[0],
            re.findall(rb"(?m)^ +Message (\d+-\d+-\d+)", raw),
        )
        with self.server.came:
            if self.to.startswith("crowd-"):
                self.server.letters.append((self.to, (name, told)))  # type: ignore[arg-type]  # less than a letter
            self.server.came.notify_all()
        self._say("250 taken")


class Post:
    """The relay, and the letters it has had."""

    def __init__(self, server: sink.Sink) -> None:
        self.server = server
        self.letters: list[Any] = server.letters

    def wait_for(self, number: int) -> None:
        """So many letters, each counted once however often it came; bounded: what has not come by then is lost."""

        def came() -> bool:
            return len({(to, name) for to, (name, _told) in self.letters}) >= number

        with self.server.came:
            assert self.server.came.wait_for(came, PATIENCE), (len(self.letters), number)

    def told(self) -> dict[str, list[bytes]]:
        """The messages each reader was told of, a letter that came twice counted once."""
        letters = {(to, name): told for to, (name, told) in self.letters}
        found: dict[str, list[bytes]] = {}
        for (to, _name), told in letters.items():
            found.setdefault(to, []).extend(told)
        return found

    def repeated(self) -> int:
        return len(self.letters) - len({(to, name) for to, (name, _told) in self.letters})


@contextmanager
def post() -> Iterator[Post]:
    with sink.sink() as server:
        server.RequestHandlerClass = Ledger
        yield Post(server)


# --- who reads, and what is said


def readers(groups: list[Group]) -> int:
    """Every hour of the day and of the week, here and there; returns how many digests a week of messages makes."""
    circles = Circle.objects.filter(pk__in=[group.circle_id for group in groups])
    people = crowd(READERS, *circles.values_list("audience_id", flat=True))
    for number, one in enumerate(people):
        one.time_zone = ZONES[number % len(ZONES)]
    Person.objects.bulk_update(people, ["time_zone"])
    Preference.objects.bulk_create(
        Preference(person=one, place=group.entry, level="weekly" if number % 3 else "daily")
        for number, one in enumerate(people)
        for group in groups
    )
    choices = DigestChoice.objects.bulk_create(
        DigestChoice(person=one, hour=number % 24, weekday=number % 7 + 1, by_group=number % 5 == 0)
        for number, one in enumerate(people)
    )
    return sum(len(groups) if choice.by_group else 1 for choice in choices)


def said(cast: Cast, groups: list[Group], week: int) -> list[bytes]:
    """A topic with answers in each group, told of so long ago that everybody's hour has come since."""
    marks = []
    for place, (group, by) in enumerate(zip(groups, ("colleague", "two_seats"), strict=True)):
        numbered = [f"{week}-{place}-{number}" for number in range(SAID)]
        topic = make_topic(cast, by=by, group=group, raw=f"Message {numbered[0]}")
        for number in numbered[1:]:
            make_answer(cast, topic, by=by, raw=f"Message {number}")
        marks += [number.encode() for number in numbered]
    # Not while a process runs that waits by the clock.
    with time_machine.travel(timezone.now() - WEEK - timedelta(days=1), tick=False):
        for pk in Event.objects.filter(name__in=["topic.opened", "topic.answered"]).values_list("pk", flat=True):
            wake(pk)
    forget_jobs()
    return marks


def a_week_passes() -> None:
    """All that happened is a week older."""
    # Out of each other's way first: no two windows may be the same, not even for a moment.
    for much in (1_000 * WEEK, -1_001 * WEEK):
        Digest.objects.update(since=F("since") + much, until=F("until") + much)
    Delivery.objects.update(at=F("at") - WEEK, due_at=F("due_at") - WEEK)
    Mailing.objects.update(at=F("at") - WEEK)


# --- dying


def sending(came: Post) -> AbstractContextManager[Killed]:
    """Whoever sends, to this relay."""
    relay = f"smtp://127.0.0.1:{came.server.server_address[1]}?from=council@peers.example"
    return killed("posting.post", SMTP_URL=relay, MAIL_DOOR=f"lmtp://127.0.0.1:{free_port()}")


def kill_while_it_writes(worker: Killed, chance: random.Random) -> None:
    """It stands still at a row taken by chance, with what comes before that row done, and dies there."""
    gathered = list(Delivery.objects.filter(state="gathered").order_by("pk").values_list("pk", flat=True))
    written = Digest.objects.count()
    with psycopg.connect(database()) as other:
        other.execute("SELECT FROM mail_delivery WHERE id = %s FOR UPDATE", [chance.choice(gathered)])
        app.tasks[write_digests.name].defer(timestamp=0)
        _until_somebody_waits_for(other.info.backend_pid)
        worker.again()
    assert (Digest.objects.count(), Delivery.objects.filter(state="gathered").count()) == (written, len(gathered))


def _until_somebody_waits_for(pid: int) -> None:
    with connection.cursor() as cursor:
        for _time in range(int(PATIENCE / A_MOMENT)):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [pid])
            if cursor.fetchone()[0]:
                return
            Moment().wait(A_MOMENT)
    raise AssertionError("nobody writes digests")


def test_digests_come_whole_and_once_whoever_is_killed(cast: Cast) -> None:
    groups, chance, marks = [cast.cfos, cast.membership], random.Random(2028), []
    a_week = readers(groups)
    with post() as came, sending(came) as sender, killed("serving.work") as worker:
        worker.kill()
        for week in range(WEEKS):
            marks += said(cast, groups, week)
            worker.start()
            kill_while_it_writes(worker, chance)
            app.tasks[write_digests.name].defer(timestamp=0)
            came.wait_for(a_week * week + chance.randrange(1, a_week))
            sender.again()
            came.wait_for(a_week * (week + 1))
            worker.kill()
            assert write_due(at=timezone.now()) == 0
            a_week_passes()
        sender.end()
    assert {to: sorted(told) for to, told in came.told().items()} == {
        f"crowd-{number}@crowd.example": sorted(marks) for number in range(READERS)
    }
    assert came.repeated() <= BATCH * WEEKS
    assert Digest.objects.count() == a_week * WEEKS
    assert Counter(Delivery.objects.filter(mailing__kind="mail.digest").values_list("state", flat=True)) == {
        "sent": a_week * WEEKS
    }
    assert not list(windows_that_meet())


def windows_that_meet() -> Iterator[tuple[Digest, Digest]]:
    """Two digests of the same messages, by their times."""
    found = Digest.objects.order_by("person", "cadence", "place", "until")
    for one, other in pairwise(found):
        same = (one.person_id, one.cadence, one.place_id) == (other.person_id, other.cadence, other.place_id)
        if same and other.since < one.until:
            yield one, other
