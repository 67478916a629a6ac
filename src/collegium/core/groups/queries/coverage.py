"""The coverage map: for each organization and group, how the seats the group admits are held."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection

from collegium.core.access.queries import visible_parameters, visible_sql, with_grounds
from collegium.core.access.viewers import Viewer
from collegium.core.people.queries.attesting import unconfirmed_seats

# So long after the last holder left a seat counts as lapsed: somebody just went. After that it is vacant.
LAPSE = timedelta(days=180)


class State(StrEnum):
    """How an organization is represented in a group. Where a group admits several of its seats, the first that fits.

    The map is of seats; that whoever sits there has yet to undertake something, or is suspended, is a mark on the cell.

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


class Bar(StrEnum):
    """Why whoever holds or fills in for a seat that is in the group does not read it."""

    SUSPENDED = "suspended"
    UNDERTAKING = "undertaking"
    NONE = ""


class Cell(NamedTuple):
    """One organization in one group. `on` is the day of it: since when held, or the first day after the last holder.

    Days are of the organization's own time zone. `belongs` says whether the seat is in the group: always by office,
    elsewhere once it has joined. `next_on` is the day on which somebody takes up a seat nobody holds now.
    `is_unconfirmed` says that the society was silent for too long, or has said that the record is wrong.
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
    on: date | None
    next_on: date | None
    belongs: bool
    bar: Bar
    is_unconfirmed: bool
    # The order of the states with their reasons, 1 to 6: what is drawn by the thousand is told apart by it.
    rank: int


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


# What each organization is on the day of the moment in its own time zone. Asked apart and given back as arrays: of
# those PostgreSQL knows how many there are, and joins thousands of seats accordingly.
_PLACES = """
SELECT o.entry_id, o.kind, o.time_zone, st.status, (%(at)s::timestamptz AT TIME ZONE o.time_zone)::date
FROM people_organization o
JOIN people_organization carrier
    ON carrier.entry_id = CASE WHEN o.kind IN ('subspecialty', 'foundation') THEN o.parent_id ELSE o.entry_id END
JOIN people_standing st ON st.organization_id = carrier.entry_id
    AND st.period @> (%(at)s::timestamptz AT TIME ZONE carrier.time_zone)::date
