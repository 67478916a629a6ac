"""What `serve` needs Django for: the static files and the worker."""

import asyncio
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from collegium.config.commands import serving


@pytest.fixture
def tasks():
    """A place for tasks of this test alone."""
    before = dict(app.tasks)
    yield app.tasks
    app.tasks.clear()
    app.tasks.update(before)


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs WHERE queue_name = 'test' ORDER BY id")
        return cursor.fetchall()


def test_static_files_are_gathered_only_when_they_changed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    assert serving.collect_static_files()
    assert not serving.collect_static_files()
    (tmp_path / "static" / ".state").write_text("of another day")
    assert serving.collect_static_files()


@pytest.mark.django_db(transaction=True)
def test_a_job_enqueues_others_in_its_own_transaction(tasks):
    @app.task(name="test.later", queue="test")
    def later():
        raise AssertionError("It was never enqueued.")

    @app.task(name="test.first", queue="test")
    def first():
        with transaction.atomic():
            later.defer()
            raise ZeroDivisionError

    first.defer()
    serving.work(wait=False)
    assert jobs() == [("test.first", "failed")]


@pytest.mark.django_db(transaction=True)
def test_jobs_that_succeeded_are_forgotten(tasks):
    done = []

    @app.task(name="test.good", queue="test")
    def good(number):
        done.append(number)

    for number in (1, 2):
        good.defer(number=number)
    serving.work(wait=False)
    assert (done, jobs()) == ([1, 2], [])


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_is_done_again(tasks):
    done = []

    @app.task(name="test.again", queue="test")
    def again():
        done.append("again")

    again.defer()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    app.tasks["collegium.config.jobs.resume_abandoned_jobs"].defer(timestamp=0)
    serving.work(wait=False)
    serving.work(wait=False)
    assert (done, jobs()) == (["again"], [])


@pytest.mark.parametrize(("queue", "order"), [("notices", ["another", "told"]), ("letters", ["told", "another"])])
def test_what_tells_of_an_event_lets_others_come_first(monkeypatch, queue, order):
    monkeypatch.setattr(serving, "GATHERING", 0)
    done = []

    async def note(word):
        done.append(word)

    async def work():
        another = asyncio.ensure_future(note("another"))
        job = Job(queue=queue, task_name="test", lock=None, queueing_lock=None)
        context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
        await serving._after_a_moment(lambda: note("told"), context, None)
        await another

    asyncio.run(work())
    assert done == order


@pytest.mark.django_db
def test_expired_sessions_are_forgotten(client):
    now = timezone.now()
    for key, expires in (("gone", now - timedelta(days=1)), ("here", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    app.tasks["collegium.config.jobs.forget_expired_sessions"](timestamp=0)
    assert [session.session_key for session in Session.objects.all()] == ["here"]


def test_the_framework_finds_nothing_wrong(db):
    call_command("check", fail_level="WARNING")
