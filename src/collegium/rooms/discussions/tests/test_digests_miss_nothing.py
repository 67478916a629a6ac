"""Whatever its reader chooses, and however late a worker runs or dies: each message comes once, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.core.mail.digests.contents import contents_of, make_ready
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.mailings.choosing import address_to_many
from collegium.core.mail.models import Delivery, Digest, Mailing
from collegium.core.notices import actions as notices
from collegium.core.people.models import Person
from collegium.core.trail.models import Event

from .factories import make_topic

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 5, 4, 0, 0, tzinfo=UTC)
ZONES = ["UTC", "Pacific/Honolulu", "Asia/Kathmandu", "Pacific/Kiritimati", "No/Such_Zone"]
DIGESTS = ("daily", "weekly")

steps = st.one_of(
    st.tuples(st.just("say"), st.none()),
    st.tuples(st.just("level"), st.sampled_from(["every", "daily", "weekly"])),
    st.tuples(st.just("hours"), st.tuples(st.integers(0, 23), st.integers(1, 7), st.booleans())),
    st.tuples(st.just("zone"), st.sampled_from(ZONES)),
    st.tuples(st.just("write"), st.none()),
    st.tuples(st.just("die"), st.none()),
)
lives = st.lists(st.tuples(st.integers(0, 60 * 40), steps), min_size=5, max_size=14)


class Died(Exception):
    pass


class Life:
    """What happens to one reader, step after step."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.at, self.level = cast, BEGIN, "every"
        self.expected: dict[str, str] = {}

    def say(self, _what: None) -> None:
        """A message, told at once; remembered with what its reader wants at that moment."""
        topic = make_topic(self.cast, at=self.at)
        event = Event.objects.get(name="topic.opened", entry=topic.pk)
        address_to_many(event, at=self.at)
        self.expected[topic.entry.title] = "digest" if self.level in DIGESTS else "at once"

    def choose_level(self, level: str) -> None:
        self.level = level
        notices.choose_level(self.cast.cfos.entry, level=level, by=self.cast.leaver)

    def hours(self, chosen: tuple[int, int, bool]) -> None:
        hour, weekday, by_group = chosen
        notices.choose_digests(hour=hour, weekday=weekday, by_group=by_group, by=self.cast.leaver)

    def zone(self, name: str) -> None:
        Person.objects.filter(pk=self.cast.leaver.pk).update(time_zone=name)

    def write(self, _what: None) -> None:
        write_due(at=self.at)

    def die(self, _what: None) -> None:
        """A worker that wrote digests and did not come to the end of its transaction."""
        with pytest.raises(Died):
            self._write_and_die()

    @transaction.atomic
    def _write_and_die(self) -> None:
        write_due(at=self.at)
        raise Died

    def live(self, life: Any) -> None:
        deeds: dict[str, Any] = {
            "say": self.say,
            "level": self.choose_level,
            "hours": self.hours,
            "zone": self.zone,
            "write": self.write,
            "die": self.die,
        }
        for minutes, (deed, what) in life:
            self.at += timedelta(minutes=minutes)
            deeds[deed](what)
        # Two weeks later everything has come.
        for _week in range(2):
            self.at += timedelta(days=8)
            write_due(at=self.at)

    def came(self) -> dict[str, list[str]]:
        """How each message came to its reader."""
        found: dict[str, list[str]] = {}
        at_once = Delivery.objects.filter(person=self.cast.leaver, state="waiting", mailing__entry__isnull=False)
        for title in at_once.values_list("mailing__entry__title", flat=True):
            found.setdefault(title, []).append("at once")
        mailings = list(Mailing.objects.filter(kind="mail.digest", digest__person=self.cast.leaver))
        make_ready(mailings, self.at)
        for mailing in mailings:
            contents = contents_of(mailing)
            for group in contents.groups if contents else []:
                for topic in group.topics:
                    found.setdefault(topic.title, []).append("digest")
        return found


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=lives)
def test_each_message_comes_once(cast, life):
    with transaction.atomic():
        lived = Life(cast)
        lived.live(life)
        assert lived.came() == {topic: [way] for topic, way in lived.expected.items()}
        assert not Delivery.objects.filter(person=cast.leaver, state="gathered").exists()
        windows = list(Digest.objects.filter(person=cast.leaver).order_by("pk").values_list("since", "until"))
        assert all(since <= until for since, until in windows)
        assert len({mailing.pk for mailing in Mailing.objects.filter(kind="mail.digest")}) >= len(windows)
        transaction.set_rollback(True)


def test_the_windows_of_one_who_changes_nothing_join_without_a_gap(cast):
    lived = Life(cast)
    lived.choose_level("daily")
    for _day in range(6):
        lived.say(None)
        lived.at += timedelta(hours=31)
        lived.write(None)
    windows = list(Digest.objects.filter(person=cast.leaver).order_by("until").values_list("since", "until"))
    assert [until for _since, until in windows[:-1]] == [since for since, _until in windows[1:]]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one(cast):
    lived = Life(cast)
    lived.choose_level("daily")
    lived.say(None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET time_zone = 'UTC'")
    at = BEGIN + timedelta(days=1, hours=8)
    with time_machine.travel(at, tick=False):
        assert [write_due(at=timezone.now()) for _worker in range(2)] == [1, 0]
