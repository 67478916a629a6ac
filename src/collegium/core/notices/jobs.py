"""One job per event wakes its notices."""

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from collegium.core.trail.models import Event

from .actions import tell
from .registry import notices_of


def wake_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the job exists exactly if the event does."""
    if notices_of(event.name):
        wake.defer(event_id=event.pk)


@app.task(queue="notices", retry=5)
def wake(event_id: int) -> None:
    """Tell of an event; may run twice, tells once."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Undone by a crash, it is done again with the job: nobody waits for the disk.
        cursor.execute("SET LOCAL synchronous_commit TO off")
        tell(Event.objects.select_related("entry").get(pk=event_id), at=timezone.now())
