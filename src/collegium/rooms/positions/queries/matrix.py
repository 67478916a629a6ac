"""Societies by positions: where each stands on what was asked of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer

from ..models import Position
from .positions import visible_positions
from .showing_support import SAID

SHOWN = 8

# The newest window of support of each of these positions.
_WINDOWS = """
SELECT DISTINCT ON (w.position_id) w.id, w.position_id FROM positions_window w
WHERE w.state = 'sign-on' AND w.position_id = ANY(%s)
AND EXISTS (SELECT FROM positions_windowcall c WHERE c.window_id = w.id)
ORDER BY w.position_id, w.id DESC"""
_STANCES = """
SELECT r.organization_id, e.title, o.slug, w.window_id,
    COALESCE(a.choice, CASE WHEN c.closed_at IS NULL THEN 'silent' ELSE 'nothing' END)
FROM positions_windowcall w
JOIN calls_call c ON c.entry_id = w.call_id
JOIN calls_rollrow r ON r.call_id = w.call_id AND r.struck_at IS NULL
JOIN people_organization o ON o.entry_id = r.organization_id
JOIN entries_entry e ON e.id = r.organization_id
LEFT JOIN calls_answer a ON a.row_id = r.id AND a.ended_at IS NULL
WHERE w.window_id = ANY(%s) ORDER BY e.title, r.organization_id"""


@dataclass(frozen=True)
class Line:
    """A society and where it stands on each of the positions, in their order; None where it was not asked."""

    society: str
    url: str
    stances: list[tuple[str, Any] | None]


@dataclass(frozen=True)
class Matrix:
    """Positions in whose newest window societies were asked where they stand, the newest first, and a line for each."""

    positions: list[Position]
    lines: list[Line]


def matrix(viewer: Viewer) -> Matrix:
    """Of the positions the viewer sees, in three statements however many there are."""
    asked = visible_positions(viewer).filter(windows__state="sign-on", windows__asked__isnull=False)
    newest = list(asked.distinct().order_by("-entry__touched_at", "-pk")[:SHOWN])
    windows = {position: window for window, position in rows(_WINDOWS, [[one.pk for one in newest]])}
    positions = [one for one in newest if one.pk in windows]
    place = {windows[one.pk]: number for number, one in enumerate(positions)}
    found: dict[int, Line] = {}
    for society, title, slug, window, stance in rows(_STANCES, [list(place)]):
        nothing: list[tuple[str, Any] | None] = [None] * len(positions)
        line = found.setdefault(society, Line(title, reverse("societies:society", args=[slug]), nothing))
        sign, _bar, word = SAID[stance]
        line.stances[place[window]] = (sign, word)
    return Matrix(positions, list(found.values()))
