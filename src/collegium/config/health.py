"""Whether the house stands: database, worker, queue. For the machine that watches, without a word about anybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.core.mail.waiting import waiting_in, waiting_out

# A worker notes every ten seconds that it lives; a job that waits this long has nobody to do it.
OLDEST_HEARTBEAT = 60
OLDEST_JOB = 300

HEARTBEAT = "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
QUEUE = """
    SELECT count(*), extract(epoch FROM now() - min(coalesce(job.scheduled_at, deferred.at)))
    FROM procrastinate_jobs AS job
    LEFT JOIN LATERAL (
        SELECT max(at) AS at FROM procrastinate_events
        WHERE job_id = job.id AND type IN ('deferred', 'deferred_for_retry')
    ) AS deferred ON true
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 where all is well and 503 where it is not, with the same few numbers either way."""
    try:
        state = measure()
    except DatabaseError:
        return JsonResponse({"healthy": False, "database": "unreachable"}, status=503)
    return JsonResponse(state, status=200 if state["healthy"] else 503)


def measure() -> dict[str, Any]:
    """The worker's last sign of life, and the longest waits of jobs and letters, in seconds. Raises DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT)
        heartbeat = _seconds(cursor.fetchone()[0])
        cursor.execute(QUEUE)
        waiting, oldest = cursor.fetchone()
    age = _seconds(oldest) or 0.0
    alive = heartbeat is not None and heartbeat <= OLDEST_HEARTBEAT
    out, came = waiting_out(), waiting_in()
    return {
        "healthy": alive and age <= OLDEST_JOB and not out.is_late and not came.is_late,
        "database": "reachable",
        "worker_heartbeat_seconds": heartbeat,
        "queue_due": waiting,
        "queue_oldest_seconds": age,
        "letters_out_due": out.letters,
        "letters_out_oldest_seconds": out.seconds,
        "letters_in_waiting": came.letters,
        "letters_in_oldest_seconds": came.seconds,
    }


def _seconds(value: Any) -> float | None:
    return None if value is None else round(max(float(value), 0.0), 1)
