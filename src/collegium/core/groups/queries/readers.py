"""Who reads a group, now or from a later day on, and who could come to read it."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from psycopg.types.range import TimestamptzRange

from collegium.core.access.models import Admission
from collegium.core.access.queries import with_grounds

from ..models import Group


def readers(group: Group, at: datetime) -> set[tuple[int, int]]:
    """Persons and the audiences of the group's circles they are admitted to, at the moment or later."""
    still = TimestamptzRange(at, None)
    found = Admission.objects.filter(audience__circle__group=group, period__overlap=still)
    return set(found.values_list("person_id", "audience_id"))


class Reader(NamedTuple):
    """A person in an organization: from which day on they read the group, and from which its policy admits them.

    The days are of the organization's own time zone; None for never, and the moment's day for what is so already.
    """

    person_id: int
    organization_id: int
    name: str
    handle: str
    title: str
    society: str
    reads_on: date | None
    admitted_on: date | None
    # Whether they read or are admitted only from a later day on.
    is_later: bool


_READERS = """
, reading AS (
    SELECT a.person_id, a.organization_id, min(lower(a.period)) AS since
    FROM access_admission a JOIN groups_circle c ON c.audience_id = a.audience_id
    WHERE c.group_id = %(group)s AND a.period && tstzrange(%(at)s, NULL) AND a.organization_id IS NOT NULL
    GROUP BY 1, 2
), admitted AS (
    SELECT person_id, organization_id, min(lower(period)) AS since, min(tenure_id) AS tenure_id
    FROM eligible WHERE circle_id = %(circle)s AND period && tstzrange(%(at)s, NULL)
    GROUP BY 1, 2
)
SELECT p.id, o.entry_id, p.name, p.handle,
    coalesce((SELECT t.title FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
        WHERE t.person_id = p.id AND s.organization_id = o.entry_id AND (t.id = m.tenure_id OR m.tenure_id IS NULL)
        ORDER BY upper(t.period) DESC NULLS FIRST, t.id LIMIT 1), ''),
    e.title,
    CASE WHEN r.person_id IS NOT NULL THEN (greatest(r.since, %(at)s::timestamptz) AT TIME ZONE o.time_zone)::date END,
    CASE WHEN m.person_id IS NOT NULL THEN (greatest(m.since, %(at)s::timestamptz) AT TIME ZONE o.time_zone)::date END,
    coalesce(r.since, m.since) > %(at)s::timestamptz
FROM reading r FULL JOIN admitted m USING (person_id, organization_id)
JOIN people_person p ON p.id = person_id
JOIN people_organization o ON o.entry_id = organization_id
JOIN entries_entry e ON e.id = o.entry_id
ORDER BY e.title, p.name, p.id
"""


def readers_by_name(group: Group, at: datetime) -> list[Reader]:
    """Everybody who reads the group or whom its present policy admits, now or later, by society and name."""
    with connection.cursor() as cursor:
        grounds = with_grounds("tenures", "standings", "eligible")
        cursor.execute(grounds + _READERS, {"group": group.pk, "circle": group.circle_id, "at": at})
        return [Reader(*row) for row in cursor.fetchall()]
