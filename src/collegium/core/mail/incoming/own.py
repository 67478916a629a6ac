"""The addresses of the house that ask nothing of a room: to stop letters, to mute, and to which bounces come."""

from __future__ import annotations

from typing import Any

from collegium.core.notices import actions as notices

from ..bounces.envelopes import Sent, sent_of
from ..mailings import tokens
from ..mailings.bearers import found_by
from ..mailings.stopping import stop
from ..models import Incoming
from ..registry import Arrival, Fate, Mailbox

State = Incoming.State


def _bearer(prefix: str, purpose: bytes) -> Any:
    return lambda local: tokens.read(purpose, local[2:]) if local.startswith(prefix) else None


def _stop(arrival: Arrival, bearer: tokens.Bearer) -> Fate:
    """As one click on the link does, whoever wrote: the token says whose letters stop."""
    found = found_by(bearer)
    if found is None:
        return Fate(State.REFUSED, "no_such_address")
    person, mailing = found
    stop(mailing, by=person, at=arrival.at)
    return Fate(State.DONE, entry_id=(mailing.entry.place_id or mailing.entry_id) if mailing.entry else None)


def _mute(_arrival: Arrival, bearer: tokens.Bearer) -> Fate:
    found = found_by(bearer)
    if found is None or found[1].entry is None:
        return Fate(State.REFUSED, "no_such_address")
    person, mailing = found
    notices.mute(mailing.entry, by=person)
    return Fate(State.DONE, entry_id=mailing.entry_id)


def _returned(_arrival: Arrival, _sent: Sent) -> Fate:
    """A report was heeded before; what else comes back to an envelope a machine wrote."""
    return Fate(State.RECORDED, "automatic")


STOPS = Mailbox(_bearer("u-", tokens.STOP), _stop, for_machines=True)
MUTES = Mailbox(_bearer("m-", tokens.STOP), _mute, for_machines=True)
BOUNCES = Mailbox(sent_of, _returned, for_machines=True)
