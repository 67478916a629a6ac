"""Handling a letter: read it, find out whose it is, hand it to the mailbox it is for, note what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from collegium.core.access.errors import Refused

from ..models import Incoming
from ..reading import Reading, read
from ..registry import Arrival, Fate, Mailbox, Unknown, mailboxes
from . import refusing
from .senders import sender_of

State = Incoming.State
# More than a busy peer writes, less than a machine does.
MOST, WITHIN = 30, timedelta(hours=1)


def handle_letter(incoming_id: int, *, at: datetime) -> None:
    """Do what the letter asks, once; a second run finds it done. What goes wrong leaves the letter as it was."""
    with transaction.atomic():
        incoming = Incoming.objects.select_for_update(of=("self",)).filter(pk=incoming_id, state=State.WAITING).first()
        if incoming is None or incoming.raw is None:
            return
        reading = read(bytes(incoming.raw), return_path=incoming.return_path, own_lists=[settings.MAIL_DOMAIN], at=at)
        sender = sender_of(reading, at=at)
        arrival = Arrival(incoming, reading, at, person=sender.person, trusted=sender.proved)
        _note(arrival, _fate(arrival))


def give_up(incoming_id: int, *, at: datetime) -> None:
    """What cannot be handled however often it is tried is kept, and the council's team sees that it is."""
    waiting = Incoming.objects.filter(pk=incoming_id, state=State.WAITING)
    waiting.update(state=State.FAILED, reason="error", handled_at=at)


def forget_letters(*, at: datetime) -> int:
    """What letters said, after the time that is set; returns how many were forgotten."""
    old = Incoming.objects.filter(received_at__lt=at - timedelta(days=settings.MAIL_KEPT_FOR_DAYS))
    return old.exclude(state=State.WAITING).exclude(raw=None).update(raw=None)


def _fate(arrival: Arrival) -> Fate:
    local = arrival.incoming.to.rpartition("@")[0]
    box, found = _box_of(local)
    if box is not None and box.for_machines:
        return box.take(arrival, found)
    reading = arrival.reading
    if reason := _of_a_machine(reading):
        return Fate(State.RECORDED, reason)
    if reading.sender is None:
        return Fate(State.REFUSED, "no_sender")
    if _writes_too_much(reading.sender, at=arrival.at):
        return Fate(State.RECORDED, "too_many")
    if box is None or arrival.person is None:
        refusing.answer(arrival)
        return Fate(State.REFUSED, "no_such_address" if box is None else "stranger")
    return _taken(box, arrival, found)


def _taken(box: Mailbox, arrival: Arrival, found: Any) -> Fate:
    wrapped = arrival.reading.wrapped
    if wrapped is not None and wrapped.encrypted:
        return Fate(State.REFUSED, "encrypted")
    try:
        # Whatever it did before it was refused is undone.
        with transaction.atomic():
            return box.take(arrival, found)
    except Unknown as unknown:
        refusing.answer(arrival)
        return Fate(State.REFUSED, str(unknown) or "no_such_address")
    except Refused as refusal:
        refusing.answer(arrival, str(refusal))
        return Fate(State.REFUSED, "rule")


def _box_of(local: str) -> tuple[Mailbox | None, Any]:
    for box in mailboxes.all():
        found = box.find(local)
        if found is not None:
            return box, found
    return None, None


def _of_a_machine(reading: Reading) -> str:
    if reading.bounce is not None:
        return "complaint" if reading.bounce.kind == "complaint" else "bounce"
    if reading.message_id and reading.message_id.lower().endswith(f"@{settings.MAIL_DOMAIN}"):
        return "own"
    return "automatic" if reading.automatic else ""


def _writes_too_much(sender: str, *, at: datetime) -> bool:
    written = Incoming.objects.filter(sender=sender, handled_at__gt=at - WITHIN)
    return written.exclude(state=State.RECORDED).count() >= MOST


def _note(arrival: Arrival, fate: Fate) -> None:
    incoming = arrival.incoming
    incoming.state, incoming.reason, incoming.handled_at = fate.state, fate.reason, arrival.at
    incoming.sender, incoming.person = (arrival.reading.sender or "")[:320], arrival.person
    incoming.entry_id, incoming.part, incoming.part_id = fate.entry_id, fate.part, fate.part_id
    fields = ["state", "reason", "handled_at", "sender", "person", "entry", "part", "part_id"]
    incoming.save(update_fields=fields)
