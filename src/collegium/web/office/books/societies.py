"""Organizations as the office sees them: where each stands, how many of its seats are held, who sits in them."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Organization, Standing, Tenure
from collegium.web.together import Row, Statement, together

from .listing import folded, within

# The standing of the day in the zone of whoever carries it, and how many seats somebody holds that day.
_SOCIETIES = f"""
SELECT o.entry_id AS id, e.title AS name, o.slug, o.kind, o.acronym, o.specialty, o.city, o.website, o.founded,
    o.members, o.time_zone, me.title AS mother, st.status, lower(st.period) AS since, seats.held, seats.vacant
FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
LEFT JOIN entries_entry me ON me.id = o.parent_id
LEFT JOIN people_organization carrier ON carrier.entry_id = CASE
    WHEN o.kind IN ('subspecialty', 'foundation') THEN o.parent_id ELSE o.entry_id END
LEFT JOIN people_standing st ON st.organization_id = carrier.entry_id
    AND st.period @> (%s::timestamptz AT TIME ZONE carrier.time_zone)::date
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE held) AS held, count(*) FILTER (WHERE NOT held) AS vacant
    FROM (SELECT EXISTS (SELECT FROM people_tenure t WHERE t.seat_id = s.id
        AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date) AS held
        FROM people_seat s WHERE s.organization_id = o.entry_id) AS each) AS seats
WHERE {visible_sql("e.audience_id")}
    AND (%s::text = '' OR o.kind = %s::text)
    AND (%s::text = '' OR COALESCE(st.status, 'none') = %s::text)
    AND ({folded("e.title")} LIKE %s OR {folded("o.acronym")} LIKE %s)
ORDER BY e.title, o.entry_id"""  # noqa: S608 - constants


def societies_statement(viewer: Viewer, *, q: str = "", kind: str = "", standing: str = "") -> Statement:
    """Organizations by name; `standing` may be `none`, for those that have none today."""
    text = within(q)
    asked = [kind, kind, standing, standing, text, text]
    return _SOCIETIES, [viewer.at, viewer.at, *visible_parameters(viewer), *asked]


_KINDS, _STATUSES = dict(Organization.Kind.choices), dict(Standing.Status.choices)
CAPACITIES, LEADERSHIPS = dict(Tenure.Capacity.choices), dict(Tenure.Leadership.choices)


def worded(rows: list[Row]) -> list[Row]:
    """The rows with kind and standing in words."""
    return [row | {"kind_word": _KINDS[row["kind"]], "status_word": _STATUSES.get(row["status"], "")} for row in rows]


# Each seat once for every tenure it had, has or will have; once without any for a seat nobody ever held.
SEATS = """
SELECT s.id AS seat, f.name AS function, f.slug AS function_slug, o.slug AS society_slug, e.title AS society,
    o.kind, t.id AS tenure, t.title, t.capacity, t.leadership, lower(t.period) AS first_day,
    upper(t.period) - 1 AS last_day, p.name, p.credentials, p.handle, p.closed_at IS NOT NULL AS is_closed,
    o.unconfirmed_at IS NOT NULL OR EXISTS (SELECT FROM people_proposedremoval r
        WHERE r.tenure_id = t.id AND upper_inf(t.period)) AS is_unconfirmed,
    CASE WHEN t.id IS NULL THEN 'vacant' WHEN t.period @> today.day THEN 'present'
        WHEN lower(t.period) > today.day THEN 'future' ELSE 'past' END AS state,
    (SELECT json_agg(m.act ORDER BY m.id) FROM people_mandate m
        WHERE m.tenure_id = t.id AND m.period @> today.day) AS acts
FROM people_seat s JOIN people_function f ON f.id = s.function_id
JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
CROSS JOIN LATERAL (SELECT (%s::timestamptz AT TIME ZONE o.time_zone)::date AS day) AS today
LEFT JOIN people_tenure t ON t.seat_id = s.id LEFT JOIN people_person p ON p.id = t.person_id
WHERE {where}
ORDER BY {order}, array_position(ARRAY['holder', 'interim', 'deputy'], t.capacity::text), lower(t.period) DESC, t.id"""

_STANDINGS = """
SELECT st.status, lower(st.period) AS first_day, upper(st.period) - 1 AS last_day FROM people_standing st
WHERE st.organization_id = %s ORDER BY lower(st.period)"""

_CHILDREN = """
SELECT e.title AS name, o.slug, o.kind FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
WHERE o.parent_id = %s ORDER BY e.title"""


def seats_of_society(organization: Any, at: datetime) -> Statement:
    return SEATS.format(where="s.organization_id = %s", order="f.name, s.id"), [at, organization.pk]


def seats_of_function(function_id: int, at: datetime) -> Statement:
    return SEATS.format(where="s.function_id = %s", order="e.title, s.id"), [at, function_id]


def society_page(organization: Any, at: datetime) -> dict[str, Any]:
    """Seats with those who hold, held and will hold them, the standings by day, what belongs to it: one question."""
    carrier = organization.parent_id if organization.kind in ("subspecialty", "foundation") else organization.pk
    found = together(
        rows=seats_of_society(organization, at),
        standings=(_STANDINGS, [carrier]),
        children=(_CHILDREN, [organization.pk]),
    )
    today = at.astimezone(zoneinfo.ZoneInfo(organization.time_zone)).date()
    return seats_page(found["rows"]) | {
        "standings": [_stood(row, today) for row in found["standings"]],
        "children": found["children"],
    }


def _stood(row: Row, today: date) -> Row:
    """A line of the timeline."""
    first = date.fromisoformat(row["first_day"])
    note = _("to come") if first > today else ""
    return {"at": first, "text": _STATUSES[row["status"]], "note": note}


def seats_page(rows: list[Row]) -> dict[str, Any]:
    """`seats` with `now` and `later` each, those without anybody at present included, and `past`."""
    seats: dict[int, Row] = {}
    past = []
    for row in map(_days, rows):
        place = {name: row[name] for name in ("seat", "function", "function_slug", "society", "society_slug", "kind")}
        seat = seats.setdefault(row["seat"], place | {"now": [], "later": []})
        if row["state"] == "past":
            past.append(row)
        elif row["state"] != "vacant":
            seat["now" if row["state"] == "present" else "later"].append(row)
    held = sum(1 for seat in seats.values() if seat["now"])
    return {"seats": list(seats.values()), "past": past, "held": held, "vacant": len(seats) - held}


def _days(row: Row) -> Row:
    """The row with its days as days and its words as words."""
    for name in ("first_day", "last_day"):
        if isinstance(row[name], str):
            row[name] = date.fromisoformat(row[name])
    row["full_name"] = f"{row['name']}, {row['credentials']}" if row["credentials"] else row["name"]
    row["capacity_word"] = CAPACITIES.get(row["capacity"], "")
    row["leadership_word"] = LEADERSHIPS.get(row["leadership"], "")
    return row
