"""A bounce counts against the address alone, once, by the day; enough of them suspend it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from collegium.core.mail.bounces.actions import count_bounce, forget_bounces
from collegium.core.mail.bounces.envelopes import LETTER, MAILING, Sent, envelope, sent_of
from collegium.core.mail.bounces.failing import Failed, failed_at_relay, without_names
from collegium.core.mail.bounces.models import AddressHealth, Bounce
from collegium.core.mail.bounces.scoring import ENOUGH, HARD, SOFT, STALE, Score, counted
from collegium.core.people.tests.factories import make_person
from collegium.core.trail.models import Event

from .bouncing import FULL, GONE, address_of, bounce, suspend

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return address_of(make_person("Ines Okafor", email="ines@lagoon.example"))


def health(address) -> AddressHealth:
    return AddressHealth.objects.get(pk=address.pk)


# --- done


def test_three_days_on_which_nobody_is_there_suspend_an_address(address):
    for day in range(3):
        assert not AddressHealth.objects.filter(suspended_at__isnull=False).exists()
        assert bounce(address, day, at=AT + day * DAY)
    found = health(address)
    assert (found.suspended_at, found.since, found.points) == (AT + 2 * DAY, AT, 6)
    assert (found.is_hard, found.status, found.said) == GONE
    assert found.probe_due_at == AT + 9 * DAY


def test_it_takes_twice_as_long_where_the_mailbox_is_full(address):
    for day in range(5):
        bounce(address, day, at=AT + day * DAY, failed=FULL)
    assert health(address).suspended_at is None
    bounce(address, 5, at=AT + 5 * DAY, failed=FULL)
    assert health(address).suspended_at == AT + 5 * DAY


def test_a_day_counts_once_by_the_worst_of_it(address):
    for number, failed in enumerate([FULL, FULL, GONE, FULL, GONE]):
        bounce(address, number, at=AT + number * timedelta(hours=1), failed=failed)
    assert (health(address).points, Bounce.objects.count()) == (HARD, 5)


def test_a_score_is_stale_after_a_time_without_any(address):
    for number, day in enumerate([0, 1, 12, 13]):
        bounce(address, number, at=AT + day * DAY)
    assert (health(address).points, health(address).since) == (4, AT + 12 * DAY)


def test_weekly_letters_suspend_too(address):
    for week in range(3):
        bounce(address, week, at=AT + week * timedelta(days=7, minutes=5))
    assert health(address).suspended_at is not None


def test_the_same_letter_counts_once_however_often_it_is_reported(address):
    """Who saw the envelope of a letter can say no more of it than its own server did."""
    assert bounce(address, 1, at=AT)
    assert [bounce(address, 1, at=AT + day * DAY) for day in range(1, 9)] == [False] * 8
    assert (health(address).points, Bounce.objects.count()) == (2, 1)


def test_an_address_that_is_gone_counts_nowhere(address):
    pk = address.pk
    address.delete()
    assert not count_bounce(Sent(MAILING, 1, pk), GONE, at=AT)
    assert (Bounce.objects.count(), AddressHealth.objects.count()) == (0, 0)


def test_only_the_address_is_touched(address):
    person, other = address.user, address_of(make_person(email="tomasz@lagoon.example"))
    before = (person.closed_at, person.is_active)
    suspend(person, at=AT)
    person.refresh_from_db()
    assert (person.closed_at, person.is_active) == before
    assert not AddressHealth.objects.filter(pk=other.pk).exists()


# --- recorded, rolled back, forgotten


def test_suspending_is_recorded_once_without_the_address(address):
    suspend(address.user, at=AT)
    bounce(address, 77, at=AT + DAY)
    [event] = Event.objects.filter(name="address.suspended")
    assert (event.actor, event.thing_id, event.facts) == (None, address.pk, {})


def test_what_is_taken_back_leaves_nothing(address):
    for number in (1, 2):
        bounce(address, number, at=AT + number * DAY)
    with transaction.atomic():
        bounce(address, 3, at=AT + 3 * DAY)
        assert health(address).suspended_at is not None
        transaction.set_rollback(True)
    assert (health(address).points, health(address).suspended_at, Bounce.objects.count()) == (4, None, 2)
    assert not Event.objects.filter(name="address.suspended").exists()


def test_what_came_back_long_ago_is_forgotten_and_what_is_suspended_stays(address):
    suspended = suspend(make_person(), at=AT)
    bounce(address, 1, at=AT)
    assert forget_bounces(at=AT + 179 * DAY) == 0
    assert forget_bounces(at=AT + 181 * DAY) == 4
    assert list(AddressHealth.objects.values_list("pk", flat=True)) == [suspended.pk]


# --- what a server meant


@pytest.mark.parametrize(
    ("code", "words", "is_hard", "status"),
    [
        (550, "5.1.1 no such user", True, "5.1.1"),
        (550, "no such user here", True, ""),
        (553, "not allowed", True, ""),
        (550, "5.0.0 unknown", True, "5.0.0"),
        (550, "5.2.1 mailbox disabled", True, "5.2.1"),
        (550, "5.7.1 blocked by policy", False, "5.7.1"),
        (550, "5.1.8 sender domain not found", False, "5.1.8"),
        (552, "mailbox full", False, ""),
        (554, "no", False, ""),
        (452, "4.2.2 mailbox full", False, "4.2.2"),
        (450, "greylisted", False, ""),
        (550, "5.4.4 unable to route", True, "5.4.4"),
        (550, "5.10.1 what is this", False, "5.10.1"),
    ],
)
def test_what_an_answer_says_of_the_address(code, words, is_hard, status):
    assert failed_at_relay(code, words) == Failed(is_hard, status, f"{code} {words}")


def test_an_answer_to_the_letter_says_little_of_the_address():
    assert not failed_at_relay(550, "we do not like it", is_of_letter=True).is_hard
    assert failed_at_relay(550, "5.1.1 no such user", is_of_letter=True).is_hard


def test_a_servers_words_are_kept_without_names_and_short():
    assert without_names("user <ines.okafor@lagoon.example>:\n unknown (jo=x@y.example)") == (
        "user <…@lagoon.example>: unknown (jo=…@y.example)"
    )
    assert len(without_names("é " * 100_000)) == 200
    assert without_names("x" * 100_000 + "@" * 100_000) == ""
    assert "jane" not in without_names(("x" * 400 + "@y.example ") * 2 + "no " * 55 + "jane.doe@lagoon.example")


# --- the envelope


def test_an_envelope_says_what_came_back_in_any_case():
    for sent in (Sent(MAILING, 7, 12), Sent(LETTER, 7, 0)):
        local = envelope(sent).partition("@")[0]
        assert (sent_of(local), sent_of(local.upper().replace("B-", "b-"))) == (sent, sent)


@pytest.mark.parametrize("local", ["", "b-", "b-" + "0" * 40, "b-" + "é" * 40, "b-\0", "r-" + "0" * 40, "x" * 100_000])
def test_what_is_no_envelope_of_ours_is_none(local):
    assert sent_of(local) is None


# --- a naive model


def naive(bounces: list[tuple[datetime, bool]]) -> tuple[int, datetime | None]:
    """The points: of the bounces since the last long pause, day by day, the worst of each."""
    run: list[tuple[datetime, bool]] = []
    for at, is_hard in bounces:
        if run and at - run[-1][0] > STALE:
            run = []
        run.append((at, is_hard))
    days: dict[object, int] = {}
    for at, is_hard in run:
        days[at.date()] = max(days.get(at.date(), 0), HARD if is_hard else SOFT)
    return sum(days.values()), run[0][0] if run else None


minutes = st.integers(min_value=0, max_value=60 * 24 * 60)


@given(st.lists(st.tuples(minutes, st.booleans()), max_size=40))
def test_counting_one_by_one_is_counting_by_days(history):
    bounces = [(AT + timedelta(minutes=minute), is_hard) for minute, is_hard in sorted(history)]
    score = Score()
    for at, is_hard in bounces:
        score = counted(score, at=at, is_hard=is_hard)
    assert (score.points, score.since) == naive(bounces)
    assert score.is_enough == (score.points >= ENOUGH)


@given(st.lists(st.tuples(minutes, st.booleans()), min_size=1, max_size=20))
def test_a_clock_that_goes_back_never_takes_a_point_away_and_adds_no_day(history):
    score, last = Score(), None
    for minute, is_hard in history:
        at, before = AT + timedelta(minutes=minute), score
        score = counted(score, at=at, is_hard=is_hard)
        if last is not None and at <= last:
            assert before.points <= score.points <= before.points + HARD - SOFT
            assert (score.day, score.last_at) == (before.day, last)
        last = max(at, last) if last else at
