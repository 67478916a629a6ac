"""Handling a letter: read it, find out whose it is, hand it to the mailbox it is for, note what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce

from collegium.core.access.errors import Refused
from collegium.core.access.statements import prepared_cursor, row
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group

from ..bounces.actions import recover_address
from ..bounces.reaching import is_suspended
from ..bounces.reports import take_report
from ..mailings.tokens import Bearer
from ..models import Incoming, Mailing
from ..reading import Reading, read
from ..registry import Arrival, Fate, Mailbox, Unknown, mailboxes
from . import refusing
from .senders import sender_of

State = Incoming.State
# More than a busy peer writes, less than a machine does.
MOST, WITHIN = 30, timedelta(hours=1)


def handle_letter(incoming_id: int, *, at: datetime) -> None:
    """Do what the letter asks, once; a second run finds it done. What goes wrong leaves the letter as it was."""
    # Whoever takes several letters in a run has begun a transaction for each.
    with transaction.atomic(savepoint=False):
        incoming = Incoming.objects.select_for_update(of=("self",)).filter(pk=incoming_id, state=State.WAITING).first()
        if incoming is None or incoming.raw is None:
            return
        reading = read(bytes(incoming.raw), return_path=incoming.return_path, own_lists=[settings.MAIL_DOMAIN], at=at)
        sender = sender_of(reading, at=at)
        arrival = Arrival(incoming, reading, at, person=sender.person, trusted=sender.proved)
        if sender.proved and sender.address is not None and is_suspended(sender.address):
            # Whoever writes from it is there.
            recover_address(sender.address, at=at)
        box, found = _box_of(incoming.to.rpartition("@")[0])
        fate = take_report(arrival) if reading.bounce is not None else _fate(arrival, box, found)
        _note(arrival, fate, place=_place_of(fate, found))


def give_up(incoming_id: int, *, at: datetime) -> None:
    """What cannot be handled however often it is tried is kept, and the council's team sees that it is."""
    waiting = Incoming.objects.filter(pk=incoming_id, state=State.WAITING)
    waiting.update(state=State.FAILED, reason="error", handled_at=at)


def forget_letters(*, at: datetime) -> int:
    """What letters said, after the time that is set; returns how many were forgotten."""
    old = Incoming.objects.filter(received_at__lt=at - timedelta(days=settings.MAIL_KEPT_FOR_DAYS))
    return old.exclude(state=State.WAITING).exclude(raw=None).update(raw=None)


def _fate(arrival: Arrival, box: Mailbox | None, found: Any) -> Fate:
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
    if reading.message_id and reading.message_id.lower().endswith(f"@{settings.MAIL_DOMAIN}"):
        return "own"
    return "automatic" if reading.automatic else ""


_WRITTEN = """
SELECT count(*) FROM mail_incoming
WHERE sender = %s AND handled_at > %s::timestamptz AND state <> 'recorded'"""


def _writes_too_much(sender: str, *, at: datetime) -> bool:
    written = row(_WRITTEN, [sender, at - WITHIN])
    return written is not None and written[0] >= MOST


def _place_of(fate: Fate, found: Any) -> int | None:
    """The group a letter was for, also where nothing came of it: its officers see which way it went."""
    if isinstance(found, Group):
        return found.pk
    if isinstance(found, Bearer):
        entries = Entry.objects.filter(pk__in=Mailing.objects.filter(pk=found.mailing_id).values("entry"))
    elif fate.entry_id is not None:
        entries = Entry.objects.filter(pk=fate.entry_id)
    else:
        return None
    return entries.values_list(Coalesce("place", "pk"), flat=True).first()


_NOTE = """
UPDATE mail_incoming SET state = %(state)s, reason = %(reason)s, handled_at = %(at)s, sender = %(sender)s,
    person_id = %(person)s, entry_id = %(entry)s, part = %(part)s, part_id = %(part_id)s, place_id = %(place)s
WHERE id = %(id)s"""


def _note(arrival: Arrival, fate: Fate, *, place: int | None) -> None:
    with prepared_cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "state": str(fate.state),
                "reason": fate.reason,
                "at": arrival.at,
                "sender": (arrival.reading.sender or "")[:320],
                "person": arrival.person.pk if arrival.person else None,
                "entry": fate.entry_id,
                "part": fate.part,
                "part_id": fate.part_id,
                "place": place,
                "id": arrival.incoming.pk,
            },
        )
