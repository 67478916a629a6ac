"""Groups as their pages show them: the list, a group's door, its officers, what waits there."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from collegium.core.access import statements
from collegium.core.access.columns import Columns
from collegium.core.access.queries import visible_parameters, visible_sql, with_grounds
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Circle, Group, Membership
from collegium.core.groups.queries import asked_of, present_suspension
from collegium.core.people.models import Tenure

from ..house import sees_people
from ..together import Row, Statement, together
from .door import Door, door
from .wording import by_kind, in_short

_ENTRY, _GROUP, _CIRCLE = Columns(Entry, "e"), Columns(Group, "g"), Columns(Circle, "c")

_VISIBLE = f"""
SELECT {_ENTRY.sql}, {_GROUP.sql}, {_CIRCLE.sql}
FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id JOIN groups_circle c ON c.id = g.circle_id
WHERE g.slug = %s AND {visible_sql("e.audience_id")}"""  # noqa: S608 - constants


def visible_group(viewer: Viewer, slug: str) -> Group:
    """The group with its circle, or Http404: whether it is not there or may not be seen."""
    columns = statements.row(_VISIBLE, [slug, *visible_parameters(viewer)])
    if columns is None:
        raise Http404
    entry, start = _ENTRY.take(columns, 0)
    group, start = _GROUP.take(columns, start)
    group.entry, (group.circle, _end) = entry, _CIRCLE.take(columns, start)
    found: Group = group
    return found


def is_in(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer belongs to the group's present circle."""
    return group.circle is not None and viewer.belongs_to(group.circle.audience_id)


