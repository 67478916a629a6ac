"""The council's societies as their pages show them: where they stand, what belongs to them, who sits in their seats."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from typing import Any

from django.http import Http404

from collegium.core.access import statements
from collegium.core.access.columns import Columns
from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization

from ..house import sees_people
from ..together import Row, Statement, together

DEPENDENT = (Organization.Kind.SUBSPECIALTY, Organization.Kind.FOUNDATION)

# The standing of the day in the zone of whoever carries it: a dependent organization has that of its parent.
_STANDING = """
LEFT JOIN people_organization carrier ON carrier.entry_id = CASE
    WHEN o.kind IN ('subspecialty', 'foundation') THEN o.parent_id ELSE o.entry_id END
LEFT JOIN people_standing st ON st.organization_id = carrier.entry_id
    AND st.period @> (%s::timestamptz AT TIME ZONE carrier.time_zone)::date"""

_SOCIETIES = f"""
SELECT o.entry_id AS id, e.title AS name, o.slug, o.kind, o.acronym, o.specialty, o.city, o.members,
    o.parent_id AS mother, st.status
FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id {_STANDING}
WHERE {visible_sql("e.audience_id")} ORDER BY e.title"""  # noqa: S608 - constants


def societies_page(viewer: Viewer) -> dict[str, Any]:
    """What `listed` makes of every organization the viewer sees: one query."""
    return listed(together(rows=societies_statement(viewer))["rows"], shows_standing=sees_people(viewer))


def societies_statement(viewer: Viewer) -> Statement:
    """Every organization the viewer sees, by name."""
    return _SOCIETIES, [viewer.at, *visible_parameters(viewer)]


_ORGANIZATION, _ENTRY = Columns(Organization, "o"), Columns(Entry, "e")
_MOTHER, _MOTHERS_ENTRY = Columns(Organization, "mother"), Columns(Entry, "me")

_VISIBLE = f"""
SELECT {_ORGANIZATION.sql}, {_ENTRY.sql}, {_MOTHER.sql}, {_MOTHERS_ENTRY.sql}, st.status, lower(st.period)
FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
LEFT JOIN people_organization mother ON mother.entry_id = o.parent_id
LEFT JOIN entries_entry me ON me.id = mother.entry_id {_STANDING}
WHERE o.slug = %s AND {visible_sql("e.audience_id")}"""  # noqa: S608 - constants


def visible_organization(viewer: Viewer, slug: str) -> Any:
    """The organization with its parent, `status` and `standing_since`; Http404 if it is not there or not to be seen."""
    columns = statements.row(_VISIBLE, [viewer.at, slug, *visible_parameters(viewer)])
    if columns is None:
        raise Http404
    organization, start = _ORGANIZATION.take(columns, 0)
    organization.entry, start = _ENTRY.take(columns, start)
    mother, start = _MOTHER.take(columns, start)
    mothers_entry, start = _MOTHERS_ENTRY.take(columns, start)
    if organization.parent_id is not None:
        mother.entry = mothers_entry
        organization.parent = mother
    organization.status, organization.standing_since = columns[start:]
    return organization


def listed(rows: list[Row], *, shows_standing: bool) -> dict[str, Any]:
    """In order of what they are to the council: `members` with their `dependents`, `others`, `bodies`, `partners`.

    Who has applied, is suspended or has left is for the member societies to know.
    """
    dependents: dict[int, list[Row]] = {}
    for row in rows:
        row["initial"] = row["name"][:1].upper()
        if row["kind"] in DEPENDENT:
            dependents.setdefault(row["mother"], []).append(row)
    societies = [row | {"dependents": dependents.get(row["id"], [])} for row in rows if row["kind"] == "society"]
    members = [row for row in societies if row["status"] == "member"]
    return {
        "members": members,
        "others": [row for row in societies if row["status"] != "member"] if shows_standing else [],
        "bodies": [row for row in rows if row["kind"] == "related_body"],
        "partners": [row for row in rows if row["kind"] == "partner"],
        "numbers": _numbers(members),
    }


def _numbers(members: list[Row]) -> Row:
    kinds = [dependent["kind"] for row in members for dependent in row["dependents"]]
    return {
        "members": len(members),
        "subspecialties": kinds.count(Organization.Kind.SUBSPECIALTY),
        "foundations": kinds.count(Organization.Kind.FOUNDATION),
        "individuals": sum(row["members"] or 0 for row in members),
    }


# Who holds each seat on a day, whoever came first, and since when an empty one is empty.
_SEATS = """
SELECT f.name AS function, f.slug AS function_slug,
    (SELECT json_agg(json_build_object('name', p.name, 'credentials', p.credentials, 'handle', p.handle,
            'title', t.title, 'capacity', t.capacity, 'leadership', t.leadership, 'last_day', upper(t.period) - 1)
        ORDER BY array_position(ARRAY['holder', 'interim', 'deputy'], t.capacity::text), p.name)
     FROM people_tenure t JOIN people_person p ON p.id = t.person_id
     WHERE t.seat_id = s.id AND t.period @> %s::date) AS holders,
    (SELECT max(upper(t.period)) FROM people_tenure t
     WHERE t.seat_id = s.id AND upper(t.period) <= %s::date) AS vacant_since
