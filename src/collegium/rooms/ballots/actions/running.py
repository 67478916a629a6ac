"""While it is open: its clock is stopped and goes on, and its end is moved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot, Pause
from ..rules import check_extend, check_pause, check_reason, check_resume
from .locking import lock_ballot, write_state


@transaction.atomic
def pause_ballot(ballot: Ballot, *, reason: str, viewer: Viewer, at: datetime) -> Pause:
    """Stop the clock for a fault or an error in the text; what was voted is kept."""
    locked = lock_ballot(ballot.pk)
    check_pause(viewer, locked, at)
    assert viewer.person is not None  # checked
    pause = Pause.objects.create(ballot=locked, reason=check_reason(reason), by=viewer.person, at=at)
    write_state(locked, Ballot.State.PAUSED, at)
    trail.record(events.BALLOT_PAUSED, on=pause, by=viewer.person, at=at)
    return pause


@transaction.atomic
def resume_ballot(ballot: Ballot, *, viewer: Viewer, at: datetime) -> Ballot:
    """Let the clock go on: the end moves by as long as it stood still."""
    locked = lock_ballot(ballot.pk)
    check_resume(viewer, locked)
    pause = Pause.objects.get(ballot=locked, ended_at=None)
    pause.ended_at, pause.ended_by = at, viewer.person
    pause.save(update_fields=["ended_at", "ended_by"])
    before = locked.call.closes_at
    locked.call.closes_at = before + (at - pause.at)
    locked.call.save(update_fields=["closes_at"])
    write_state(locked, Ballot.State.OPEN, at)
    facts = {"from": before.isoformat(), "to": locked.call.closes_at.isoformat()}
    trail.record(events.BALLOT_RESUMED, on=pause, by=viewer.person, at=at, facts=facts)
    return locked


@transaction.atomic
def extend_ballot(ballot: Ballot, *, closes_at: datetime, reason: str, viewer: Viewer, at: datetime) -> Ballot:
    """Move the end for all alike, once, for a reason; the call has the event."""
    locked = lock_ballot(ballot.pk)
    check_extend(viewer, locked)
    locked.call = calls.extend_call(
        locked.call, closes_at=closes_at, reason=check_reason(reason), by=viewer.person, at=at
    )
    return locked
