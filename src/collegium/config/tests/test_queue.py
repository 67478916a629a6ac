"""What a page enqueues goes over its own connection and in its transaction."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from collegium.config.queue import PreparedConnector

pytestmark = pytest.mark.django_db


def enqueue(**words):
    return app.configure_task("collegium.core.notices.jobs.wake", **words).defer(event_id=7)


def jobs():
    return list(ProcrastinateJob.objects.order_by("pk").values_list("queue_name", "args"))


def test_a_job_is_enqueued_by_a_statement_planned_once():
    assert isinstance(app.connector, PreparedConnector)
    enqueue(queue="notices")
    enqueue(queue="notices")
    assert jobs() == [("notices", {"event_id": 7})] * 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%defer_jobs%%$1%%'")
        assert cursor.fetchone() == (1,)


def test_what_is_taken_back_takes_its_job_with_it():
    with transaction.atomic():
        enqueue(queue="notices")
        transaction.set_rollback(True)
    assert jobs() == []


def test_a_job_that_waits_already_is_refused_by_its_own_error():
    enqueue(queue="notices", queueing_lock="once")
    with pytest.raises(AlreadyEnqueued), transaction.atomic():
        enqueue(queue="notices", queueing_lock="once")
