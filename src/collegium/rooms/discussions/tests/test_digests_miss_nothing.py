"""Whatever readers choose, wherever they still belong, however late a worker runs or dies: each message comes once."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collegium.core.groups.tests.cast import build_cast
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.models import Delivery, Digest

from .lives import Lives
from .posted import a_relay

pytestmark = pytest.mark.django_db

# Before summer, and before an hour comes twice in New York.
BEGINNINGS = [datetime(2026, 5, 4, 0, 0, tzinfo=UTC), datetime(2026, 10, 30, 12, 0, tzinfo=UTC)]
ZONES = ["UTC", "Pacific/Honolulu", "Asia/Kathmandu", "Pacific/Kiritimati", "America/New_York", "No/Such_Zone"]

who, group = st.sampled_from(["leaver", "stayer"]), st.sampled_from(["cfos", "membership"])
level = st.sampled_from(["every", "daily", "daily", "weekly", "weekly", "mentions", "nothing"])
said = st.tuples(st.just("say"), st.tuples(group, st.booleans()))
hours = st.tuples(st.just("hours"), st.tuples(who, st.integers(0, 23), st.integers(1, 7), st.booleans()))
steps = st.one_of(
    said,
    said,
    st.tuples(st.just("announce"), st.none()),
    st.tuples(st.just("delete"), st.none()),
    st.tuples(st.just("level"), st.tuples(who, group, level)),
    hours,
    st.tuples(st.just("zone"), st.tuples(who, st.sampled_from(ZONES))),
    st.tuples(st.just("mute"), who),
    st.tuples(st.just("join"), st.none()),
    st.tuples(st.just("end"), st.none()),
    st.tuples(st.just("write"), st.none()),
    st.tuples(st.just("send"), st.none()),
    st.tuples(st.just("die"), st.sampled_from(["writing", "claimed", "sent"])),
)
lives = st.lists(st.tuples(st.integers(1, 60 * 40), steps), min_size=8, max_size=24)


@pytest.fixture
def relay(settings):
    with a_relay(settings) as relay:
        yield relay


def begin(cast, relay, at=BEGINNINGS[0]):
    """Readers who want digests of one group and have just joined another."""
    relay.letters.clear()
    lived = Lives(cast, relay, at)
    lived.join(None)
    for name, place, wanted in [
        ("leaver", "cfos", "daily"),
        ("leaver", "membership", "weekly"),
        ("stayer", "cfos", "weekly"),
    ]:
        lived.level((name, place, wanted))
    return lived


@settings(
    max_examples=20, phases=[Phase.generate], deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(beginning=st.sampled_from(BEGINNINGS), life=lives)
def test_each_message_comes_as_it_is_reckoned(cast, relay, beginning, life):
    with transaction.atomic():
        lived = begin(cast, relay, beginning)
        lived.live(life)
        came, reckoned = lived.came(), lived.reckoned
        # The house names letters in its own way: the same letters have the same name.
        assert sorted((reader, told) for reader, _name, told in came) == sorted(
            (reader, told) for reader, _name, told in reckoned.came
        )
        assert named(came) == named(reckoned.came)
        assert_no_message_is_in_two_letters(came)
        waits = Delivery.objects.filter(person__in=lived.persons.values(), state__in=["gathered", "waiting", "claimed"])
        assert (list(waits), reckoned.gathered, reckoned.waiting) == ([], [], [])
        transaction.set_rollback(True)


def named(came):
    """How often each letter came, whatever it is called."""
    found = defaultdict(list)
    for reader, name, told in came:
        found[reader, name].append(told)
    return sorted((reader, sorted(copies)) for (reader, _name), copies in found.items())


def assert_no_message_is_in_two_letters(came):
    names = defaultdict(set)
    for reader, name, told in came:
        for number in told:
            names[reader, number].add(name)
    assert [key for key, found in names.items() if len(found) > 1] == []


def test_the_windows_of_one_who_changes_nothing_join_without_a_gap(cast, relay):
    lived = begin(cast, relay)
    for _day in range(6):
        lived.say(("cfos", False))
        lived.at += timedelta(hours=31)
        lived.write(None)
    daily = Digest.objects.filter(person=cast.leaver, cadence="daily").order_by("until")
    windows = list(daily.values_list("since", "until"))
    assert len(windows) == 6
    assert [until for _since, until in windows[:-1]] == [since for since, _until in windows[1:]]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_writes(relay):
    lived = begin(build_cast(), relay)
    lived.say(("cfos", False))
    at = BEGINNINGS[0] + timedelta(days=8)

    def write(_worker: int) -> int:
        try:
            return write_due(at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(write, range(2))) == [0, 2]
    assert Digest.objects.count() == 2
