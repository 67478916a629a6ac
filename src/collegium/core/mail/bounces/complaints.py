"""Complaints (RFC 5965): a reader's mail provider says that they want no such letter."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from collegium.core.access.standard import OFFICE
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail

from ..mailings.stopping import is_wanted, notice_of, places_of
from ..mailings.stopping import stop as stop_letters
from ..models import Letter, Mailing
from ..registry import letters, stops
from . import events
from .envelopes import LETTER, MAILING, Sent
from .models import Complaint
from .reaching import addresses_of


def heed_complaint(sent: Sent, *, feedback: str, at: datetime) -> bool:
    """Stop that kind of letter for its reader, and it alone, once; whether there was one.

    Of a group's letters it is what the link in them does. Letters about one's own sign-in are never stopped.
    """
    if sent.of == MAILING:
        address = EmailAddress.objects.filter(pk=sent.address_id).select_related("user").first()
        return address is not None and heed_reader(address.user, sent.of_id, feedback=feedback, at=at)
    return _of_letter(sent, feedback=feedback, at=at) if sent.of == LETTER else False


@transaction.atomic
def heed_reader(person: Person, mailing_id: int, *, feedback: str, at: datetime) -> bool:
    """The same, of a mailing and whoever it was sent to."""
    mailing = Mailing.objects.select_related("entry__place").filter(pk=mailing_id).first()
    if mailing is None:
        return False
    places, wants_some = places_of(mailing, by=person, at=at), is_wanted(mailing, by=person, at=at)
    place = places[0] if len(places) == 1 and notice_of(mailing) is None else None
    told = {"at": at, "kind": mailing.kind, "place": place, "feedback": feedback, "has_stopped": wants_some}
    complaint, is_new = Complaint.objects.get_or_create(person=person, of=MAILING, of_id=mailing.pk, defaults=told)
    if is_new and wants_some:
        stop_letters(mailing, by=person, at=at)
        trail.record(
            events.LETTERS_STOPPED,
            on=place or complaint,
            by=None,
            at=at,
            audience=OFFICE,
            facts={"complaint": complaint.pk},
        )
    return True


@transaction.atomic
def _of_letter(sent: Sent, *, feedback: str, at: datetime) -> bool:
    letter = Letter.objects.filter(pk=sent.of_id).first()
    if letter is None:
        return False
    for address in EmailAddress.objects.filter(pk__in=addresses_of(letter.to)).select_related("user"):
        stop = stops.get(letter.kind) if letter.kind in stops else None
        told = {"at": at, "kind": letter.kind, "feedback": feedback, "has_stopped": stop is not None}
        made = Complaint.objects.get_or_create(person=address.user, of=LETTER, of_id=letter.pk, defaults=told)
        if made[1] and stop is not None:
            stop(address.user)
    return letter.kind in letters
