"""Preparing a call, announcing it, moving its deadline, cancelling it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.access.standard import OFFICE
from collegium.core.entries.actions import Text, change_audience, write_passages
from collegium.core.entries.models import Entry
from collegium.core.trail import actions as trail
from collegium.design.text import render_markdown

from .. import events
from ..models import Call, Extension, RollRow
from ..queries.rolls import Roll
from ..rules import (
    check_announce_call,
    check_cancel_call,
    check_change_call,
    check_draft_call,
    check_extend_call,
    check_roll,
    check_window,
)
from .locking import lock_call


@transaction.atomic
def draft_call(
    kind: str,
    *,
    title: str,
    raw: str,
    opens_at: datetime,
    closes_at: datetime,
    time_zone: str,
    seen_by: int,
    by: Any,
    at: datetime,
    addressed: str = Call.Addressed.SOCIETIES,
    group: Any = None,
    roll: Roll | None = None,
    about: Entry | None = None,
) -> Call:
    """Prepare a call; until it is announced the council's team alone sees it. Who may, the calling room's rule says."""
    roll = roll or Roll()
    check_draft_call(kind, title)
    check_window(opens_at, closes_at, time_zone)
    check_roll(addressed, group, roll)
    entry = Entry.objects.create(
        kind="call",
        title=title,
        state=Call.State.DRAFT,
        audience_id=OFFICE,
        author=by,
        place=about,
        created_at=at,
        touched_at=at,
    )
    call = Call.objects.create(
        entry=entry,
        kind=kind,
        about=about,
        raw=raw,
        html=render_markdown(raw),
        addressed=addressed,
        group=group,
        roll_rule=roll.as_rule(),
        seen_by_id=seen_by,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone=time_zone,
    )
    _make_findable(call, at)
    trail.record(events.CALL_DRAFTED, on=call, by=by, at=at, facts={"kind": kind})
    return call


@transaction.atomic
def change_call(
    call: Call,
    *,
    title: str,
    raw: str,
    opens_at: datetime,
    closes_at: datetime,
    time_zone: str,
    by: Any,
    at: datetime,
) -> Call:
    """Change words and window before the announcement."""
    locked = lock_call(call.pk)
    check_change_call(locked)
    check_draft_call(locked.kind, title)
    check_window(opens_at, closes_at, time_zone)
    locked.raw, locked.html = raw, render_markdown(raw)
    locked.opens_at, locked.closes_at, locked.time_zone = opens_at, closes_at, time_zone
    locked.save(update_fields=["raw", "html", "opens_at", "closes_at", "time_zone"])
    locked.entry.title = title
    locked.entry.save(update_fields=["title"])
    _make_findable(locked, at)
    trail.record(events.CALL_CHANGED, on=locked, by=by, at=at)
    return locked


def _make_findable(call: Call, at: datetime) -> None:
    title = Text(call.pk, "title", 0, call.entry.title, at, is_title=True)
    write_passages([title, Text(call.pk, "words", 0, call.raw, at)])


@transaction.atomic
def announce_call(call: Call, *, by: Any, at: datetime) -> Call:
    """From now on those it is meant for see it; it opens by itself when its time comes."""
    locked = lock_call(call.pk)
    check_announce_call(locked, at)
    locked.kind_of.check_open(locked, at)
    locked.announced_at = at
    locked.save(update_fields=["announced_at"])
    if locked.seen_by_id != locked.entry.audience_id:
        locked.entry = change_audience(locked.entry, to=locked.seen_by_id, by=by, at=at)
    write_state(locked, Call.State.ANNOUNCED, at)
    trail.record(events.CALL_ANNOUNCED, on=locked, by=by, at=at)
    return locked


def write_state(call: Call, state: str, at: datetime) -> None:
    """What lists sort and narrow by stands on the entry."""
    call.entry.state, call.entry.touched_at = state, at
    call.entry.save(update_fields=["state", "touched_at"])


@transaction.atomic
def extend_call(call: Call, *, closes_at: datetime, reason: str, by: Any, at: datetime) -> Call:
    """Move the deadline for all alike; never to an earlier moment once somebody has answered."""
    locked = lock_call(call.pk)
    is_answered = RollRow.objects.filter(call=locked, is_answered=True).exists()
    check_extend_call(locked, closes_at, reason, is_answered=is_answered, at=at)
    extension = Extension.objects.create(
        call=locked, closed_before=locked.closes_at, closes_at=closes_at, reason=reason.strip(), by=by, at=at
    )
    facts = {"from": locked.closes_at.isoformat(), "to": closes_at.isoformat()}
    locked.closes_at = closes_at
    locked.save(update_fields=["closes_at"])
    locked.kind_of.extended(extension)
    trail.record(events.CALL_EXTENDED, on=locked, by=by, at=at, facts=facts)
    return locked


@transaction.atomic
def cancel_call(call: Call, *, reason: str, by: Any, at: datetime) -> Call:
    """It is off; what was answered is kept and counts for nothing."""
    locked = lock_call(call.pk)
    check_cancel_call(locked, reason)
    locked.cancelled_at, locked.cancelled_for = at, reason.strip()
    locked.save(update_fields=["cancelled_at", "cancelled_for"])
    write_state(locked, Call.State.CANCELLED, at)
    locked.kind_of.cancelled(locked, at)
    trail.record(events.CALL_CANCELLED, on=locked, by=by, at=at)
    return locked
