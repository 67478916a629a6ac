"""A backup brought back by other means than `restore` shows."""

import pytest

from collegium.core.people.tests.factories import make_organization
from collegium.core.trail import actions as trail
from collegium.core.trail.queries import events_of_another_cluster
from collegium.core.trail.registry import Past

from .factories import AT, make_event

DONE = Past("thing.done", "{actor} did it")
FAR_AHEAD = 10**12


@pytest.mark.django_db
def test_a_cluster_knows_its_own_events_also_of_the_running_transaction():
    make_event(5)
    trail.record(DONE, on=make_organization(), by=None, at=AT)
    assert list(events_of_another_cluster()) == []


@pytest.mark.django_db
def test_events_of_transactions_to_come_are_from_another_cluster_until_an_era_begins():
    make_event(FAR_AHEAD)
    [told] = events_of_another_cluster()
    assert told.startswith(f"event of transaction {FAR_AHEAD}, but this cluster is at ")
    trail.begin_era(at=AT)
    assert list(events_of_another_cluster()) == []
