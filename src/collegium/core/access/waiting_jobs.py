"""Jobs of one kind that wait, taken over by one of them: what a queue does around a job costs more than many do."""

from __future__ import annotations

from .statements import rows

# Gone with the transaction, and waiting again if it is taken back. What failed before is done alone.
TAKE_OVER = """
DELETE FROM procrastinate_jobs WHERE id IN (
    SELECT id FROM procrastinate_jobs
    WHERE status = 'todo' AND task_name = %s AND attempts = 0 AND scheduled_at IS NULL
    ORDER BY priority DESC, id LIMIT {most} FOR UPDATE SKIP LOCKED)
RETURNING (args ->> %s)::bigint AS key"""


def take_over(task: str, argument: str, *, most: int) -> list[int]:
    """The argument of each of the next jobs of this task, at most so many, in order; the jobs are gone."""
    return sorted(key for (key,) in rows(TAKE_OVER.format(most=most), [task, argument]))
