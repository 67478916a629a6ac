"""Which contact fields of a person a viewer sees: the person's own choice, as one question."""

from __future__ import annotations

from typing import Any

from django.db import connection

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer

from ..models import Person
from .addresses import live_addresses

# What the two are to each other: both among the member societies' people, in a group's circle together, or of one
# organization. Neither of the last two includes the other; one sees one's own fields whatever one chose.
_CONTACTS = """
SELECT CASE WHEN p.id = %s OR p.phone_seen_by = ANY(ways.ways) THEN p.phone ELSE '' END AS phone,
       CASE WHEN p.id = %s OR p.address_seen_by = ANY(ways.ways) THEN COALESCE(({address}), '') ELSE '' END AS address
FROM people_person p
CROSS JOIN LATERAL (
    SELECT array_agg(CASE u.kind WHEN 'circle' THEN 'groups' WHEN 'society' THEN 'society' ELSE 'members' END) AS ways
    FROM access_admission a JOIN access_audience u ON u.id = a.audience_id
    WHERE a.person_id = p.id AND a.period @> %s::timestamptz AND a.audience_id = ANY(%s::bigint[])
    AND a.reason <> 'reading' AND (u.kind IN ('circle', 'society') OR u.id = %s)
) AS ways
WHERE p.id = %s AND p.closed_at IS NULL AND %s::bigint IS NOT NULL"""


def contacts_statement(person: Person, viewer: Viewer) -> tuple[str, list[Any]]:
    """SQL and positional parameters of one row `(phone, address)`; a field the viewer may not see is empty."""
    reached_at = live_addresses(viewer.at).filter(user=person, verified=True).order_by("-primary", "pk")
    address, parameters = reached_at.values("email")[:1].query.sql_with_params()
    me, audiences = viewer.person_id, sorted(viewer.own_ids)
    return _CONTACTS.format(address=address), [me, me, *parameters, viewer.at, audiences, MEMBERS, person.pk, me]


def contacts_of(person: Person, viewer: Viewer) -> dict[str, str]:
    """`{phone, address}` as the viewer sees them; nobody who is not signed in sees any."""
    with connection.cursor() as cursor:
        cursor.execute(*contacts_statement(person, viewer))
        row = cursor.fetchone() or ("", "")
    return {"phone": row[0], "address": row[1]}
