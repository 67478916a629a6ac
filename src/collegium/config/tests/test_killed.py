"""Whoever sends, takes in or handles letters may be killed at any moment: none is lost, and few go twice."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from procrastinate.contrib.django import app

from collegium.config.bench.surroundings import free_port
from collegium.config.commands import serving
from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.mail.mailings.claiming import BATCH
from collegium.core.mail.models import Delivery, Incoming
from collegium.core.mail.tests import sink
from collegium.core.notices.jobs import wake
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.discussions.models import Post
from collegium.rooms.discussions.tests.factories import make_topic

from .crowds import crowd, forget_jobs
from .killing import Carrier, killed

pytestmark = pytest.mark.django_db(transaction=True)
RECIPIENTS, LETTERS, WRITERS = 2_000, 200, 10
KILLS = 3
PATIENCE = 90  # seconds, for machines that have much else to do: far more than it takes


@pytest.fixture
def cast() -> Cast:
    """Made for this test alone: others are undone, what is committed here is swept away."""
    return build_cast()


# --- out


class Ledger(sink.Conversation):
    """Keeps of each letter whom it is for and its name."""

    def _take(self) -> None:
        self._say("354 go on")
        head, in_head = b"", True
        while (line := self.rfile.readline()) != b".\r\n":
            in_head = in_head and line != b"\r\n"
            head += line if in_head else b""
        found = re.search(rb"(?im)^message-id:\s*(\S+)", head)
        with self.server.came:
            self.server.letters.append((self.to, found[1] if found else b""))  # type: ignore[arg-type]  # less than a letter
            self.server.came.notify_all()
        self._say("250 taken")


@contextmanager
def ledger() -> Iterator[sink.Sink]:
    with sink.sink() as server:
        server.RequestHandlerClass = Ledger
        yield server


def test_a_sender_killed_in_the_midst_of_thousands_loses_no_letter_and_repeats_few(cast):
    topic = make_topic(cast, by="colleague")
    crowd(RECIPIENTS, topic.entry.audience_id)
    wake(Event.objects.get(name="topic.opened").pk)
    everybody, chance = {f"crowd-{number}@crowd.example" for number in range(RECIPIENTS)}, random.Random(2026)
    with ledger() as server:
        relay = f"smtp://127.0.0.1:{server.server_address[1]}?from=council@peers.example"
        with killed("posting.post", SMTP_URL=relay, MAIL_DOOR=f"lmtp://127.0.0.1:{free_port()}") as sender:
            for number in sorted(chance.sample(range(1, RECIPIENTS), KILLS)):
                server.wait_for(number, patience=PATIENCE)
                sender.again()
            _wait_for_all(server, everybody)
            sender.end()
    # What the council's making told others goes out as well.
    got = [(to, name) for to, name in server.letters if to in everybody]
    assert {to for to, _name in got} == everybody
    assert len(got) - RECIPIENTS <= BATCH * sender.kills
    assert len({name for _to, name in got}) == 1
    assert not Delivery.objects.filter(state__in=["waiting", "claimed"]).exists()
    assert Delivery.objects.filter(person__handle__startswith="crowd-", state="sent").count() == RECIPIENTS


def _wait_for_all(server: sink.Sink, everybody: set[str]) -> None:
    """Bounded: what has not come by then is lost."""
    with server.came:
        server.came.wait_for(lambda: everybody <= {to for to, _name in server.letters}, PATIENCE)
        missing = everybody - {to for to, _name in server.letters}
    states = Delivery.objects.values_list("state").annotate(count=Count("pk"))
    assert not missing, f"{len(missing)} of {len(everybody)} got none; deliveries: {sorted(states)}"


# --- in


def writers(cast: Any) -> list[str]:
    """More finance officers, each of a society of their own; nobody writes more than a person does in an hour."""
    found = []
    for number in range(WRITERS):
        person = make_person(f"Writer {number}", email=f"writer-{number}@society-{number}.example")
        make_tenure(person, make_organization(), "cfo")
        found.append(f"writer-{number}@society-{number}.example")
    return found


def letter(number: int, sender: str) -> bytes:
    head = f"From: {sender}\nTo: cfos@peers.example\nSubject: Letter {number}\nMessage-ID: <{number}@society.example>"
    return f"{head}\n\nThe text of letter {number}.\n".encode()


def test_a_door_and_a_worker_killed_at_any_moment_lose_nothing_and_publish_nothing_twice(cast):
    senders, chance, port = writers(cast), random.Random(2027), free_port()
    # What sign-ups and seats left to do is not the question here.
    forget_jobs()
    door_dies, worker_dies = (set(chance.sample(range(LETTERS), KILLS)) for _which in range(2))
    with killed("posting.post", MAIL_DOOR=f"lmtp://127.0.0.1:{port}") as house, killed("serving.work") as worker:
        carrier = Carrier(house, port)
        for number in range(LETTERS):
            if number in worker_dies:
                worker.again()
            sender = senders[number % WRITERS]
            # Between handing over and hearing of it: the house has it or not, and the mail server cannot know.
            meanwhile = house.again if number in door_dies else None
            carrier.bring(sender, "cfos@peers.example", letter(number, sender), meanwhile=meanwhile)
        carrier.hang_up()
        worker.kill()
        house.end()
    _finish()
    came = Incoming.objects.order_by("pk")
    assert sorted(came.values_list("message_id", flat=True)) == sorted(f"{n}@society.example" for n in range(LETTERS))
    assert set(came.values_list("state", "reason")) == {("posted", "")}
    written = Post.objects.order_by("pk").values_list("raw", flat=True)
    assert sorted(written) == sorted(f"The text of letter {n}." for n in range(LETTERS))
    assert sorted(came.values_list("part_id", flat=True)) == sorted(Post.objects.values_list("pk", flat=True))


def _finish() -> None:
    """A worker an hour later: it finds that the killed ones are silent, and does what they left."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
    app.tasks["collegium.config.jobs.resume_abandoned_jobs"].defer(timestamp=0)
    serving.work(wait=False)
    serving.work(wait=False)
