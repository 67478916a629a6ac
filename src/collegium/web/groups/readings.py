"""Who of the council's team reads a group, and who asks to, as its pages show it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from ..together import Row, Statement, moments
from .queries import is_in, runs

SHOWN_FOR = timedelta(days=30)


_READINGS = """
SELECT r.id, r.reason, r.asked_at, r.ended_at, r.person_id, p.name, p.handle, c.name AS confirmer,
    lower(r.period) AS since, upper(r.period) AS until
FROM groups_reading r JOIN people_person p ON p.id = r.person_id LEFT JOIN people_person c ON c.id = r.confirmed_by_id
WHERE r.group_id = %s AND {state} ORDER BY r.asked_at DESC, r.id DESC LIMIT 20"""

_LET_THROUGH = _READINGS.format(state="r.period IS NOT NULL AND r.asked_at > %s::timestamptz")
_ASKED_FOR = _READINGS.format(state="r.period IS NULL AND r.ended_at IS NULL")


def reading_lists(group: Group, viewer: Viewer) -> dict[str, Statement]:
    """Lists for `together`: for those whose text is read, for who runs the group, and for the reader."""
    if not (is_in(viewer, group) or runs(viewer, group)):
        return {}
    lists: dict[str, Statement] = {"readings": (_LET_THROUGH, [group.pk, viewer.at - SHOWN_FOR])}
    if runs(viewer, group):
        lists["readers_waiting"] = (_ASKED_FOR, [group.pk])
    return lists


def shown(viewer: Viewer, found: dict[str, list[Row]]) -> dict[str, Any]:
    """`{readings, running, own_reading, readers_waiting}` out of the lists."""
    columns = ("asked_at", "ended_at", "since", "until")
    readings = moments(found.get("readings", []), *columns)
    waiting = moments(found.get("readers_waiting", []), *columns)
    for row in readings:
        row["is_running"] = bool(row["since"] and row["until"] and row["since"] <= viewer.at < row["until"])
    for row in waiting:
        row["is_own"] = row["person_id"] == viewer.person_id
    running = [row for row in readings if row["is_running"]]
    return {
        "past_readings": [row for row in readings if not row["is_running"]],
        "running": running,
        "own_reading": next((row for row in running if row["person_id"] == viewer.person_id), None),
        "readers_waiting": waiting,
    }