WHERE o.entry_id = ANY(%(organizations)s)"""

# One row for each admitted seat and each tenure in it that the policy could admit, past, present or to come; the best
# of them makes the cell. The rank is the order of `State`, with its reasons. All is counted in days of the
# organization's own time zone, each turned out of the moment once. Whoever is in and admitted nowhere reads nothing.
_CELLS = """
WITH place AS MATERIALIZED (
    SELECT * FROM unnest(%(organizations)s::bigint[], %(kinds)s::text[], %(zones)s::text[], %(statuses)s::text[],
        %(days)s::date[]) AS given (organization_id, kind, time_zone, status, day)
), held AS MATERIALIZED (
    SELECT t.id AS tenure_id, t.seat_id, t.person_id, t.capacity, t.leadership, t.title, p.name, p.handle,
        lower(t.period) AS starts_on, t.period @> place.day AND (p.closed_at IS NULL OR p.closed_at > %(at)s) AS is_now,
        LEAST(upper(t.period), (p.closed_at AT TIME ZONE place.time_zone)::date) AS left_on,
        COALESCE(upper(t.period) <= place.day, false) OR COALESCE(p.closed_at <= %(at)s, false) AS is_over
    FROM people_tenure t
    JOIN people_seat s ON s.id = t.seat_id
    JOIN place ON place.organization_id = s.organization_id
    JOIN people_person p ON p.id = t.person_id
), wanted AS MATERIALIZED (
    SELECT c.*, g.is_closed, g.joining, f.id AS function_id, f.short
    FROM groups_group g JOIN groups_circle c ON c.id = g.circle_id JOIN people_function f ON f.slug = ANY(c.functions)
    WHERE g.entry_id = ANY(%(groups)s)
), reading AS MATERIALIZED (
    SELECT DISTINCT w.group_id, a.person_id FROM (SELECT DISTINCT group_id, audience_id FROM wanted) AS w
    JOIN access_admission a ON a.audience_id = w.audience_id AND a.period @> %(at)s::timestamptz
), admitted AS (
    SELECT w.group_id, w.is_closed, w.joining, w.capacities, w.leaderships, s.id AS seat_id, s.organization_id,
        w.short AS function, place.day, place.status = ANY(w.standings) AS stands,
        place.status = 'suspended' AS is_suspended
    FROM people_seat s
    JOIN place ON place.organization_id = s.organization_id
    JOIN wanted w ON w.function_id = s.function_id AND place.kind = ANY(w.organization_kinds)
), sitting AS (
    SELECT a.organization_id, a.group_id, a.seat_id, a.function, a.day, a.stands, a.is_suspended,
        t.tenure_id, t.person_id, t.capacity, t.starts_on, t.is_now,
        CASE WHEN t.is_over THEN t.left_on END AS left_on,
        CASE WHEN t.starts_on > a.day AND NOT t.is_over THEN t.starts_on END AS next_on,
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
        WHEN stands AND is_now AND NOT waits THEN CASE capacity WHEN 'holder' THEN 1 ELSE 2 END
        WHEN stands AND is_now THEN 3
        WHEN is_suspended AND NOT stands AND is_now THEN 4
        WHEN stands AND left_on > day - %(lapse)s THEN 5
        WHEN stands THEN 6
    END AS rank
    FROM sitting
), best AS (
    SELECT DISTINCT ON (organization_id, group_id) *,
        min(next_on) OVER cell AS first_next_on, max(left_on) OVER cell AS last_left_on
    FROM ranked WHERE rank IS NOT NULL
    WINDOW cell AS (PARTITION BY organization_id, group_id)
    ORDER BY organization_id, group_id, rank, left_on DESC NULLS FIRST, tenure_id
)
SELECT b.organization_id, b.group_id, b.rank, b.seat_id, b.function,
    CASE WHEN b.rank < 6 THEN h.name ELSE '' END, CASE WHEN b.rank < 6 THEN h.handle ELSE '' END,
    CASE WHEN b.rank < 6 THEN h.title ELSE '' END, CASE WHEN b.rank < 6 THEN b.capacity ELSE '' END,
    CASE WHEN b.rank < 5 THEN b.starts_on ELSE b.last_left_on END, b.first_next_on, b.belongs,
    CASE WHEN b.rank > 2 OR NOT b.belongs OR r.person_id IS NOT NULL THEN ''
        WHEN EXISTS (SELECT FROM groups_suspension u WHERE u.group_id = b.group_id AND u.person_id = b.person_id
            AND u.period @> %(at)s::timestamptz) THEN 'suspended'
        WHEN EXISTS (SELECT FROM groups_need n WHERE n.group_id = b.group_id AND n.period @> %(at)s::timestamptz)
            THEN 'undertaking'
        ELSE '' END
FROM best b LEFT JOIN held h ON h.tenure_id = b.tenure_id
LEFT JOIN reading r ON r.group_id = b.group_id AND r.person_id = b.person_id
"""

_MEANING = {
    1: (State.HELD, Why.NONE),
    2: (State.INTERIM, Why.NONE),
    3: (State.LAPSED, Why.UNCONFIRMED),
    4: (State.LAPSED, Why.SUSPENDED),
    5: (State.LAPSED, Why.ENDED),
}


def state_of(rank: int) -> State:
    """The state a rank stands for."""
    return _MEANING[rank][0] if rank in _MEANING else State.VACANT


def cells(organization_ids: Collection[int], group_ids: Collection[int], at: datetime) -> list[Cell]:
    """The cells of these organizations and groups: three queries; where a group does not apply there is no cell."""
    doubted = unconfirmed_seats(at).filter(organization__in=organization_ids)
    unconfirmed = frozenset(doubted.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"organizations": list(organization_ids), "at": at})
        places = [list(column) for column in zip(*cursor.fetchall(), strict=True)] or [[] for _name in _PLACE]
        asked: dict[str, Any] = dict(zip(_PLACE, places, strict=True))
        cursor.execute(_CELLS, asked | {"groups": list(group_ids), "at": at, "lapse": LAPSE.days})
        return [_cell(unconfirmed, *row) for row in cursor.fetchall()]


_PLACE = ("organizations", "kinds", "zones", "statuses", "days")
_BARS = {bar.value: bar for bar in Bar}


def _cell(
    unconfirmed: frozenset[int], organization: int, group: int, rank: int, seat: int, function: str, *rest: Any
) -> Cell:
    state, why = _MEANING.get(rank) or (State.VACANT, Why.ENDED if rest[4] else Why.NEVER_HELD)
    *person, belongs, bar = rest
    told = (organization, group, state, why, function, *person, belongs, _BARS[bar], seat in unconfirmed, rank)
    return Cell._make(told)
