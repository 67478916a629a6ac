"""What a ballot does as its call opens, closes or is cancelled, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from collegium.core.calls.models import Call
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot
from ..rules import check_running
from .locking import write_state
from .recusing import apply_rulings


def _of(call: Call) -> Ballot:
    ballot = Ballot.objects.select_related("entry", "body__entry", "body__circle", "about").get(call=call)
    ballot.call = call
    return ballot


def opened(call: Call, at: datetime) -> None:
    """The roll is taken: what was ruled before holds on it."""
    ballot = _of(call)
    write_state(ballot, Ballot.State.OPEN, at)
    apply_rulings(ballot, at)


def closed(call: Call, at: datetime) -> None:
    """Not while it is paused; a box is emptied at once, in an order that chance makes."""
    ballot = _of(call)
    check_running(ballot)
    write_state(ballot, Ballot.State.CLOSED, at)
    if ballot.is_secret:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ballots_empty_box(%s)", [ballot.pk])


def cancelled(call: Call, at: datetime) -> None:
    """Whoever cancels the call annuls the ballot."""
    ballot = _of(call)
    if ballot.annulled_at is None:
        ballot.annulled_at, ballot.annulled_for = at, call.cancelled_for
        ballot.save(update_fields=["annulled_at", "annulled_for"])
        write_state(ballot, Ballot.State.ANNULLED, at)
        trail.record(events.BALLOT_ANNULLED, on=ballot, by=None, at=at)
