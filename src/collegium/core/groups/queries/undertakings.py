"""Who is asked to undertake what, by when, and who was bound to which version on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from collegium.core.access.queries import EVERYONE, with_grounds
from collegium.core.access.statements import prepared_cursor

from ..models import Need, Undertaking, UndertakingVersion

_TIES = ("tenures", "standings", "in_standing", "eligible", "offices", "invitations", "ties", "bound")

# For each person and each undertaking that a group of theirs needs: whether the newest version is accepted in every
# seat that brings them in, until when they read without, and whether they are barred already.
_ASKED = """
SELECT s.person_id, s.group_id, s.need_id, s.undertaking_id, s.version_id, bool_and(s.is_accepted) AS is_accepted,
    bool_and(NOT s.is_accepted AND s.reads_until IS NULL) AS is_barred,
    min(s.reads_until) FILTER (WHERE NOT s.is_accepted) AS due_at
FROM (
    SELECT DISTINCT t.person_id, t.tenure_id, n.group_id, n.id AS need_id, n.undertaking_id, v.id AS version_id,
        EXISTS (SELECT FROM groups_acceptance a WHERE a.tenure_id = t.tenure_id AND a.version_id = v.id) AS is_accepted,
        (SELECT upper(r) FROM unnest(COALESCE(bound.periods, '{{}}'::tstzmultirange) + CASE WHEN d.id IS NULL
            THEN '{{}}' ELSE tstzmultirange(tstzrange(lower(n.period), GREATEST(lower(n.period), n.due_at))) END) AS r
         WHERE r @> %(at)s::timestamptz) AS reads_until
    FROM groups_need n
    JOIN ties AS t ON t.group_id = n.group_id AND t.period @> %(at)s::timestamptz
    JOIN LATERAL (
        SELECT v.id FROM groups_undertakingversion v WHERE v.undertaking_id = n.undertaking_id
        ORDER BY v.number DESC LIMIT 1) AS v ON true
    LEFT JOIN bound ON bound.tenure_id = t.tenure_id AND bound.undertaking_id = n.undertaking_id
    LEFT JOIN groups_deferral d ON d.need_id = n.id AND d.tenure_id = t.tenure_id
    WHERE n.period @> %(at)s::timestamptz {only}
) AS s GROUP BY s.person_id, s.group_id, s.need_id, s.undertaking_id, s.version_id"""

_NAMED = """
SELECT asked.*, g.slug AS group_slug, ge.title AS group_name, u.slug AS slug, ue.title AS name, u.kind, v.number
FROM ({asked}) AS asked JOIN groups_group g ON g.entry_id = asked.group_id
JOIN entries_entry ge ON ge.id = g.entry_id JOIN groups_undertaking u ON u.entry_id = asked.undertaking_id
JOIN entries_entry ue ON ue.id = u.entry_id JOIN groups_undertakingversion v ON v.id = asked.version_id
ORDER BY asked.is_accepted, asked.due_at NULLS FIRST, ue.title, ge.title"""


def _rows(sql: str, parameters: dict[str, Any], *, prepared: bool = False) -> list[dict[str, Any]]:
    with prepared_cursor() if prepared else connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def asked_of(person_id: int | None, at: datetime, *, group_id: int | None = None) -> list[dict[str, Any]]:
    """What the groups somebody belongs to need of them, what is missing and most urgent first.

    Rows of `{group_slug, group_name, slug, name, number, is_accepted, is_barred, due_at, …}`: `is_barred` if they
    do not read the group without, `due_at` until when they still do.
    """
    if person_id is None:
        return []
    asked = _ASKED.format(only="AND n.group_id = %(group)s" if group_id is not None else "")
    sql = f"{with_grounds(*_TIES, among='= %(person)s')} {_NAMED.format(asked=asked)}"
    return _rows(sql, {"person": person_id, "at": at, "group": group_id}, prepared=True)


def owing(
    at: datetime, *, undertaking: int | None = None, need: int | None = None, among: Iterable[int] | None = None
) -> list[dict[str, Any]]:
    """`{person_id, is_barred, due_at}` of whoever has not accepted the newest version, by id of the person.

    Asked of an undertaking, through all the groups that need it, or of one need.
    """
    found = _asked_of_all(at, undertaking=undertaking, need=need, among=among)
    rows: dict[int, dict[str, Any]] = {}
    for row in found:
        if not row["is_accepted"]:
            known = rows.setdefault(row["person_id"], row)
            if row["due_at"] and (known["due_at"] is None or row["due_at"] < known["due_at"]):
                rows[row["person_id"]] = row
    return [rows[person] for person in sorted(rows)]


def _asked_of_all(
    at: datetime, *, undertaking: int | None, need: int | None, among: Iterable[int] | None = None
) -> list[dict[str, Any]]:
    only = "AND n.undertaking_id = %(undertaking)s" if undertaking is not None else ""
    only += " AND n.id = %(need)s" if need is not None else ""
    persons = None if among is None else sorted(among)
    grounds = with_grounds(*_TIES, among=EVERYONE if persons is None else "= ANY(%(persons)s)")
    parameters = {"at": at, "undertaking": undertaking, "need": need, "persons": persons}
    return _rows(f"{grounds} {_ASKED.format(only=only)}", parameters)


def progress(at: datetime, *, undertaking: int) -> list[dict[str, Any]]:
    """For each group that needs it: `{group_id, asked, accepted, barred}`, how many persons."""
    counted: dict[int, dict[str, Any]] = {}
    for row in _asked_of_all(at, undertaking=undertaking, need=None):
        group = counted.setdefault(
            row["group_id"], {"group_id": row["group_id"], "asked": 0, "accepted": 0, "barred": 0}
        )
        group["asked"] += 1
        group["accepted"] += row["is_accepted"]
        group["barred"] += row["is_barred"]
    return [counted[group] for group in sorted(counted)]


def people_asked(at: datetime, *, undertaking: int) -> int:
    """How many persons a new version would be asked of now, through all the groups that need the undertaking."""
    return len({row["person_id"] for row in _asked_of_all(at, undertaking=undertaking, need=None)})


# The newest version somebody had accepted in a tenure that lasted then.
_BOUND_ON = """
SELECT DISTINCT ON (ue.title, society.title, p.name, t.tenure_id, u.entry_id)
    ue.title AS undertaking, v.number, v.digest, a.at AS accepted_at, p.name, p.handle, society.title AS society,
    seat.title, (later.due_at IS NULL OR later.due_at > %(at)s) AS admits
