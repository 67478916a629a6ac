"""The channel inside the house: a row per person and event, shown under the bell."""

from collegium.core.trail.models import Event

from .models import Notification
from .registry import Notice


def deliver(notice: type[Notice], event: Event, persons: list[int]) -> None:
    """Write what each person is told; a second run writes nothing."""
    assert event.entry is not None  # nobody is told of what has no page
    part, part_id = notice.part(event)
    rows = [
        Notification(
            person_id=person,
            notice=notice.name,
            event=event,
            entry=event.entry,
            part=part,
            part_id=part_id,
            at=event.at,
        )
        for person in persons
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
