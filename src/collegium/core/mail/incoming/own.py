"""The addresses of the house that ask nothing of a room: to stop letters, to mute, and to which bounces come."""

from __future__ import annotations

from typing import Any

from collegium.core.notices import actions as notices
from collegium.core.notices.models import Level
from collegium.core.people.models import Person

from ..mailings import tokens
from ..models import Incoming, Mailing
from ..registry import Arrival, Fate, Mailbox

State = Incoming.State


def _bearer(prefix: str, purpose: bytes) -> Any:
    return lambda local: tokens.read(purpose, local[2:]) if local.startswith(prefix) else None


def _stop(_arrival: Arrival, bearer: tokens.Bearer) -> Fate:
    """As one click on the link does, whoever wrote: the token says whose letters stop."""
    person, mailing = _owner(bearer), Mailing.objects.filter(pk=bearer.mailing_id).select_related("entry").first()
    if person is None or mailing is None:
        return Fate(State.REFUSED, "no_such_address")
    notices.choose_level(mailing.entry.place or mailing.entry, level=Level.NOTHING, by=person)
    return Fate(State.DONE, entry_id=mailing.entry.place_id or mailing.entry_id)


def _mute(_arrival: Arrival, bearer: tokens.Bearer) -> Fate:
    person, mailing = _owner(bearer), Mailing.objects.filter(pk=bearer.mailing_id).select_related("entry").first()
    if person is None or mailing is None:
        return Fate(State.REFUSED, "no_such_address")
    notices.mute(mailing.entry, by=person)
    return Fate(State.DONE, entry_id=mailing.entry_id)


def _bounced(arrival: Arrival, _bearer: tokens.Bearer) -> Fate:
    bounce = arrival.reading.bounce
    if bounce is None:
        return Fate(State.RECORDED, "automatic")
    return Fate(State.RECORDED, "complaint" if bounce.kind == "complaint" else "bounce")


def _owner(bearer: tokens.Bearer) -> Person | None:
    found = Person.objects.select_related("merged_into").filter(pk=bearer.person_id).first()
    return (found.merged_into or found) if found else None


STOPS = Mailbox(_bearer("u-", tokens.STOP), _stop, for_machines=True)
MUTES = Mailbox(_bearer("m-", tokens.STOP), _mute, for_machines=True)
BOUNCES = Mailbox(_bearer("b-", tokens.BOUNCE), _bounced, for_machines=True)