FROM people_seat s JOIN people_function f ON f.id = s.function_id
WHERE s.organization_id = %s ORDER BY f.id"""


_CHILDREN = f"""
SELECT e.title AS name, o.slug, o.kind FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
WHERE o.parent_id = %s AND {visible_sql("e.audience_id")} ORDER BY e.title"""  # noqa: S608 - constants


def society_page(organization: Organization, viewer: Viewer) -> dict[str, Any]:
    """What belongs to the organization and, for those who may see people, its seats: one query."""
    lists: dict[str, Any] = {"children": (_CHILDREN, [organization.pk, *visible_parameters(viewer)])}
    if sees_people(viewer):
        lists["seats"] = _seats(organization, viewer.at)
    found = together(**lists)
    seats = [_seat(row, shows_ends=_shows_ends(organization, viewer)) for row in found.get("seats", [])]
    return {
        "subspecialties": [row for row in found["children"] if row["kind"] == Organization.Kind.SUBSPECIALTY],
        "foundations": [row for row in found["children"] if row["kind"] == Organization.Kind.FOUNDATION],
        "shows_people": sees_people(viewer),
        "seats": seats,
        "numbers": _seat_numbers(seats),
    }


def _seats(organization: Organization, at: datetime) -> Statement:
    today = at.astimezone(zoneinfo.ZoneInfo(organization.time_zone)).date()
    return _SEATS, [today, today, organization.pk]


def _shows_ends(organization: Organization, viewer: Viewer) -> bool:
    """When somebody will leave is for the society itself and the council's team."""
    return viewer.is_among(organization.audience_id) or viewer.is_among(OFFICE)


def _seat(row: Row, *, shows_ends: bool) -> Row:
    holders = row["holders"] or []
    for holder in holders:
        day = holder["last_day"]
        holder["last_day"] = date.fromisoformat(day) if day and shows_ends else None
        holder["full_name"] = f"{holder['name']}, {holder['credentials']}" if holder["credentials"] else holder["name"]
    since = row["vacant_since"]
    led = {holder["capacity"] for holder in holders}
    return row | {
        "holders": holders,
        "vacant_since": date.fromisoformat(since) if since else None,
        "state": "held" if "holder" in led else "interim" if "interim" in led else "deputy" if led else "vacant",
    }


def _seat_numbers(seats: list[Row]) -> Row:
    states = [seat["state"] for seat in seats]
    return {"seats": len(seats), **{state: states.count(state) for state in ("held", "interim", "deputy", "vacant")}}
