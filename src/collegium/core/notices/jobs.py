"""One job per event wakes its notices."""

from django.db import transaction
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
    with transaction.atomic():
        tell(Event.objects.select_related("entry").get(pk=event_id), at=timezone.now())
