"""What societies of the demo council answered: where they stand on positions, and who had no comments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Call, RollRow
from collegium.core.calls.queries import able
from collegium.core.people.models import Person

from .. import actions
from ..models import MinorityStatement, Position, WindowCall
from ..rules.support import dissenting_tenures

# The first answers nine hours after the opening, the others one after the other.
FIRST, APART = timedelta(hours=9), timedelta(hours=5)


def answer(position: Position, told: dict[str, Any], now: datetime) -> None:
    """Each society as `told["stance"]` says, the others in turn as `told["others"]`; nobody after the end, or now."""
    said = {row["society"]: row for row in told.get("stance", ())}
    others: Iterator[str] = cycle(told["others"])
    window = position.windows.last()
    for asked in WindowCall.objects.filter(window=window).select_related("call").order_by("-is_first"):
        if asked.call.opens_at <= now:
            call = calls.open_call(asked.call, at=asked.call.opens_at)
            _answer_call(call, said, others, min(now, call.closes_at))


def _answer_call(call: Call, said: dict[str, Any], others: Iterator[str], until: datetime) -> None:
    rows = RollRow.objects.filter(call=call, is_answered=False).select_related("organization__entry")
    for number, row in enumerate(rows.order_by("organization__entry__title")):
        assert row.organization is not None  # societies are asked
        own = said.get(row.organization.slug, {"choice": next(others)})
        at, may = call.opens_at + FIRST + number * APART, able(call, call.opens_at, row_id=row.pk)
        if not own["choice"] or not may or at >= until:
            continue
        viewer = Viewer.of(Person.objects.get(pk=may[0].person_id), at=at)
        calls.mark_seen(row, at=at - timedelta(hours=2))
        if own["choice"] == "review":
            calls.take_up(row, viewer=viewer, at=at)
        elif own["choice"] != "seen":
            calls.answer_call(row, choice=own["choice"], raw=own.get("words", ""), viewer=viewer, at=at)


def dissent(position: Position, row: dict[str, Any], at: datetime) -> None:
    """A society says why it does not support it, and others join it."""
    statement: MinorityStatement | None = None
    for handle in row["persons"]:
        viewer = Viewer.of(Person.objects.get(handle=handle), at=at)
        tenure = dissenting_tenures(viewer, position)[0]
        if statement is None:
            statement = actions.state_minority(position, raw=row["raw"].strip(), tenure=tenure, viewer=viewer, at=at)
        else:
            actions.join_minority(statement, tenure=tenure, viewer=viewer, at=at)
