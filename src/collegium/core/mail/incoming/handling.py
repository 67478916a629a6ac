"""Handling a letter: read it, find out whose it is, hand it to the mailbox it is for, note what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce

from collegium.core.access.columns import Columns
from collegium.core.access.errors import Refused
from collegium.core.access.statements import prepared_cursor, row
from collegium.core.access.waiting_jobs import TAKE_OVER
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group

from ..bounces.actions import recover_address
from ..bounces.reports import take_report
from ..mailings.tokens import Bearer
from ..models import Incoming, Mailing
from ..reading import Reading, read
from ..registry import Arrival, Fate, Mailbox, Unknown, mailboxes
from . import refusing
from .senders import kept, sender_of

State = Incoming.State
# More than a busy peer writes, less than a machine does, within the hour.
MOST = 30
_INCOMING = Columns(Incoming, "i", "id", "to", "return_path", "raw")
_WAITING = f"""SELECT {_INCOMING.sql} FROM mail_incoming i
WHERE i.id = {{key}} AND i.state = 'waiting' FOR UPDATE"""  # noqa: S608 - constants
_LETTER = _WAITING.format(key="%s")
# With its job, which is gone with the transaction that handles the letter, and there again if that is undone.
_NEXT = f"""WITH job AS ({TAKE_OVER.format(most=1)})
SELECT job.key, letter.* FROM job LEFT JOIN LATERAL ({_WAITING.format(key="job.key")}) AS letter ON true"""  # noqa: S608 - constants


class _NotTaken(Exception):
    """A mailbox did not take a letter: whatever it did before is undone, and the letter is handled as refused."""

    def __init__(self, incoming_id: int, refusal: Refused | Unknown) -> None:
        super().__init__(incoming_id)
        self.incoming_id, self.refusal = incoming_id, refusal


def handle_letter(incoming_id: int, *, at: datetime) -> None:
    """Do what the letter asks, once; a second run finds it done. What goes wrong leaves the letter as it was."""
    try:
        with transaction.atomic():
            _handle(row(_LETTER, [incoming_id]), at=at)
    except _NotTaken as undone:
        _refuse(undone, at=at)


def handle_next(job: str, argument: str, *, at: datetime) -> bool:
    """The same for the next letter that has a job of this name, with its job; False if none waits."""
    try:
        with transaction.atomic():
            found = row(_NEXT, [job, argument])
            if found is None:
                return False
            _handle(found[1:], at=at)
    except _NotTaken as undone:
        # Its job, which waits again, will find it done.
        _refuse(undone, at=at)
    return True


def _refuse(undone: _NotTaken, *, at: datetime) -> None:
    with transaction.atomic():
        _handle(row(_LETTER, [undone.incoming_id]), at=at, refusal=undone.refusal)


def _handle(found: Sequence[Any] | None, *, at: datetime, refusal: Refused | Unknown | None = None) -> None:
    """A letter that its transaction holds, unless it was handled before; _NotTaken if that has to begin anew."""
    if found is None or found[0] is None:
        return
    incoming: Incoming = _INCOMING.take(found, 0)[0]
    if incoming.raw is None:
        return
    reading = read(bytes(incoming.raw), return_path=incoming.return_path, own_lists=[settings.MAIL_DOMAIN], at=at)
    sender = sender_of(reading, at=at)
    arrival = Arrival(incoming, reading, at, person=sender.person, trusted=sender.proved)
    if sender.proved and sender.suspended is not None:
        # Whoever writes from it is there.
        recover_address(EmailAddress.objects.get(pk=sender.suspended), at=at)
    box, mine = _box_of(incoming.to.rpartition("@")[0])
    if refusal is not None:
        fate = _refused(arrival, refusal)
    elif reading.bounce is not None:
        fate = take_report(arrival)
    else:
        fate = _fate(arrival, box, mine, lately=sender.lately)
    _note(arrival, fate, place=_place_of(fate, mine))


def give_up(incoming_id: int, *, at: datetime) -> None:
    """What cannot be handled however often it is tried is kept, and the council's team sees that it is."""
    waiting = Incoming.objects.filter(pk=incoming_id, state=State.WAITING)
    waiting.update(state=State.FAILED, reason="error", handled_at=at)


def forget_letters(*, at: datetime) -> int:
    """What letters said, after the time that is set; returns how many were forgotten."""
    old = Incoming.objects.filter(received_at__lt=at - timedelta(days=settings.MAIL_KEPT_FOR_DAYS))
    return old.exclude(state=State.WAITING).exclude(raw=None).update(raw=None)


def _fate(arrival: Arrival, box: Mailbox | None, found: Any, *, lately: int) -> Fate:
    if box is not None and box.for_machines:
        return box.take(arrival, found)
    reading = arrival.reading
    if reason := _of_a_machine(reading):
        return Fate(State.RECORDED, reason)
    if reading.sender is None:
        return Fate(State.REFUSED, "no_sender")
    if lately >= MOST:
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
        return box.take(arrival, found)
    except (Refused, Unknown) as refusal:
        raise _NotTaken(arrival.incoming.pk, refusal) from refusal


def _refused(arrival: Arrival, refusal: Refused | Unknown) -> Fate:
    if isinstance(refusal, Unknown):
        refusing.answer(arrival)
        return Fate(State.REFUSED, str(refusal) or "no_such_address")
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
                "sender": kept(arrival.reading),
                "person": arrival.person.pk if arrival.person else None,
                "entry": fate.entry_id,
                "part": fate.part,
                "part_id": fate.part_id,
                "place": place,
                "id": arrival.incoming.pk,
            },
        )
