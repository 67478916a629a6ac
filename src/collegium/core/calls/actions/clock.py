"""What the clock brings: calls open, those without an answer are reminded, what is over is closed."""

from __future__ import annotations

from datetime import datetime

from collegium.core.access.errors import Refused

from ..models import Call
from .closing import close_call
from .reminders import remind_due
from .rolls import open_call


def advance_calls(*, at: datetime) -> int:
    """Take every step that is due, each in a transaction of its own; returns how many were taken. May run twice.

    Nobody waits for it: whoever answers or looks sees by the clock what is open, and an answer after the end is refused
    whether or not this has run.
    """
    taken = open_due_calls(at=at)
    for call in Call.objects.running().order_by("closes_at", "pk"):
        taken += _close(call, at) if call.closes_at <= at else remind_due(call, at=at)
    return taken


def open_due_calls(*, at: datetime) -> int:
    """Take the roll of each call whose time has come; returns of how many. Pages that list what is asked need them."""
    due = list(Call.objects.due_to_open(at).order_by("opens_at", "pk"))
    for call in due:
        open_call(call, at=at)
    return len(due)


def _close(call: Call, at: datetime) -> int:
    try:
        close_call(call, at=at)
    except Refused:
        # Extended or closed by somebody else since it was read.
        return 0
    return 1
