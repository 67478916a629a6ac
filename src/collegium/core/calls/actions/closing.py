"""Closing a call: from then on nothing is answered, and what follows may count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.trail import actions as trail

from .. import events
from ..models import Call, RollRow
from ..rules import check_close_call
from .calls import write_state
from .locking import lock_call


@transaction.atomic
def close_call(call: Call, *, at: datetime) -> Call:
    """Close a call whose time is over; Refused while it is not, and if it is closed already."""
    return _close(call, by=None, at=at, early=False)


@transaction.atomic
def close_early(call: Call, *, by: Any, at: datetime) -> Call:
    """Close it before its time; for whoever calls it to say when that is allowed."""
    return _close(call, by=by, at=at, early=True)


def _close(call: Call, *, by: Any, at: datetime, early: bool) -> Call:
    locked = lock_call(call.pk)
    check_close_call(locked, at, early=early)
    locked.closed_at = at
    locked.save(update_fields=["closed_at"])
    write_state(locked, Call.State.CLOSED, at)
    locked.kind_of.closed(locked, at)
    answered = RollRow.objects.filter(call=locked, is_answered=True, struck_at=None).count()
    trail.record(events.CALL_CLOSED, on=locked, by=by, at=at, facts={"answered": answered, "early": early})
    return locked