def reads(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer sees what the circle sees: as a member, or for a day as one of the council's team."""
    return group.circle is not None and viewer.is_among(group.circle.audience_id)


def runs(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer answers for the group: its officers and the council's team."""
    return viewer.is_among(group.officers_audience_id) or viewer.is_among(OFFICE)


# --- the list

_GROUPS = """
SELECT g.entry_id AS id, g.slug, e.title AS name, g.kind, g.purpose, g.joining, g.is_closed, g.is_new,
    c.audience_id AS circle, n.persons, n.societies
FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id JOIN groups_circle c ON c.id = g.circle_id
LEFT JOIN LATERAL (
    SELECT count(DISTINCT a.person_id) AS persons, count(DISTINCT a.organization_id) AS societies
    FROM access_admission a
    WHERE a.audience_id = c.audience_id AND a.period @> %s::timestamptz AND a.reason <> 'reading' AND %s::boolean
) AS n ON true
WHERE {visible} ORDER BY e.title"""


def groups_statement(viewer: Viewer) -> Statement:
    """Every group whose page the viewer sees, by name, with how many are in it for those who may know."""
    visible = visible_sql("e.audience_id")
    return _GROUPS.format(visible=visible), [viewer.at, sees_people(viewer), *visible_parameters(viewer)]


# Own seats that the present circle of a group admits and that are not in it.
_JOINABLE = """
SELECT g.entry_id AS id, g.slug, en.title AS name, g.joining, g.is_new, bool_or(r.id IS NOT NULL) AS is_asked
FROM eligible AS e
JOIN groups_group g ON g.circle_id = e.circle_id JOIN entries_entry en ON en.id = g.entry_id
LEFT JOIN groups_joinrequest r ON r.group_id = g.entry_id AND r.tenure_id = e.tenure_id AND r.state = 'waiting'
WHERE e.period @> %s::timestamptz AND g.joining IN ('open', 'on_request')
AND NOT e.audience_id = ANY(%s::bigint[]) AND {visible}
AND NOT EXISTS (
    SELECT FROM groups_membership m WHERE m.group_id = g.entry_id AND m.seat_id = e.seat_id AND upper_inf(m.period))
GROUP BY g.entry_id, g.slug, en.title, g.joining, g.is_new ORDER BY en.title"""


def joinable_statement(viewer: Viewer) -> Statement:
    """Groups one of the viewer's seats could join, or asks to join."""
    sql = f"{_eligible_of_one()} {_JOINABLE.format(visible=visible_sql('en.audience_id'))}"
    return sql, [viewer.person_id, viewer.at, sorted(viewer.own_ids), *visible_parameters(viewer)]


def _eligible_of_one() -> str:
    """What a statement begins with that selects from `eligible`, for one person whose id is its first parameter."""
    return with_grounds("tenures", "standings", "eligible", among="= %s")


def groups_page(viewer: Viewer) -> dict[str, Any]:
    """`{mine, kinds}`: the groups one is in, and the others by kind; one query."""
    lists: dict[str, Any] = {"groups": groups_statement(viewer)}
    if viewer.person is not None:
        lists["joinable"] = joinable_statement(viewer)
    found = together(**lists)
    doors = {own["id"]: "asked" if own["is_asked"] else own["joining"] for own in found.get("joinable", [])}
    groups = [_listed(group, viewer, doors) for group in found["groups"]]
    others = by_kind(group for group in groups if not group["is_in"])
    return {"mine": [group for group in groups if group["is_in"]], "kinds": others}


def _listed(group: Row, viewer: Viewer, doors: dict[int, str]) -> Row:
    """How many are in a closed group is for those who are in."""
    inside = viewer.belongs_to(group["circle"])
    shows_numbers = group["persons"] and (inside or not group["is_closed"] or viewer.is_among(OFFICE))
    group["purpose"] = in_short(group["purpose"])
    return group | {"is_in": inside, "door": doors.get(group["id"], ""), "shows_numbers": shows_numbers}


# --- one group

_FUNCTIONS = "SELECT plural AS name FROM people_function WHERE slug = ANY(%s::text[]) ORDER BY id"

_OFFICERS = """
SELECT o.role, p.id AS person_id, p.name, p.credentials, p.handle, t.title, e.title AS society, org.slug AS society_slug
FROM groups_office o JOIN people_tenure t ON t.id = o.tenure_id JOIN people_person p ON p.id = t.person_id
JOIN people_seat s ON s.id = t.seat_id JOIN people_organization org ON org.entry_id = s.organization_id
JOIN entries_entry e ON e.id = org.entry_id
WHERE o.group_id = %s AND o.period @> %s::timestamptz AND (NOT %s::boolean OR o.confirmed_at IS NOT NULL)
AND t.period @> (%s::timestamptz AT TIME ZONE org.time_zone)::date
ORDER BY array_position(ARRAY['chair', 'vice_chair', 'liaison'], o.role::text), o.id"""

_NUMBERS = """
SELECT count(DISTINCT person_id) AS persons, count(DISTINCT organization_id) AS societies
FROM access_admission WHERE audience_id = %s AND reason <> 'reading' AND period @> %s::timestamptz"""

_CHARTER = "SELECT version FROM groups_charter WHERE group_id = %s ORDER BY version DESC LIMIT 1"

# Whether there is anything to ask for: most groups need nothing, and hardly anybody is suspended.
_BARS = """
SELECT EXISTS (SELECT FROM groups_need WHERE group_id = %s AND period @> %s::timestamptz) AS is_needed,
    EXISTS (SELECT FROM groups_suspension WHERE group_id = %s AND person_id = %s AND period @> %s::timestamptz)
    AS is_suspended"""

_LEVEL = "SELECT level FROM notices_preference WHERE person_id = %s AND place_id = %s"

_OWN_SEATS = """
SELECT t.id, t.title, place.title AS society, m.id AS membership_id,
    t.id IN ({eligible} SELECT e.tenure_id FROM eligible AS e
             WHERE e.circle_id = %s AND e.period @> %s::timestamptz) AS is_eligible
FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_organization o ON o.entry_id = s.organization_id
JOIN entries_entry place ON place.id = o.entry_id
LEFT JOIN LATERAL (
    SELECT m.id FROM groups_membership m
    WHERE m.group_id = %s AND (m.seat_id = t.seat_id OR m.tenure_id = t.id) AND upper_inf(m.period) LIMIT 1
) AS m ON true
WHERE t.person_id = %s AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date ORDER BY t.id"""

_OWN_REQUESTS = """
SELECT r.id, r.state, r.reason, r.note, r.tenure_id FROM groups_joinrequest r JOIN people_tenure t ON t.id = r.tenure_id
WHERE r.group_id = %s AND t.person_id = %s ORDER BY r.id DESC LIMIT 1"""

_REASONS = """
SELECT DISTINCT a.reason, e.title AS society FROM access_admission a JOIN entries_entry e ON e.id = a.organization_id
WHERE a.audience_id = %s AND a.person_id = %s AND a.period @> %s::timestamptz ORDER BY a.reason, e.title"""


def officers_statement(group: Group, viewer: Viewer) -> Statement:
    """Who leads the group now, confirmed where that is needed."""
    return _OFFICERS, [group.pk, viewer.at, group.is_closed, viewer.at]


def public_lists(group: Group, viewer: Viewer) -> dict[str, Any]:
    """What the group's page says to whoever sees it; names of persons and numbers only to those who may know."""
    assert group.circle is not None  # a founded group has a circle
    lists: dict[str, Any] = {
        "functions": (_FUNCTIONS, [group.circle.functions]),
        "charter": (_CHARTER, [group.pk]),
    }
    if sees_people(viewer) or is_in(viewer, group):
        lists["officers"] = officers_statement(group, viewer)
        if is_in(viewer, group) or not group.is_closed or viewer.is_among(OFFICE):
            lists["numbers"] = (_NUMBERS, [group.circle.audience_id, viewer.at])
    return lists


def own_lists(group: Group, viewer: Viewer) -> dict[str, Any]:
    """What the page needs to know of the viewer."""
    if viewer.person is None or group.circle is None:
        return {}
    me, circle = viewer.person_id, group.circle
    return {
        "seats": (
            _OWN_SEATS.format(eligible=_eligible_of_one()),
            [me, circle.pk, viewer.at, group.pk, me, viewer.at],
        ),
        "requests": (_OWN_REQUESTS, [group.pk, me]),
        "reasons": (_REASONS, [circle.audience_id, me, viewer.at]),
        "level": (_LEVEL, [me, group.pk]),
        "bars": (_BARS, [group.pk, viewer.at, group.pk, me, viewer.at]),
    }


def the_door(group: Group, viewer: Viewer, found: dict[str, list[Row]]) -> Door:
    """The door out of the lists of `own_lists`."""
    own: dict[str, Any] = {name: found.get(name, []) for name in ("seats", "requests", "reasons")}
    bars = next(iter(found.get("bars", [])), {"is_needed": False, "is_suspended": False})
    me, at = viewer.person_id, viewer.at
    own["asked"] = asked_of(me, at, group_id=group.pk) if bars["is_needed"] else []
    own["suspension"] = present_suspension(group, me, at) if bars["is_suspended"] else None
    return door(group, viewer, **own)


def present_seats(group: Group, viewer: Viewer) -> list[Row]:
    """The viewer's present seats, each with what it is to the group."""
    return together(seats=own_lists(group, viewer)["seats"])["seats"]


def free_seats(group: Group, viewer: Viewer) -> list[Row]:
    """Own seats the group admits that are not in it."""
    return [seat for seat in present_seats(group, viewer) if seat["is_eligible"] and not seat["membership_id"]]


def own_membership(group: Group, viewer: Viewer, membership_id: int | None) -> Membership:
    """A membership in force of one of the viewer's own seats; Http404 for any other."""
    own = [seat["membership_id"] for seat in present_seats(group, viewer) if seat["membership_id"]]
    if membership_id is None or membership_id not in own:
        raise Http404
    return group.memberships.get(pk=membership_id)


def own_seat(viewer: Viewer, tenure_id: int) -> Tenure:
    """A tenure of the viewer; Http404 for anybody else's."""
    found: Tenure | None = Tenure.objects.select_related("seat").filter(pk=tenure_id, person=viewer.person_id).first()
    if found is None:
        raise Http404
    return found
