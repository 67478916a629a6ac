"""Reminding those without an answer: by the clock, and one by one by the council's team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Call, Reminder, RollRow
from ..models.rolls import due_moments
from ..rules import check_nudge
from .locking import lock_call, lock_row


def remind_due(call: Call, *, at: datetime) -> int:
    """Remind by the newest kind that is due, if it was not sent; what was missed is not made up for.

    Looked at first without a lock: asked each minute of each open call, it mostly has nothing to do, and answers would
    wait for it.
    """
    return _remind(call, at=at) if _due_kind(call, at) else 0


def _due_kind(call: Call, at: datetime) -> str:
    """The newest kind that is due and was not sent; empty if there is none."""
    if call.opened_at is None or not call.takes_answers(at):
        return ""
    due = [kind for kind, moment in due_moments(call) if moment <= at and kind != Reminder.Kind.OPENING]
    if not due or Reminder.objects.filter(call=call, row=None, kind=due[-1]).exists():
        return ""
    return due[-1]


@transaction.atomic
def _remind(call: Call, *, at: datetime) -> int:
    locked = lock_call(call.pk)
    kind = _due_kind(locked, at)
    if not kind:
        return 0
    reminder = Reminder.objects.create(call=locked, kind=kind, at=at)
    if RollRow.objects.filter(call=locked, is_answered=False, struck_at=None).exists():
        trail.record(events.CALL_REMINDED, on=reminder, by=None, at=at, facts={"kind": reminder.kind})
    return 1


@transaction.atomic
def nudge(row: RollRow, *, viewer: Viewer, at: datetime) -> Reminder:
    """The council's team reminds one addressee."""
    call = lock_call(row.call_id)
    locked = lock_row(call, row.pk)
    check_nudge(viewer, locked, at)
    reminder = Reminder.objects.create(call=call, kind=Reminder.Kind.NUDGE, row=locked, by=viewer.person, at=at)
    trail.record(events.CALL_NUDGED, on=reminder, by=viewer.person, at=at, facts={"row": locked.pk})
    return reminder
