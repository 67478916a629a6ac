"""Which groups a seat of a society opens: at once, after a second person's confirmation, or by joining."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collegium.core.access.queries import visible_parameters, visible_sql, with_grounds
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Organization

# Groups whose present policy admits a seat of the function at the organization, whoever holds it, as long as the reader
# may see the group's page: `is_in` where holding the seat is enough.
_OPENED = f"""
SELECT f.id AS function_id, e.title AS name, g.slug, g.is_closed, c.capacities, c.leaderships,
    g.joining = 'ex_officio' OR EXISTS (
        SELECT FROM groups_membership m JOIN people_seat s ON s.id = m.seat_id
        WHERE m.group_id = g.entry_id AND s.organization_id = o.entry_id AND s.function_id = f.id
        AND upper_inf(m.period)) AS is_in
FROM people_organization o
JOIN people_standing st ON st.organization_id = o.entry_id
    AND st.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date
JOIN groups_group g ON true
JOIN groups_circle c ON c.id = g.circle_id
JOIN entries_entry e ON e.id = g.entry_id
JOIN people_function f ON f.slug = ANY(c.functions)
WHERE o.entry_id = %s AND o.kind = ANY(c.organization_kinds) AND st.status = ANY(c.standings)
AND {visible_sql("e.audience_id")}
ORDER BY e.title"""  # noqa: S608 - constants

_COLUMNS = ("function_id", "name", "slug", "is_closed", "capacities", "leaderships", "is_in")


def groups_of_seats(organization: Organization, viewer: Viewer) -> dict[int, list[dict[str, Any]]]:
    """By function: the groups a seat of the organization opens or may join, `{name, slug, is_closed, is_in, …}`."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows(_OPENED, [viewer.at, organization.pk, *visible_parameters(viewer)]):
        group = dict(zip(_COLUMNS, row, strict=True))
        found.setdefault(group["function_id"], []).append(group)
    return found


# Holders, also those still to come, whom a closed group's policy admits and nobody has confirmed.
_WAITING = f"""
SELECT DISTINCT t.id, p.name, f.short, ge.title, g.slug, lower(t.period)
FROM eligible e
JOIN groups_group g ON g.entry_id = e.group_id AND g.circle_id = e.circle_id AND g.is_closed
JOIN entries_entry ge ON ge.id = g.entry_id
JOIN people_tenure t ON t.id = e.tenure_id
JOIN people_person p ON p.id = t.person_id
JOIN people_seat s ON s.id = t.seat_id
JOIN people_function f ON f.id = s.function_id
WHERE e.organization_id = %s AND e.period && tstzrange(%s, NULL)
AND NOT EXISTS (SELECT FROM groups_confirmation k WHERE k.group_id = g.entry_id AND k.tenure_id = t.id)
AND (g.joining = 'ex_officio' OR EXISTS (
    SELECT FROM groups_membership m WHERE m.group_id = g.entry_id AND m.seat_id = s.id AND upper_inf(m.period)))
AND {visible_sql("ge.audience_id")}
ORDER BY ge.title, p.name"""  # noqa: S608 - constants

_PERSONS = (
    "IN (SELECT x.person_id FROM people_tenure x JOIN people_seat y ON y.id = x.seat_id WHERE y.organization_id = %s)"
)


def unconfirmed_holders(organization: Organization, at: datetime, viewer: Viewer) -> list[dict[str, Any]]:
    """What waits for a closed group's second key: `{tenure_id, person, function, group, slug, starts_on}`."""
    statement = f"{with_grounds('tenures', 'standings', 'eligible', among=_PERSONS)} {_WAITING}"
    parameters = [organization.pk, organization.pk, at, *visible_parameters(viewer)]
    names = ("tenure_id", "person", "function", "group", "slug", "starts_on")
    return [dict(zip(names, row, strict=True)) for row in rows(statement, parameters)]
