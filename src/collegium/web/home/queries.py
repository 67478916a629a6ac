"""What home and the front page gather from the rooms, each in one query."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.rooms.discussions import queries as discussions

from .. import topics
from ..groups.queries import groups_statement, joinable_statement
from ..groups.wording import by_kind, in_short
from ..house import house_lists
from ..societies.queries import listed, societies_statement
from ..together import Row, together

FEED = 24

_SEATS = """
SELECT t.title, t.capacity, e.title AS society, o.slug AS society_slug, upper(t.period) - 1 AS last_day
FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
WHERE t.person_id = %s AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date ORDER BY t.id"""

_MY_GROUPS = """
SELECT g.entry_id AS id, g.slug, g.short, e.title AS name
FROM groups_group g JOIN groups_circle c ON c.id = g.circle_id JOIN entries_entry e ON e.id = g.entry_id
WHERE c.audience_id = ANY(%s::bigint[]) ORDER BY e.title"""

_ASKING = """
SELECT g.slug, e.title AS name, count(*) AS requests
FROM groups_joinrequest r JOIN groups_group g ON g.entry_id = r.group_id JOIN entries_entry e ON e.id = g.entry_id
JOIN people_tenure t ON t.id = r.tenure_id
WHERE r.state = 'waiting' AND t.person_id <> %s AND (%s::boolean OR g.officers_audience_id = ANY(%s::bigint[]))
GROUP BY g.slug, e.title ORDER BY e.title"""


def home_page(viewer: Viewer, since: datetime | None) -> dict[str, Any]:
    """All that home shows: news by group, what came earlier, own questions, seats, groups, what waits for an answer.

    `told` holds the lists of the house around it.
    """
    me, mine = viewer.person_id, sorted(viewer.own_ids)
    found = together(
        feed=discussions.feed_statement(viewer, limit=FEED),
        handed=discussions.handed_on_statement(viewer, limit=6),
        questions=discussions.open_questions_statement(viewer, limit=6),
        resume=discussions.continue_statement(viewer, limit=3),
        unread=discussions.unread_statement(viewer),
        groups=(_MY_GROUPS, [mine]),
        seats=(_SEATS, [me, viewer.at]),
        joinable=joinable_statement(viewer),
        asking=(_ASKING, [me, viewer.is_among(OFFICE), mine]),
        **house_lists(viewer),
    )
    unread = {row["group_id"]: row["unread"] for row in found["unread"]}
    for row in found["groups"]:
        row["unread"] = unread.get(row["id"], 0)
    for row in found["seats"]:
        row["last_day"] = date.fromisoformat(row["last_day"]) if row["last_day"] else None
    fresh, earlier = _parted(topics.shown(found["feed"]), since)
    # Own questions are listed whole; whatever else goes on stands once: as news, as left off, or as what came earlier.
    questions = topics.shown(found["questions"])
    handed = topics.shown(found["handed"])
    resume = _without(topics.shown(found["resume"]), fresh, questions, handed)
    return {
        "news": _by_group(fresh, unread),
        "fresh": len(fresh),
        "unread": sum(unread.values()),
        "earlier": _without(earlier, resume, questions, handed),
        "handed": handed,
        "questions": questions,
        "resume": resume,
        "seats": found["seats"],
        "groups": found["groups"],
        "joinable": found["joinable"],
        "asking": found["asking"],
        "told": found,
    }


def _parted(rows: list[Row], since: datetime | None) -> tuple[list[Row], list[Row]]:
    """What happened after the last look and is not read, and the rest."""
    fresh = [row for row in rows if since is not None and row["at"] > since and (row["unread"] or row["is_new"])]
    return fresh, _without(rows, fresh)


def _without(rows: list[Row], *others: list[Row]) -> list[Row]:
    elsewhere = {row["id"] for other in others for row in other}
    return [row for row in rows if row["id"] not in elsewhere]


def _by_group(rows: list[Row], unread: dict[int, int]) -> list[Row]:
    """The rows under their groups, the group with the newest first."""
    groups: dict[int, Row] = {}
    for row in rows:
        place = groups.setdefault(row["group_id"], {"name": row["group_name"], "slug": row["group_slug"], "topics": []})
        place["topics"].append(row)
        place["unread"] = unread.get(row["group_id"], 0)
    return list(groups.values())


def front_page(viewer: Viewer) -> dict[str, Any]:
    """The council, its groups and its societies, as everybody may see them."""
    found = together(
        council=("SELECT about FROM people_organization WHERE kind = 'council'", []),
        groups=groups_statement(viewer),
        societies=societies_statement(viewer),
    )
    for row in found["groups"]:
        row["purpose"] = in_short(row["purpose"])
    return listed(found["societies"], shows_standing=False) | {
        "council": next(iter(found["council"]), None),
        "kinds": by_kind(found["groups"]),
        "group_count": len(found["groups"]),
    }