FROM groups_acceptance a
JOIN tenures AS t ON t.tenure_id = a.tenure_id AND t.period @> %(at)s::timestamptz
JOIN people_tenure seat ON seat.id = t.tenure_id
JOIN people_person p ON p.id = t.person_id
JOIN entries_entry society ON society.id = t.organization_id
JOIN groups_undertakingversion v ON v.id = a.version_id
JOIN groups_undertaking u ON u.entry_id = v.undertaking_id
JOIN entries_entry ue ON ue.id = u.entry_id
CROSS JOIN LATERAL (
    SELECT min(due_at) AS due_at FROM groups_undertakingversion
    WHERE undertaking_id = v.undertaking_id AND number > v.number) AS later
WHERE a.at <= %(at)s {only}
ORDER BY ue.title, society.title, p.name, t.tenure_id, u.entry_id, v.number DESC"""


def bound_on(at: datetime, *, undertaking: int | None = None, person: int | None = None) -> list[dict[str, Any]]:
    """Who was bound to which version at a moment, by undertaking, society and name; one row for each seat.

    `admits` says whether that version still let them in.
    """
    only = "AND u.entry_id = %(undertaking)s" if undertaking is not None else ""
    among = EVERYONE if person is None else "= %(person)s"
    sql = f"{with_grounds('tenures', among=among)} {_BOUND_ON.format(only=only)}"
    return _rows(sql, {"at": at, "undertaking": undertaking, "person": person})


def newest_versions() -> list[UndertakingVersion]:
    """The version of each undertaking that is asked now, by name."""
    rows = UndertakingVersion.objects.select_related("undertaking__entry")
    newest = rows.order_by("undertaking_id", "-number").distinct("undertaking_id")
    return sorted(newest, key=lambda version: version.undertaking.name)


def needs_in_force(at: datetime, *, undertaking: Undertaking | None = None) -> list[Need]:
    """Which group needs which undertaking, by name of the group."""
    found = Need.objects.filter(period__contains=at).select_related("group__entry", "undertaking__entry")
    if undertaking is not None:
        found = found.filter(undertaking=undertaking)
    return list(found.order_by("group__entry__title", "undertaking__entry__title"))
