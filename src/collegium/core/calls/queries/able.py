"""Who may answer for each row of a roll at a moment: as SQL for many, as rows for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collegium.core.access.statements import rows

from ..models import Call, RollRow

# Columns: row_id, person_id, tenure_id, is_alternate, position; a person stands once for a row, in their best seat.
# `{only}` stands where one row or one person is asked for: an index finds them, whatever the length of the roll.
_DAY = "(%(at)s::timestamptz AT TIME ZONE o.time_zone)::date"
_BY_MANDATE = f"""
SELECT DISTINCT ON (r.id, t.person_id) r.id AS row_id, t.person_id, t.id AS tenure_id, m.is_alternate, m.id AS position
FROM calls_rollrow r
JOIN people_organization o ON o.entry_id = r.organization_id
JOIN people_seat s ON s.organization_id = r.organization_id
JOIN people_tenure t ON t.seat_id = s.id AND t.period @> {_DAY}
JOIN people_mandate m ON m.tenure_id = t.id AND m.act = %(act)s AND m.period @> {_DAY}
JOIN people_person p ON p.id = t.person_id AND p.closed_at IS NULL
WHERE r.call_id = %(call)s {{only}}
ORDER BY r.id, t.person_id, m.is_alternate, m.id"""  # noqa: S608 - constants

# In a body a society is heard through its members there; whoever deputizes in the seat is the alternate.
_BY_MEMBERSHIP = f"""
SELECT DISTINCT ON (r.id, t.person_id) r.id AS row_id, t.person_id, t.id AS tenure_id,
    t.capacity = 'deputy' AS is_alternate, t.id AS position
FROM calls_rollrow r
JOIN people_organization o ON o.entry_id = r.organization_id
JOIN access_admission a ON a.audience_id = %(circle)s AND a.organization_id = r.organization_id
    AND a.period @> %(at)s::timestamptz AND a.reason <> 'reading'
JOIN people_tenure t ON t.person_id = a.person_id AND t.period @> {_DAY}
JOIN people_seat s ON s.id = t.seat_id AND s.organization_id = r.organization_id
JOIN people_person p ON p.id = t.person_id AND p.closed_at IS NULL
WHERE r.call_id = %(call)s {{only}}
ORDER BY r.id, t.person_id, t.capacity = 'deputy', t.id"""  # noqa: S608 - constants

_ONESELF = """
SELECT r.id AS row_id, r.person_id, NULL::bigint AS tenure_id, false AS is_alternate, 0::bigint AS position
FROM calls_rollrow r JOIN people_person p ON p.id = r.person_id AND p.closed_at IS NULL
WHERE r.call_id = %(call)s AND %(at)s::timestamptz IS NOT NULL {only}"""

_ABLE = {
    Call.Addressed.SOCIETIES: _BY_MANDATE,
    Call.Addressed.BODY: _BY_MEMBERSHIP,
    Call.Addressed.MEMBERS: _ONESELF,
}


_PERSON = {
    Call.Addressed.SOCIETIES: "t.person_id",
    Call.Addressed.BODY: "t.person_id",
    Call.Addressed.MEMBERS: "r.person_id",
}


def able_sql(call: Call) -> str:
    """SQL of (row_id, person_id, tenure_id, is_alternate, position) with the parameters of `able_parameters`."""
    return _able_sql(call)


def _able_sql(call: Call, only: str = "") -> str:
    return _ABLE[Call.Addressed(call.addressed)].format(only=only)


def able_parameters(call: Call, at: datetime) -> dict[str, Any]:
    told: dict[str, Any] = {"call": call.pk, "at": at}
    if call.addressed == Call.Addressed.SOCIETIES:
        told["act"] = call.kind_of.act
    if call.addressed == Call.Addressed.BODY:
        assert call.group is not None  # a constraint of the call
        assert call.group.circle is not None  # every group has one
        told["circle"] = call.group.circle.audience_id
    return told


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who may answer for a row, in a tenure (None for oneself), as primary or alternate."""

    row_id: int
    person_id: int
    tenure_id: int | None
    is_alternate: bool


def able(call: Call, at: datetime, *, person_id: int | None = None, row_id: int | None = None) -> list[Able]:
    """Who may answer at the moment, by row, primaries first; of one person or for one row if given."""
    asked = {"person": person_id, "row": row_id}
    columns = {"person": _PERSON[Call.Addressed(call.addressed)], "row": "r.id"}
    given = {name: value for name, value in asked.items() if value is not None}
    only = " ".join(f"AND {columns[name]} = %({name})s::bigint" for name in given)
    sql = f"""SELECT row_id, person_id, tenure_id, is_alternate FROM ({_able_sql(call, only)}) AS able
        ORDER BY row_id, is_alternate, position"""  # noqa: S608 - constants
    return [Able(*found) for found in rows(sql, able_parameters(call, at) | given)]


def able_for(row: RollRow, person_id: int | None, at: datetime) -> Able | None:
    """In what somebody may answer for the row at the moment; None if they may not."""
    if person_id is None:
        return None
    return next(iter(able(row.call, at, person_id=person_id, row_id=row.pk)), None)
