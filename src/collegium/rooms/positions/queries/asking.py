"""Whom a position asks in its window, and who has commented in it."""

from __future__ import annotations

from datetime import datetime

from collegium.core.calls.models import Call, RollRow
from collegium.core.people.models import Organization

from ..models import Comment, Disposition, Position, Window, WindowCall


def calls_of(position: Position) -> list[Call]:
    """The calls of its newest window, in the order in which they are locked."""
    window = Window.objects.filter(position=position).last()
    asked = WindowCall.objects.filter(window=window).select_related("call") if window else ()
    return [one.call for one in sorted(asked, key=lambda one: one.pk)]


def row_of(position: Position, society: int, at: datetime) -> RollRow | None:
    """The society's row of a call of the position that takes answers at the moment."""
    for call in calls_of(position):
        if call.takes_answers(at):
            row = RollRow.objects.filter(call=call, organization=society, struck_at=None).first()
            if row is not None:
                return row
    return None


def has_commented(call: Call, society: Organization) -> bool:
    """Whether a comment of the society made since the window opened still stands."""
    window = call.position_window.window
    made = Comment.objects.filter(consultation__position=window.position_id, society=society, at__gte=window.opens_at)
    return made.exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN).exists()


def commenters(position: Position) -> list[int]:
    """The societies whose comments stand."""
    made = Comment.objects.filter(consultation__position=position)
    stand = made.exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    return sorted(set(stand.values_list("society_id", flat=True)))
