"""Who of the council's team reads a group, and who asks to, as its pages show it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from ..together import Row, moments
from .queries import is_in, runs

SHOWN_FOR = timedelta(days=30)
MOST = 20


def reading_lists(group: Group, viewer: Viewer) -> dict[str, Any]:
    """Lists for `together`: for those whose text is read, for who runs the group, and for the reader."""
    if not (is_in(viewer, group) or runs(viewer, group)):
        return {}
    found = group.readings.order_by("-asked_at", "-pk").values(
        "id",
        "reason",
        "asked_at",
        "ended_at",
        "person_id",
        name=F("person__name"),
        handle=F("person__handle"),
        confirmer=F("confirmed_by__name"),
        since=F("period__startswith"),
        until=F("period__endswith"),
    )
    let_through = found.filter(period__isnull=False, asked_at__gt=viewer.at - SHOWN_FOR)[:MOST]
    lists: dict[str, Any] = {"readings": let_through}
    if runs(viewer, group):
        lists["readers_waiting"] = found.filter(period=None, ended_at=None)[:MOST]
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
