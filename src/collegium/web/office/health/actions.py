"""Having the house checked, and putting a failed job back into its queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from collegium.core.access.errors import Refused
from collegium.core.access.registry import checks
from collegium.core.access.viewers import Viewer
from collegium.core.people.rules import check_office

from ...models import CheckRun

CHECKING = "collegium.web.office.health.jobs.check_house"
# Of one run; what is found beyond is counted.
KEPT_FINDINGS = 200
KEPT_RUNS = timedelta(days=90)
# A run that has said nothing for so long is given up: its worker is gone.
STALE = timedelta(hours=2)

# One at a time: whoever asks second waits here and sees the first.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(3260942)"


@transaction.atomic
def ask_for_check(*, viewer: Viewer | None, at: datetime) -> CheckRun:
    """Have all checks run by a worker; by nobody in particular for the nightly one. Refused while one runs."""
    if viewer is not None:
        check_office(viewer)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    if CheckRun.objects.filter(finished_at=None, asked_at__gt=at - STALE).exists():
        raise Refused(_("The house is being checked already."))
    CheckRun.objects.filter(finished_at=None).delete()
    CheckRun.objects.filter(asked_at__lt=at - KEPT_RUNS).delete()
    by = viewer.person if viewer else None
    run = CheckRun.objects.create(asked_by=by, asked_at=at, total=len(checks.names()))
    app.configure_task(CHECKING, queue="house").defer(run_id=run.pk)
    return run


def begin_checks(run_id: int) -> CheckRun | None:
    """The run to be done; None if it is over or was given up."""
    return CheckRun.objects.filter(pk=run_id, finished_at=None).first()


def note_check(run: CheckRun, *, name: str, sentences: list[str]) -> None:
    """One more check is done, with what it found."""
    kept = [f"{name}: {sentence}" for sentence in sentences][: KEPT_FINDINGS - len(run.findings)]
    run.done, run.found, run.findings = run.done + 1, run.found + len(sentences), [*run.findings, *kept]
    run.save(update_fields=["done", "found", "findings"])


def finish_checks(run: CheckRun, *, at: datetime) -> None:
    run.finished_at = at
    run.save(update_fields=["finished_at"])


@transaction.atomic
def retry_job(job_id: int, *, viewer: Viewer, at: datetime) -> None:
    """Put a job that failed for good back into its queue; Refused if it is not one."""
    check_office(viewer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job_id])
        if cursor.fetchone() is None:
            raise Refused(_("This job has not failed, or was tried again already."))
    manager: Any = app.job_manager
    manager.retry_job_by_id(job_id, retry_at=at)
