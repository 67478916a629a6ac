"""Sealing: only what is settled, in batches, and whatever is changed afterwards shows."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from collegium.core.access.standard import PUBLIC
from collegium.core.people.tests.factories import make_organization
from collegium.core.trail import actions as trail
from collegium.core.trail.models import Event, Seal
from collegium.core.trail.queries import broken_seals, settled_events
from collegium.core.trail.registry import Past

from .factories import AT, make_event

DONE = Past("thing.done", "{actor} did it")


def seals() -> list[tuple[int, int, int, int]]:
    rows = Seal.objects.order_by("id")
    return list(rows.values_list("era", "through_transaction", "through_event", "events"))


def sealed(*batches: int) -> None:
    assert [trail.seal_settled_events(at=AT, batch=2) for _ in batches] == list(batches)


# --- what is sealed, and when


@pytest.mark.django_db
def test_events_are_sealed_in_batches_in_the_order_of_transactions():
    late, early, same = make_event(9), make_event(5), make_event(9)
    sealed(2, 1, 0)
    assert seals() == [(0, 9, late.pk, 2), (0, 9, same.pk, 1)]
    assert early.pk > late.pk
    assert list(broken_seals()) == []


@pytest.mark.django_db
def test_what_came_to_light_later_is_sealed_next():
    make_event(5)
    sealed(1)
    newer = make_event(6)
    sealed(1, 0)
    assert seals()[-1] == (0, 6, newer.pk, 1)
    assert list(broken_seals()) == []


@pytest.mark.django_db
def test_the_event_of_a_transaction_still_running_is_not_sealed():
    make_event(5)
    trail.record(DONE, on=make_organization(), by=None, at=AT)
    assert [event.transaction_id for event in settled_events(None, limit=10)] == [5]


@pytest.mark.django_db(transaction=True)
def test_an_older_transaction_still_open_holds_back_what_was_recorded_after_it_began():
    audience = PUBLIC
    with other_connection() as other:
        other.execute("SELECT pg_current_xact_id()")
        later = make_committed_event()
        assert settled_events(None, limit=10) == []
        assert trail.seal_settled_events(at=AT) == 0
        other.execute(
            "INSERT INTO trail_event (name, audience_id, at, facts, thing) VALUES ('slow', %s, now(), '{}', '')",
            [audience],
        )
        other.commit()
    wait_until_settled(later)
    assert [event.name for event in settled_events(None, limit=10)] == ["slow", "thing.done"]
    assert trail.seal_settled_events(at=AT) == 2
    assert list(broken_seals()) == []


def other_connection() -> psycopg.Connection:
    """A second session in the test database."""
    where = {name.lower(): connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    return psycopg.connect(**where, dbname=connection.settings_dict["NAME"])


def make_committed_event() -> Event:
    return Event.objects.create(name="thing.done", audience_id=PUBLIC, at=AT)


def wait_until_settled(event: Event) -> None:
    """Tests beside this one run their own transactions in the same cluster; theirs have to end as well."""
    event.refresh_from_db()
    with connection.cursor() as cursor:
        for _ in range(6000):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [event.transaction_id])
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("a transaction in the cluster does not end")


# --- what is noticed


@pytest.fixture
def three_sealed(db):
    """Events of three transactions, each sealed alone."""
    for number in (5, 7, 9):
        make_event(number, number=number)
        trail.seal_settled_events(at=AT)
    assert list(broken_seals()) == []
    return list(Event.objects.order_by("id"))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "thing.undone"},
        {"facts": {"number": 8}},
        {"thing": "people.person"},
        {"thing_id": 1},
        {"audience": 2},
        {"at": AT.replace(year=2025)},
    ],
)
def test_a_changed_event_is_noticed(three_sealed, change):
    Event.objects.filter(pk=three_sealed[1].pk).update(**change)
    second = Seal.objects.order_by("id")[1]
    assert list(broken_seals()) == [f"seal {second.pk}: an event was changed after it was sealed"]


def test_a_deleted_event_is_noticed(three_sealed):
    Event.objects.filter(pk=three_sealed[1].pk).delete()
    second = Seal.objects.order_by("id")[1]
    assert list(broken_seals()) == [f"seal {second.pk}: 1 events were sealed, 0 are there"]


def test_an_event_slipped_in_is_noticed(three_sealed):
    make_event(6)
    second = Seal.objects.order_by("id")[1]
    assert list(broken_seals()) == [f"seal {second.pk}: 1 events were sealed, 2 are there"]


def test_an_event_slipped_into_a_sealed_transaction_is_noticed_or_still_to_be_sealed(three_sealed):
    make_event(9)
    assert list(broken_seals()) == []
    assert trail.seal_settled_events(at=AT) == 1


def test_two_events_that_changed_places_are_noticed(three_sealed):
    first, second, _third = three_sealed
    Event.objects.filter(pk=first.pk).update(facts=second.facts)
    Event.objects.filter(pk=second.pk).update(facts=first.facts)
    assert len(list(broken_seals())) == 1


@pytest.mark.parametrize("which", [0, 1])
def test_a_deleted_seal_is_noticed(three_sealed, which):
    rows = list(Seal.objects.order_by("id"))
    rows[which].delete()
    assert list(broken_seals()) == [f"seal {rows[which + 1].pk}: the seal before it was removed or changed"]


def test_a_changed_seal_is_noticed(three_sealed):
    first = Seal.objects.order_by("id")[0]
    Seal.objects.filter(pk=first.pk).update(digest="f" * 64)
    assert list(broken_seals()) == [f"seal {first.pk}: an event was changed after it was sealed"]


def test_a_second_look_at_the_same_seals_finds_the_same(three_sealed):
    assert (list(broken_seals()), list(broken_seals())) == ([], [])


# --- after a restore


def test_a_restored_cluster_counts_transactions_anew(three_sealed):
    """Its numbers may be those of sealed events: neither era may take the other's for its own."""
    unsealed = make_event(12)
    trail.begin_era(at=AT)
    assert seals()[-2:] == [(0, 12, unsealed.pk, 1), (1, 0, unsealed.pk, 0)]
    assert list(broken_seals()) == []
    again, newest = make_event(6), make_event(8)
    assert list(broken_seals()) == []
    sealed(2, 0)
    assert seals()[-1] == (1, 8, newest.pk, 2)
    assert list(broken_seals()) == []
    Event.objects.filter(pk=again.pk).update(name="thing.undone")
    assert len(list(broken_seals())) == 1


def test_what_was_sealed_before_a_restore_is_still_watched(three_sealed):
    trail.begin_era(at=AT)
    make_event(3)
    sealed(1, 0)
    Event.objects.filter(pk=three_sealed[0].pk).delete()
    first = Seal.objects.order_by("id")[0]
    assert list(broken_seals()) == [f"seal {first.pk}: 1 events were sealed, 0 are there"]


def test_an_era_may_follow_an_era(three_sealed):
    for number in (1, 2):
        trail.begin_era(at=AT)
        make_event(6)
        sealed(1, 0)
        assert seals()[-1][0] == number
    assert list(broken_seals()) == []


@pytest.mark.django_db
def test_an_empty_trail_may_be_restored():
    trail.begin_era(at=AT)
    assert seals() == [(1, 0, 0, 0)]
    make_event(4)
    sealed(1, 0)
    assert list(broken_seals()) == []
