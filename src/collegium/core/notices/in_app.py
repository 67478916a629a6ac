"""The channel inside the house: a row per person and event, shown under the bell."""

from collegium.core.access.statements import prepared_cursor
from collegium.core.trail.models import Event

from .registry import Notice

_WRITE = """
INSERT INTO notices_notification (person_id, notice, event_id, entry_id, part, part_id, at, seen_at)
SELECT person, %s, %s, %s, %s, %s, %s::timestamptz, CASE WHEN person = ANY(%s::bigint[]) THEN %s::timestamptz END
FROM unnest(%s::bigint[]) AS told (person) ON CONFLICT DO NOTHING"""


def deliver(notice: type[Notice], event: Event, persons: list[int]) -> None:
    """Write what each person is told; a second run writes nothing. Whoever has met it already hears no bell."""
    assert event.entry is not None  # nobody is told of what has no page
    met = sorted(notice.met_by(event, persons))
    part, part_id = notice.part(event)
    with prepared_cursor() as cursor:
        cursor.execute(_WRITE, [notice.name, event.pk, event.entry.pk, part, part_id, event.at, met, event.at, persons])
