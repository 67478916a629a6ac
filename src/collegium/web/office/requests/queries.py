"""The queue of requests to join, of those who hold an admitted seat and of those who apply with a role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from collegium.core.groups.models import Application, JoinRequest
from collegium.core.groups.models.circles import POLICY_FIELDS
from collegium.core.groups.queries.applications import CEO, LIAISON, with_all
from collegium.core.groups.queries.criteria import STANDING, criteria
from collegium.core.people.models import Person
from collegium.core.people.queries import live_owner
from collegium.web.together import Row, moments, together

PAGE = 50
# One row each, whichever way somebody asks.
_ASKED = """
SELECT 'application' AS way, a.id, a.group_id, a.state, a.asked_at, a.decided_at, a.name, a.title, a.capacity,
    a.leadership, a.society_id, a.function_id, a.confirmed_at IS NOT NULL AS is_confirmed
FROM groups_application a
UNION ALL
SELECT 'seat', r.id, r.group_id, CASE r.state WHEN 'waiting' THEN 'council' ELSE r.state END, r.asked_at, r.decided_at,
    p.name, t.title, t.capacity, t.leadership, s.organization_id, s.function_id, true
FROM groups_joinrequest r JOIN people_tenure t ON t.id = r.tenure_id JOIN people_person p ON p.id = t.person_id
JOIN people_seat s ON s.id = t.seat_id"""

_HAS_KEY_HOLDER = """EXISTS (
    SELECT FROM people_tenure k JOIN people_seat ks ON ks.id = k.seat_id
    JOIN people_function kf ON kf.id = ks.function_id JOIN people_person kp ON kp.id = k.person_id
    WHERE ks.organization_id = o.entry_id AND kf.slug = ANY(%s::text[]) AND kp.closed_at IS NULL
    AND k.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date)"""

_QUEUE = f"""
SELECT q.*, ge.title AS group_name, g.slug AS group_slug, se.title AS society, o.kind, f.slug AS function,
    f.name AS function_name, {", ".join(f"c.{field}" for field in POLICY_FIELDS)},
    {STANDING.format(organization="o.entry_id")} AS standing, {_HAS_KEY_HOLDER} AS has_key_holder
FROM ({_ASKED}) AS q
JOIN groups_group g ON g.entry_id = q.group_id JOIN entries_entry ge ON ge.id = g.entry_id
JOIN groups_circle c ON c.id = g.circle_id
JOIN people_organization o ON o.entry_id = q.society_id JOIN entries_entry se ON se.id = o.entry_id
JOIN people_function f ON f.id = q.function_id
WHERE q.state = ANY(%s::text[]) AND (%s::bigint IS NULL OR q.group_id = %s::bigint)
ORDER BY q.asked_at, q.way, q.id LIMIT %s OFFSET %s"""  # noqa: S608 - constants

_GROUPS = """
SELECT g.entry_id AS id, e.title AS name FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id
ORDER BY e.title"""


def queue(*, states: Sequence[str], group: int | None, page: int, at: datetime) -> dict[str, Any]:
    """`{rows, groups, has_more}`: requests in these states, oldest first, each with its criteria and age in days."""
    asked_of = [at, [LIAISON, CEO], at]
    parameters = [*asked_of, list(states), group, group, PAGE + 1, (page - 1) * PAGE]
    found = together(rows=(_QUEUE, parameters), groups=(_GROUPS, []))
    rows = moments(found["rows"], "asked_at", "decided_at")
    return {
        "rows": [_shown(row, at) for row in rows[:PAGE]],
        "groups": found["groups"],
        "has_more": len(rows) > PAGE,
    }


def everybody_asking(*, states: Sequence[str], group: int | None, at: datetime) -> list[Row]:
    """All of the queue, as its pages show it."""
    found = together(rows=(_QUEUE, [at, [LIAISON, CEO], at, list(states), group, group, None, 0]))
    return [_shown(row, at) for row in moments(found["rows"], "asked_at", "decided_at")]


def _shown(row: Row, at: datetime) -> Row:
    policy = {field: row[field] for field in POLICY_FIELDS}
    return row | {
        "criteria": criteria(policy, row),
        "days": max((at - row["asked_at"]).days, 0),
        "is_open": row["state"] in Application.OPEN,
        "nobody_to_ask": row["state"] == Application.State.SOCIETY and not row["has_key_holder"],
    }


def application(pk: int) -> Application | None:
    """One application with all that its page says."""
    return with_all(Application.objects.filter(pk=pk)).first()


def owner_of(application: Application, at: datetime) -> Person | None:
    """Whose account the address leads to, if it is somebody's by now."""
    return application.person or live_owner(application.email, at)


def seat_request(pk: int) -> JoinRequest | None:
    """One request of somebody who holds the seat, with all that its page says."""
    found = JoinRequest.objects.filter(pk=pk).select_related(
        "group__entry",
        "group__circle",
        "tenure__person",
        "tenure__seat__function",
        "tenure__seat__organization__entry",
        "decided_by",
    )
    return found.first()
