"""Societies that answer what positions ask of them, for tests."""

from __future__ import annotations

from typing import Any

from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.groups.tests.cast import Cast
from collegium.rooms.positions.models import Position, WindowCall

from .factories import give_mandate, in_state, later

# Who may answer for each of the three member societies.
SPEAKERS = {"lagoon": "delegate", "harbour": "chair", "reef": "leaver"}


def mandates(cast: Cast, *acts: str) -> None:
    """Each member society has somebody for acts of these kinds."""
    for part in SPEAKERS.values():
        for act in acts:
            if not cast.tenures[part].mandates.filter(act=act).exists():
                give_mandate(cast, part, act)


def asked_for_support(cast: Cast) -> Position:
    """Open for support since day 82, until day 122; it touches Lagoon."""
    mandates(cast, "sign")
    return in_state(cast, "sign-on")


def asking_calls(position: Position) -> list[Call]:
    """The calls of its newest window, that of the touched first."""
    window = position.windows.last()
    found = WindowCall.objects.filter(window=window).order_by("-is_first").select_related("call__entry")
    return [one.call for one in found]


def row_for(cast: Cast, position: Position, society: str) -> RollRow:
    """The society's row of the newest window, whose calls are opened where their time has come."""
    found: RollRow = RollRow.objects.get(call__in=asking_calls(position), organization=getattr(cast, society))
    return found


def say(cast: Cast, position: Position, society: str, choice: str, raw: str = "", *, days: float = 90) -> Answer:
    """The society's answer on a day after the cast's."""
    at = later(cast, days)
    calls.open_due_calls(at=at)
    row = row_for(cast, position, society)
    facts: dict[str, Any] = {"viewer": cast.viewer(SPEAKERS[society], at), "at": at}
    return calls.answer_call(row, choice=choice, raw=raw, **facts)
