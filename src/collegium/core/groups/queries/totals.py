"""What waits at the doors of all groups, counted."""

from datetime import datetime
from typing import Any, TypedDict

from django.db import connection
from django.db.models import Count, F, Min

from collegium.core.access.queries import with_grounds
from collegium.core.people.queries import present_tenures

from ..models import JoinRequest


class Waiting(TypedDict):
    """So much waits at the door of one group; the oldest since a moment, if that is known."""

    name: str
    slug: str
    count: int
    oldest_at: datetime | None


def requests_by_group(at: datetime) -> list[Waiting]:
    """Requests to join without an answer, of seats still held, by group, the oldest first."""
    held = present_tenures(at).values("pk")
    found = JoinRequest.objects.filter(state=JoinRequest.State.WAITING, tenure__in=held)
    named = found.values(slug=F("group__slug"), name=F("group__entry__title"))
    return list(named.annotate(count=Count("pk"), oldest_at=Min("asked_at")).order_by("oldest_at"))


# The same four things as `waiting_confirmations` finds in one group. When a holder was recorded is not known; the day
# the tenure begins says since when they wait.
_CONFIRMATIONS = """
SELECT e.title AS name, g.slug, count(*) AS count, min(w.since) AS oldest_at
FROM (
    SELECT el.group_id, 'tenure', el.tenure_id,
        min(lower(el.period)) FILTER (WHERE lower(el.period) <= %(at)s::timestamptz) AS since
    FROM eligible el
    JOIN groups_group own ON own.entry_id = el.group_id AND own.circle_id = el.circle_id AND own.is_closed
    WHERE el.period && tstzrange(%(at)s, NULL)
    AND NOT EXISTS (SELECT FROM groups_confirmation k WHERE k.group_id = el.group_id AND k.tenure_id = el.tenure_id)
    AND (own.joining = 'ex_officio' OR EXISTS (
        SELECT FROM groups_membership m WHERE m.group_id = el.group_id AND m.seat_id = el.seat_id
        AND m.confirmed_at IS NOT NULL AND upper_inf(m.period)))
    GROUP BY el.group_id, el.tenure_id
    UNION ALL
    SELECT group_id, 'member', id, lower(period) FROM groups_membership
    WHERE confirmed_at IS NULL AND upper_inf(period)
    UNION ALL
    SELECT group_id, 'office', id, lower(period) FROM groups_office WHERE confirmed_at IS NULL AND upper_inf(period)
    UNION ALL
    SELECT group_id, 'circle', id, proposed_at FROM groups_circle WHERE opened_at IS NULL
) AS w (group_id, kind, id, since)
JOIN groups_group g ON g.entry_id = w.group_id AND g.is_closed
JOIN entries_entry e ON e.id = g.entry_id
GROUP BY e.title, g.slug ORDER BY oldest_at, e.title
"""


def confirmations_by_group(at: datetime) -> list[Waiting]:
    """What waits for a second person in closed groups, by group, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"{with_grounds('tenures', 'standings', 'eligible')} {_CONFIRMATIONS}", {"at": at})
        names: list[Any] = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]  # type: ignore[misc]  # the columns above
