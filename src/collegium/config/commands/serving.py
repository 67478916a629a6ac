"""The parts of `serve` that need Django: what comes before, and the worker."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from procrastinate import JobContext
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from collegium.config import installation
from collegium.config.binaries import DatabaseTrouble
from collegium.config.commands import upkeep
from collegium.core.access.statements import keep_plans
from collegium.core.notices import jobs as notices


def prepare() -> None:
    """Bring the database and the static files up to date; in production a migration is somebody's decision."""
    installation.refuse_other_mode()
    # What the rooms told of each other at start, such as letters, is whole.
    complaints = [str(complaint) for complaint in run_checks(tags=["house"]) if complaint.is_serious()]
    if complaints:
        raise CommandError("\n".join(complaints))
    waiting = installation.unapplied()
    if waiting and settings.MODE == "production":
        raise DatabaseTrouble(
            f"{len(waiting)} migrations are not applied ({waiting[0]}, …): {installation.MIGRATE} first."
        )
    if waiting:
        click.echo("Making the tables …" if len(waiting) > 20 else "Bringing the tables up to date …")
        upkeep.migrate(verbosity=0)
    installation.current()
    collect_static_files()


def collect_static_files() -> bool:
    """Gather the static files under hashed names, compressed; False where nothing changed since the last time."""
    state = _state_of_static_files()
    mark = Path(settings.STATIC_ROOT) / ".state"
    if mark.exists() and mark.read_text(encoding="ascii") == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(state, encoding="ascii")
    return True


def _state_of_static_files() -> str:
    found = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            found.append((path, state.st_size, state.st_mtime_ns))
    return hashlib.sha256(json.dumps(sorted(found)).encode()).hexdigest()


def _plain_pool(**words: Any) -> AsyncConnectionPool:
    """Without a question before and a transaction around each step of the queue, which is one statement.

    A worker that lost its database ends and is started again, so no connection is asked whether it lives.
    """
    return AsyncConnectionPool(**words | {"check": None, "configure": _commit_at_once})


async def _commit_at_once(connection: AsyncConnection) -> None:
    await connection.set_autocommit(True)


class WorkerConnector(PsycopgConnector):
    """Fetches jobs over connections of its own; what a job enqueues goes over Django's, in the job's transaction."""

    def __init__(self, sync_connector: BaseConnector) -> None:
        # That a job was taken or is done may be forgotten in a crash: it is then done again, which every job bears.
        parameters = connector_params()
        options = f"{parameters.get('options', '')} -c synchronous_commit=off".strip()
        super().__init__(kwargs=parameters | {"options": options}, min_size=1, max_size=4, pool_factory=_plain_pool)
        self.django_connector = sync_connector

    def get_sync_connector(self) -> BaseConnector:
        return self.django_connector


GATHERING = 0.1  # seconds


async def _after_a_moment(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Who is told of something hears it a moment later, together with what else happened in it.

    A job that tells of one event takes over those of others that wait. Without the pause a busy house would never have
    more than one waiting, and spend as much on each as on a page.
    """
    if context.job.queue == notices.QUEUE:
        await asyncio.sleep(GATHERING)
    return await call_next()


class Kept:
    """The database connections of the worker's threads: each is kept from job to job, with its plans.

    To make one anew for each job costs as much as the job.
    """

    FOR = 600.0  # seconds without a job

    def __init__(self) -> None:
        self._databases: set[Any] = set()

    def around(self, call_next: Callable[[], Any], _context: JobContext, _worker: Worker) -> Any:
        """A job, in its thread. The queue closes afterwards what is older than the framework is told."""
        database: Any = connections[DEFAULT_DB_ALIAS]
        self._databases.add(database)
        keep_plans()
        try:
            return call_next()
        finally:
            database.close_at = time.monotonic() + self.FOR

    def close(self) -> None:
        """Once the threads are gone."""
        for database in self._databases:
            database.inc_thread_sharing()
            database.close()


# Who waits for a page comes before who is told of something: where both want the processor, pages get it.
NICENESS = 10


def work(*, wait: bool = True, queues: Sequence[str] | None = None) -> None:
    """Do the jobs, all or of these queues, one after another, until told to stop (`wait=False`: until none is left)."""
    if wait:
        os.nice(NICENESS)
    kept = Kept()
    try:
        asyncio.run(_work(wait, queues, kept))
    finally:
        kept.close()


async def _work(wait: bool, queues: Sequence[str] | None, kept: Kept) -> None:
    connector = WorkerConnector(app.connector)
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(
                queues=queues,  # type: ignore[arg-type]  # None stands for all of them
                wait=wait,
                concurrency=1,
                delete_jobs="successful",
                shutdown_graceful_timeout=10,
                install_signal_handlers=wait,
                worker_middleware=[_after_a_moment] if wait else [],
                task_middleware=[kept.around],
            )
