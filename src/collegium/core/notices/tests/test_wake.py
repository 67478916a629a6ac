"""The job of an event: one run tells of all that wait, and what cannot be told keeps nobody else from hearing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.entries.models import Entry
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Notification
from collegium.core.notices.registry import Notice, notices
from collegium.core.trail import actions as trail
from collegium.core.trail.registry import Past

DONE = Past("test.woken", "{actor} did it")


class Woken(Notice):
    """To whoever is named in the facts, unless they say that it cannot be told."""

    name, event, label = "test.Woken", "test.woken", "Something happened"

    @classmethod
    def recipients(cls, event):
        if event.facts.get("broken"):
            raise ZeroDivisionError
        return event.facts["named"]


@pytest.fixture(autouse=True)
def a_notice():
    """A notice of these tests, forgotten afterwards."""
    before = dict(notices._paths)
    notices.register("test.Woken", f"{__name__}.Woken")
    yield
    notices._paths = before


@pytest.fixture
def happen(cast):
    """Leaves an event, and with it its job; none waits before the first."""
    ProcrastinateJob.objects.all().delete()
    entry = Entry.objects.create(
        kind="thing",
        title="T",
        audience=cast.cfos.circle.audience,
        place=cast.cfos.entry,
        created_at=cast.at,
        touched_at=cast.at,
    )

    def happen(**facts):
        return trail.record(DONE, on=entry, by=cast.peer, at=cast.at, facts={"named": [cast.leaver.pk], **facts})

    return happen


def waiting():
    return [job.args["event_id"] for job in ProcrastinateJob.objects.order_by("pk")]


def told():
    return sorted(Notification.objects.values_list("event", flat=True))


def begin(event):
    """Its job is taken by a worker."""
    ProcrastinateJob.objects.filter(args={"event_id": event.pk}).update(status="doing")


def test_an_event_has_its_job_from_the_transaction_it_happened_in(happen):
    event = happen()
    with transaction.atomic():
        happen()
        transaction.set_rollback(True)
    job = ProcrastinateJob.objects.get()
    assert (job.queue_name, job.task_name, job.args, job.status) == (
        "notices",
        "collegium.core.notices.jobs.wake",
        {"event_id": event.pk},
        "todo",
    )
    assert (job.priority, job.lock, job.queueing_lock, job.scheduled_at, job.attempts) == (0, None, None, None, 0)


def test_one_run_tells_of_all_that_wait_and_their_jobs_are_done(happen):
    events = [happen() for _number in range(3)]
    begin(events[1])
    wake.func(event_id=events[1].pk)
    assert (told(), waiting()) == ([event.pk for event in events], [events[1].pk])
    wake.func(event_id=events[0].pk)
    assert told() == [event.pk for event in events]


def test_what_cannot_be_told_is_told_by_its_own_job_and_keeps_nobody_from_hearing(happen):
    first, broken, last = happen(), happen(broken=True), happen()
    begin(first)
    wake.func(event_id=first.pk)
    assert (told(), waiting()) == ([first.pk], [first.pk, broken.pk, last.pk])
    begin(broken)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        wake.func(event_id=broken.pk)
    assert (told(), waiting()) == ([first.pk], [first.pk, broken.pk, last.pk])
    ProcrastinateJob.objects.filter(args={"event_id": broken.pk}).update(status="todo", attempts=1)
    begin(last)
    wake.func(event_id=last.pk)
    assert (told(), waiting()) == ([first.pk, last.pk], [first.pk, broken.pk, last.pk])


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "doing"},
        {"status": "failed"},
        {"attempts": 1},
        {"task_name": "another"},
        {"later": timedelta(hours=1)},
    ],
)
def test_only_what_waits_for_its_first_run_now_is_taken_over(cast, happen, changes):
    first, other = happen(), happen()
    begin(first)
    later = changes.pop("later", None)
    changes |= {"scheduled_at": cast.at + later} if later else {}
    ProcrastinateJob.objects.filter(args={"event_id": other.pk}).update(**changes)
    wake.func(event_id=first.pk)
    assert (told(), waiting()) == ([first.pk], [first.pk, other.pk])


def test_an_event_nobody_is_told_of_has_no_job(cast, happen):
    trail.record(Past("test.silent", ""), on=cast.cfos.entry, by=cast.peer, at=cast.at)
    assert waiting() == []
