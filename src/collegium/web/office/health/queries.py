"""How the house is: letters, jobs, workers, the database, the seals. Counts, kinds and moments; nobody's words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from collegium.core.mail.actions import KEPT_BACK
from collegium.core.mail.models import Letter
from collegium.core.mail.queries import keeps_letters
from collegium.core.mail.registry import letters as kinds
from collegium.core.mail.waiting import waiting_in, waiting_out
from collegium.core.trail.models import Seal

from ...models import CheckRun
from ...together import Row

# So much of what failed or was refused is shown.
SHOWN = 25
LATELY = timedelta(days=30)

_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@(?=[^\s<>\"'(),;:])")

_LETTERS = """
SELECT kind, count(*) FILTER (WHERE sent_at IS NULL AND refused = '') AS waiting,
    count(*) FILTER (WHERE sent_at > %s) AS sent, count(*) FILTER (WHERE refused <> '') AS refused,
    min(written_at) FILTER (WHERE sent_at IS NULL AND refused = '') AS oldest_at
FROM mail_letter WHERE written_at > %s OR sent_at IS NULL AND refused = ''
GROUP BY kind ORDER BY kind"""


def letters(at: datetime) -> list[Row]:
    """By kind: how many wait and since when, went within a day, were refused within thirty."""
    rows = _rows(_LETTERS, [at - timedelta(days=1), at - LATELY])
    return [row | {"label": kinds.get(row["kind"]).label if row["kind"] in kinds else row["kind"]} for row in rows]


def waiting_letters() -> Row:
    """Letters to groups that are due, letters that came in and wait, and whether a demonstration keeps them."""
    return {"out": waiting_out(), "came": waiting_in(), "keeps_letters": keeps_letters()}


def refused_letters(at: datetime) -> list[Row]:
    """The newest refused ones: kind, moment, and what the server said, without the names in addresses."""
    found = Letter.objects.exclude(refused__in=["", KEPT_BACK]).filter(written_at__gt=at - LATELY).order_by("-pk")
    return [
        {
            "label": kinds.get(row["kind"]).label if row["kind"] in kinds else row["kind"],
            "written_at": row["written_at"],
            "said": _ADDRESS.sub("…@", row["refused"])[:500],
        }
        for row in found.values("kind", "written_at", "refused")[:SHOWN]
    ]


_JOBS = """
SELECT queue_name AS queue, count(*) FILTER (WHERE status = 'todo') AS todo,
    count(*) FILTER (WHERE status = 'doing') AS doing, count(*) FILTER (WHERE status = 'failed') AS failed,
    min(coalesce(scheduled_at, (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id)))
        FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)) AS oldest_at
FROM procrastinate_jobs j WHERE status IN ('todo', 'doing', 'failed') GROUP BY queue_name ORDER BY queue_name"""


def jobs(at: datetime) -> list[Row]:
    """By queue: how many wait, are being done, have failed for good, and since when the oldest due one waits."""
    return _rows(_JOBS, [at])


_FAILED = """
SELECT j.id, j.task_name, j.queue_name AS queue, j.attempts,
    (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id) AS at
FROM procrastinate_jobs j WHERE status = 'failed' ORDER BY j.id DESC LIMIT %s"""


def failed_jobs() -> list[Row]:
    """The newest that failed for good, by the name of what they do; what they are about is nobody's business here."""
    return [row | {"name": task_in_short(row["task_name"])} for row in _rows(_FAILED, [SHOWN])]


def task_in_short(name: str) -> str:
    """`core.mail: send` of `collegium.core.mail.jobs.send`."""
    place, _dot, task = name.removeprefix("collegium.").rpartition(".")
    return f"{place.removesuffix('.jobs')}: {task}" if place else task


_WORKERS = "SELECT id, last_heartbeat AS at FROM procrastinate_workers ORDER BY last_heartbeat DESC LIMIT 20"
_SIZE = "SELECT pg_database_size(current_database()) AS size, current_setting('server_version') AS version"


def workers() -> list[Row]:
    """Who does the jobs, with their last sign of life."""
    return _rows(_WORKERS, [])


def database() -> Row:
    """Its size in bytes and the version of its server."""
    return _rows(_SIZE, [])[0]


def last_seal() -> Seal | None:
    return Seal.objects.order_by("-pk").first()


def last_check() -> CheckRun | None:
    """The newest run that came to its end."""
    return CheckRun.objects.exclude(finished_at=None).select_related("asked_by").first()


def running_check() -> CheckRun | None:
    """The newest that has not."""
    return CheckRun.objects.filter(finished_at=None).first()


def _rows(sql: str, parameters: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def in_words(size: int) -> str:
    """Bytes as megabytes or gigabytes."""
    megabytes = size / 1_000_000
    return (
        _("%(n)s GB") % {"n": f"{megabytes / 1000:.1f}"}
        if megabytes >= 1000
        else _("%(n)s MB") % {"n": f"{megabytes:.0f}"}
    )
