"""What waits for the council's team: each room tells the office's front page of its own in its `apps.py`.

`office_lines.register("groups.requests", "collegium.web.office.lines.requests")`: a function of the viewer, one of the
team, giving lines `{label, count, url, oldest_at}`: one, several in a list, or none (None, or a count of 0).
"""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from collegium.core.access.registry import Registry
from collegium.core.access.viewers import Viewer


class Line(TypedDict):
    """So many of a thing wait at an address, the oldest since a moment (None where that is not known)."""

    label: str
    count: int
    url: str
    oldest_at: datetime | None


office_lines = Registry("line of the office")


def lines_for(viewer: Viewer) -> list[Line]:
    """All that waits: what has waited longest first, what has no age last, in the order it was registered."""
    found = [line for of_one in office_lines.all() for line in _several(of_one(viewer)) if line["count"]]
    return sorted(found, key=lambda line: (line["oldest_at"] is None, line["oldest_at"] or viewer.at))


def _several(lines: Line | list[Line] | None) -> list[Line]:
    if lines is None:
        return []
    return lines if isinstance(lines, list) else [lines]
