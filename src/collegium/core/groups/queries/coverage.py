"""The coverage map: for each organization and group, how the seats the group admits are held."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection

from collegium.core.access.queries import visible_parameters, visible_sql, with_grounds
from collegium.core.access.viewers import Viewer

# So long after the last holder left a seat counts as lapsed: somebody just went. After that it is vacant.
LAPSE = timedelta(days=180)


class State(StrEnum):
    """How an organization is represented in a group. Where a group admits several of its seats, the first that fits.

    The map is of seats: whether a person has yet to undertake something, or is suspended, is not its affair.

    `held`: somebody sits in an admitted seat as its holder, and in a closed group they are confirmed.
    `interim`: nobody does so, but an interim or a deputy whom the policy admits.
    `lapsed`: somebody should be in and is not: a holder of the last 180 days left (or closed their account) and has no
    successor; or the holder of a seat that belongs to a closed group waits for the second person's confirmation; or
    the society is suspended and the policy does not admit it while it is.
    `vacant`: the group admits the organization, and the seat is there, but nobody whom the policy admits has held it
    for 180 days, or ever.
    Where a group does not apply there is no cell: the organization has no seat the group admits, or the policy does
    not admit its kind or standing.
    """

    HELD = "held"
    INTERIM = "interim"
    LAPSED = "lapsed"
    VACANT = "vacant"


class Why(StrEnum):
    """What made a cell lapsed or vacant."""

    ENDED = "ended"
    UNCONFIRMED = "unconfirmed"
    SUSPENDED = "suspended"
    NEVER_HELD = "never_held"
    NONE = ""


class Cell(NamedTuple):
    """One organization in one group. `on` is the day of it: since when held, or when the last holder left.

    `belongs` says whether the seat is in the group: always by office, elsewhere once it has joined. `next_on` is the
    day on which somebody takes up a seat nobody holds now.
    """

    organization_id: int
    group_id: int
    state: State
    why: Why
    function: str
    name: str
    handle: str
    title: str
    capacity: str
    on: datetime | None
    next_on: datetime | None
    belongs: bool


_ORGANIZATIONS = f"""
SELECT o.entry_id AS id, e.title AS name, o.slug, o.acronym, o.kind, o.specialty, n.status
FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
LEFT JOIN standings n ON n.organization_id = o.entry_id AND n.period @> %s::timestamptz
WHERE o.kind <> 'council' AND {visible_sql("e.audience_id")} ORDER BY e.title, o.entry_id
"""  # noqa: S608 - constants of the house

_GROUPS = f"""
SELECT g.entry_id AS id, e.title AS name, g.slug, g.short, g.kind, g.joining, g.is_closed
FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id JOIN groups_circle c ON c.id = g.circle_id
WHERE cardinality(c.functions) > 0 AND {visible_sql("e.audience_id")} ORDER BY e.title, g.entry_id
"""  # noqa: S608 - constants of the house


def organizations(viewer: Viewer) -> list[dict[str, Any]]:
    """All but the council, by name, each with its standing of the moment (`status`, None without one)."""
    return _rows(f"{with_grounds('standings')} {_ORGANIZATIONS}", [viewer.at, *visible_parameters(viewer)])


def groups(viewer: Viewer) -> list[dict[str, Any]]:
    """The groups whose pages the viewer sees and whose policy admits any function, by name."""
    return _rows(_GROUPS, visible_parameters(viewer))


def _rows(sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


# One row for each admitted seat and each tenure in it that the policy could admit, past, present or to come; the best
# of them makes the cell. The rank is the order of `State`, with its reasons.
_CELLS = """
, now_standing AS MATERIALIZED (
    SELECT organization_id, status FROM standings WHERE period @> %(at)s::timestamptz
), held AS MATERIALIZED (
    SELECT * FROM tenures WHERE organization_id = ANY(%(organizations)s) AND NOT isempty(period)
), wanted AS MATERIALIZED (
    SELECT c.*, g.is_closed, g.joining, f.id AS function_id, f.short
    FROM groups_group g JOIN groups_circle c ON c.id = g.circle_id JOIN people_function f ON f.slug = ANY(c.functions)
    WHERE g.entry_id = ANY(%(groups)s)
), admitted AS MATERIALIZED (
    SELECT w.group_id, w.is_closed, w.joining, w.capacities, w.leaderships, s.id AS seat_id, s.organization_id,
        w.short AS function, n.status = ANY(w.standings) AS stands, n.status = 'suspended' AS is_suspended
    FROM wanted w
    JOIN people_seat s ON s.function_id = w.function_id
    JOIN people_organization o ON o.entry_id = s.organization_id AND o.kind = ANY(w.organization_kinds)
    JOIN now_standing n ON n.organization_id = s.organization_id
    WHERE s.organization_id = ANY(%(organizations)s)
), sitting AS (
    SELECT a.*, t.tenure_id, t.person_id, t.capacity, t.period,
        a.joining = 'ex_officio' OR m.id IS NOT NULL AS belongs,
        a.is_closed AND (a.joining = 'ex_officio' OR m.id IS NOT NULL)
            AND (k.id IS NULL OR a.joining <> 'ex_officio' AND m.confirmed_at IS NULL) AS waits
    FROM admitted a
    LEFT JOIN held t ON t.seat_id = a.seat_id
        AND t.capacity = ANY(a.capacities) AND t.leadership = ANY(a.leaderships)
    LEFT JOIN groups_membership m ON m.group_id = a.group_id AND m.seat_id = a.seat_id AND upper_inf(m.period)
    LEFT JOIN groups_confirmation k ON k.group_id = a.group_id AND k.tenure_id = t.tenure_id
), ranked AS (
    SELECT *, CASE
        WHEN stands AND period @> %(at)s::timestamptz AND NOT waits THEN CASE capacity WHEN 'holder' THEN 1 ELSE 2 END
        WHEN stands AND period @> %(at)s::timestamptz THEN 3
        WHEN is_suspended AND NOT stands AND period @> %(at)s::timestamptz THEN 4
        WHEN stands AND upper(period) <= %(at)s AND upper(period) > %(lapse)s THEN 5
        WHEN stands THEN 6
    END AS rank
    FROM sitting
), best AS (
    SELECT DISTINCT ON (organization_id, group_id) *,
        min(lower(period)) FILTER (WHERE lower(period) > %(at)s) OVER cell AS next_on,
        max(upper(period)) FILTER (WHERE upper(period) <= %(at)s) OVER cell AS left_on
    FROM ranked WHERE rank IS NOT NULL
    WINDOW cell AS (PARTITION BY organization_id, group_id)
    ORDER BY organization_id, group_id, rank, upper(period) DESC NULLS FIRST, tenure_id
)
SELECT b.organization_id, b.group_id, b.rank, b.function,
    CASE WHEN b.rank < 6 THEN p.name ELSE '' END, CASE WHEN b.rank < 6 THEN p.handle ELSE '' END,
    CASE WHEN b.rank < 6 THEN t.title ELSE '' END, CASE WHEN b.rank < 6 THEN b.capacity ELSE '' END,
    CASE WHEN b.rank < 5 THEN lower(b.period) ELSE b.left_on END, b.next_on, b.belongs
FROM best b LEFT JOIN people_tenure t ON t.id = b.tenure_id LEFT JOIN people_person p ON p.id = b.person_id
"""

_MEANING = {
    1: (State.HELD, Why.NONE),
    2: (State.INTERIM, Why.NONE),
    3: (State.LAPSED, Why.UNCONFIRMED),
    4: (State.LAPSED, Why.SUSPENDED),
    5: (State.LAPSED, Why.ENDED),
}


def cells(organization_ids: Collection[int], group_ids: Collection[int], at: datetime) -> list[Cell]:
    """The cells of these organizations and groups: one query; where a group does not apply there is no cell."""
    given: dict[str, Any] = {
        "organizations": list(organization_ids),
        "groups": list(group_ids),
        "at": at,
        "lapse": at - LAPSE,
    }
    with connection.cursor() as cursor:
        cursor.execute(with_grounds("tenures", "standings") + _CELLS, given)
        return [_cell(*row) for row in cursor.fetchall()]


def _cell(organization: int, group: int, rank: int, function: str, *rest: Any) -> Cell:
    state, why = _MEANING.get(rank) or (State.VACANT, Why.ENDED if rest[4] else Why.NEVER_HELD)
    return Cell(organization, group, state, why, function, *rest)
