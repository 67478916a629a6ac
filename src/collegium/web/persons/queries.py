"""Persons as the directory and their own pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.entries.text import fold
from collegium.core.people.models import Person
from collegium.core.people.queries import contacts_statement
from collegium.rooms.discussions.queries import started_statement

from ..house import sees_people
from ..together import Row, Statement, moments, together

PAGE = 50

# Whoever is or once was among the member societies' people.
_EVER_MEMBERS = "SELECT person_id FROM access_admission WHERE audience_id = %s AND lower(period) <= %s::timestamptz"


def visible_persons(viewer: Viewer) -> QuerySet[Person]:
    """Whose pages the viewer sees: one's own; members those of members past and present; the council's team all."""
    if viewer.is_among(OFFICE):
        return Person.objects.filter(merged_into=None)
    own = Q(pk=viewer.person_id)
    if not sees_people(viewer):
        return Person.objects.filter(own)
    ever = RawSQL(_EVER_MEMBERS, [MEMBERS, viewer.at])  # noqa: S611 - a constant with parameters
    return Person.objects.filter(own | Q(pk__in=ever))


def stayed_as(handle: str, viewer: Viewer) -> Person | None:
    """Who answers to this handle since the account that had it was joined to theirs, if the viewer sees them."""
    found: Person | None = visible_persons(viewer).filter(joined__handle=handle).first()
    return found


# The seats of a person on the day of the moment, each in its organization's zone.
_SEATS = """
SELECT json_agg(json_build_object('title', t.title, 'capacity', t.capacity, 'function', f.name,
        'society', e.title, 'society_slug', o.slug) ORDER BY t.id) AS seats
FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
WHERE t.person_id = p.id AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date"""

_FITTING = """
SELECT FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
JOIN people_organization o ON o.entry_id = s.organization_id
WHERE t.person_id = p.id AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date"""

_AMONG_MEMBERS = """EXISTS (SELECT FROM access_admission a
    WHERE a.person_id = p.id AND a.audience_id = %s AND a.period @> %s::timestamptz)"""

# As `core.entries.text.fold` does it: decomposed, without combining marks, in lower case.
_FOLDED = "regexp_replace(lower(normalize(p.name, NFKD)), '[\\u0300-\\u036f]', '', 'g')"

_AFTER = "(p.name, p.id) > (SELECT x.name, x.id FROM people_person x WHERE x.id = %s)"
_BEFORE = "(p.name, p.id) < (SELECT x.name, x.id FROM people_person x WHERE x.id = %s)"

_DIRECTORY = """
SELECT p.id, p.handle, p.name, p.credentials, held.seats FROM people_person p
LEFT JOIN LATERAL ({seats}) AS held ON true
WHERE {conditions} ORDER BY p.name {direction}, p.id {direction} LIMIT {limit}"""


def directory(
    viewer: Viewer,
    *,
    name: str = "",
    society: str = "",
    function: str = "",
    after: int | None = None,
    before: int | None = None,
) -> Row:
    """A page of the directory with what it can be narrowed by: `{rows, societies, functions, has_newer, has_older}`."""
    found = together(
        rows=_directory(viewer, name=name, society=society, function=function, after=after, before=before),
        societies=(_SOCIETIES, visible_parameters(viewer)),
        functions=("SELECT slug, name FROM people_function ORDER BY name", []),
    )
    rows = found["rows"]
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if before is not None:
        rows.reverse()
    for row in rows:
        row["full_name"] = f"{row['name']}, {row['credentials']}" if row["credentials"] else row["name"]
    earlier = more if before is not None else after is not None
    later = more if before is None else True
    return found | {"rows": rows, "has_earlier": earlier, "has_later": later}


def _directory(
    viewer: Viewer, *, name: str, society: str, function: str, after: int | None, before: int | None
) -> Statement:
    conditions = ["p.merged_into_id IS NULL"]
    parameters: list[Any] = [viewer.at]
    if not viewer.is_among(OFFICE):
        conditions.append(_AMONG_MEMBERS)
        parameters += [MEMBERS, viewer.at]
    if society or function:
        conditions.append(f"EXISTS ({_FITTING} AND (%s::text = '' OR o.slug = %s) AND (%s::text = '' OR f.slug = %s))")
        parameters += [viewer.at, society, society, function, function]
    if name:
        conditions.append(f"({_FOLDED} LIKE %s OR {_FOLDED} LIKE %s)")
        start = _escaped(fold(name.strip()))
        parameters += [f"{start}%", f"% {start}%"]
    backwards = before is not None
    if after is not None or backwards:
        conditions.append(_BEFORE if backwards else _AFTER)
        parameters.append(before if backwards else after)
    sql = _DIRECTORY.format(
        seats=_SEATS, conditions=" AND ".join(conditions), direction="DESC" if backwards else "ASC", limit=PAGE + 1
    )
    return sql, parameters


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_SOCIETIES = f"""
SELECT o.slug, e.title AS name FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
WHERE EXISTS (SELECT FROM people_seat s WHERE s.organization_id = o.entry_id) AND {visible_sql("e.audience_id")}
ORDER BY e.title"""  # noqa: S608 - constants


_TENURES = """
SELECT t.title, t.capacity, t.leadership, f.name AS function, e.title AS society, o.slug AS society_slug,
    lower(t.period) AS first_day, upper(t.period) - 1 AS last_day, o.audience_id,
    t.period @> today.day AS is_present
FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
CROSS JOIN LATERAL (SELECT (%s::timestamptz AT TIME ZONE o.time_zone)::date AS day) AS today
WHERE t.person_id = %s AND lower(t.period) <= today.day ORDER BY is_present DESC, lower(t.period) DESC, t.id"""

_SHARED_GROUPS = """
SELECT e.title AS name, g.slug
FROM groups_group g JOIN groups_circle c ON c.id = g.circle_id JOIN entries_entry e ON e.id = g.entry_id
WHERE c.audience_id = ANY(%s::bigint[]) AND EXISTS (SELECT FROM access_admission a
    WHERE a.person_id = %s AND a.audience_id = c.audience_id AND a.reason <> 'reading' AND a.period @> %s::timestamptz)
ORDER BY e.title"""


def person_page(person: Person, viewer: Viewer) -> dict[str, Any]:
    """Seats, contact fields, groups shared with the viewer and topics the viewer can see: one query."""
    found = together(
        tenures=(_TENURES, [viewer.at, person.pk]),
        contacts=contacts_statement(person, viewer),
        groups=(_SHARED_GROUPS, [sorted(viewer.own_ids), person.pk, viewer.at]),
        topics=started_statement(person.pk, viewer),
    )
    tenures = [_tenure(row, viewer) for row in found["tenures"]]
    return {
        "present": [row for row in tenures if row["is_present"]],
        "past": [row for row in tenures if not row["is_present"]],
        "contacts": found["contacts"][0] if found["contacts"] else {"phone": "", "address": ""},
        "groups": [] if person.pk == viewer.person_id else found["groups"],
        "topics": moments(found["topics"], "at"),
    }


def _tenure(row: Row, viewer: Viewer) -> Row:
    """When somebody will leave is for the society itself and the council's team; when somebody left is not."""
    last = date.fromisoformat(row["last_day"]) if row["last_day"] else None
    knows = not row["is_present"] or viewer.is_among(row["audience_id"]) or viewer.is_among(OFFICE)
    return row | {"first_day": date.fromisoformat(row["first_day"]), "last_day": last if knows else None}
