"""Each event that is told has a job; one run of it tells of all that wait."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from collegium.core.access.statements import row
from collegium.core.access.waiting_jobs import take_over
from collegium.core.trail.models import Event

from .actions import tell
from .registry import notices_of, tellers

QUEUE = "notices"


# As the queue enqueues a job, without its detours: every answer passes here.
_ENQUEUE = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
    %s::text, %s::text, 0, NULL, NULL, jsonb_build_object('event_id', %s::bigint), NULL
)::procrastinate_job_to_defer_v1])"""


def wake_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the job exists exactly if the event does."""
    if notices_of(event.name):
        row(_ENQUEUE, [QUEUE, wake.name, event.pk])


# Undone by a crash, it is done again with the job: nobody waits for the disk.
_SETTINGS = "SELECT set_config('synchronous_commit', 'off', true), set_config('lock_timeout', %s, true)"
# Who tells of many holds many posts. It gives up before the database looks for whom to break off: no page suffers.
_PATIENCE, _ANY_PATIENCE = "200ms", "0"


# Of how many events beside its own a job tells.
AT_ONCE = 100


@app.task(queue=QUEUE, retry=5)
def wake(event_id: int) -> None:
    """Tell of an event, and with it of those whose jobs wait; may run twice, tells once.

    What a queue does around a job costs more than the telling. If any of them cannot be told, each is by its own job.
    """
    try:
        with transaction.atomic():
            row(_SETTINGS, [_PATIENCE])
            _tell([event_id, *take_over(wake.name, "event_id", most=AT_ONCE)])
    except Exception:
        # Whosever fault it was: it fails again when it is told alone.
        with transaction.atomic():
            row(_SETTINGS, [_ANY_PATIENCE])
            _tell([event_id])


def _tell(event_ids: list[int]) -> None:
    events, at = Event.objects.select_related("entry").in_bulk(event_ids), timezone.now()
    for event_id in event_ids:
        addressed = tell(events[event_id], at=at)
        for teller in tellers.all():
            teller(events[event_id], addressed=addressed, at=at)
