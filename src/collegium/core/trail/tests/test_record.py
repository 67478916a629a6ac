"""Recording: one row per deed, in the deed's transaction, gone with it."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.groups import actions as groups
from collegium.core.people.tests.factories import AT, make_organization, make_person
from collegium.core.trail import actions as trail
from collegium.core.trail.models import Event
from collegium.core.trail.registry import Past

DONE = Past("thing.done", "{actor} did it")


def current_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_an_event_says_who_did_what_for_whom_on_what_and_when():
    society, person = make_organization(), make_person()
    trail.record(DONE, on=society, by=person, acting_for=society, at=AT, facts={"state": "new"})
    row = Event.objects.filter(name="thing.done").values().get()
    assert row.pop("id") > 0
    assert row == {
        "transaction_id": current_transaction(),
        "name": "thing.done",
        "actor_id": person.pk,
        "acting_for_id": society.pk,
        "entry_id": society.entry_id,
        "thing": "people.organization",
        "thing_id": society.pk,
        "audience_id": PUBLIC,
        "at": AT,
        "facts": {"state": "new"},
    }


@pytest.mark.django_db
def test_an_entry_itself_stands_in_its_own_history():
    entry = make_organization().entry
    event = trail.record(DONE, on=entry, by=None, at=AT, audience=MEMBERS)
    assert (event.entry_id, event.thing, event.thing_id, event.audience_id) == (
        entry.pk,
        "entries.entry",
        entry.pk,
        MEMBERS,
    )


@pytest.mark.django_db
def test_a_thing_without_an_entry_needs_an_audience():
    person = make_person()
    with pytest.raises(ValueError, match="needs an audience"):
        trail.record(DONE, on=person, by=person, at=AT)
    assert trail.record(DONE, on=person, by=person, at=AT, audience=OFFICE).entry is None


@pytest.mark.django_db
def test_two_events_of_one_transaction_share_its_number():
    society = make_organization()
    first, second = (trail.record(DONE, on=society, by=None, at=AT) for _ in range(2))
    numbers = Event.objects.filter(pk__in=[first.pk, second.pk]).values_list("transaction_id", flat=True)
    assert list(numbers) == [current_transaction()] * 2


def ask(cast):
    return groups.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=cast.viewer("newcomer"), at=cast.at
    )


def test_one_job_per_event_that_somebody_hears_of_and_none_for_others(cast):
    before = ProcrastinateJob.objects.count()
    ask(cast)
    event = Event.objects.get(name="join_request.made")
    jobs = list(ProcrastinateJob.objects.order_by("-id").values_list("task_name", "queue_name", "args"))
    assert jobs[: len(jobs) - before] == [("collegium.core.notices.jobs.wake", "notices", {"event_id": event.pk})]
    make_organization()
    assert ProcrastinateJob.objects.count() == before + 1


def test_a_deed_undone_leaves_neither_event_nor_job(cast):
    before = Event.objects.count(), ProcrastinateJob.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - done and failed together
        ask(cast)
        raise RuntimeError
    assert (Event.objects.count(), ProcrastinateJob.objects.count()) == before


@pytest.mark.parametrize("table", ["trail_event", "trail_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_serving_role_cannot_rewrite_the_trail(serving_connection, table, statement):
    import psycopg

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving_connection.execute(statement.format(table))


@pytest.mark.parametrize("table", ["trail_event", "trail_seal"])
def test_the_serving_role_reads_and_adds_to_the_trail(serving_connection, table):
    found = serving_connection.execute(
        "SELECT has_table_privilege(%s, 'SELECT'), has_table_privilege(%s, 'INSERT')", [table, table]
    )
    assert found.fetchone() == (True, True)
