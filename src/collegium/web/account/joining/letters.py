"""The letters about joining two accounts, and which events make them be written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.people.models import Joining, Person
from collegium.core.people.models.joinings import LASTS
from collegium.core.people.queries import primary_address
from collegium.core.trail.models import Event

from ..letters import address_of, moment
from . import links

HOURS = int(LASTS.total_seconds()) // 3600

JOINING_ASKED = LetterKind(
    "account.joining_asked",
    gettext_lazy("Somebody asked to join another account to yours"),
    ("name", "email", "when", "hours", "link"),
    goes_always=True,
)
JOINING_LINK = LetterKind(
    "account.joining_link",
    gettext_lazy("Two accounts are to be joined: your link"),
    ("name", "stays", "other", "goes", "asker", "reason", "hours", "link"),
    useful_for=LASTS,
    goes_always=True,
)
JOINING_DONE = LetterKind(
    "account.joining_done",
    gettext_lazy("Two accounts were joined"),
    ("name", "stays", "other", "when", "link"),
    goes_always=True,
)
JOINING_WITHDRAWN = LetterKind(
    "account.joining_withdrawn",
    gettext_lazy("Two accounts will not be joined"),
    ("name", "by_team", "when"),
    goes_always=True,
)


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter exists exactly if the event does."""
    writer = WRITERS.get(event.name)
    if writer is not None:
        rows = Joining.objects.select_related("stays", "other", "begun_by")
        writer(rows.get(pk=event.thing_id or 0), event)


def _asked(joining: Joining, event: Event) -> None:
    """To one's own address whatever comes of it; to the other's only if there is one, which is told to nobody."""
    person, to = joining.stays, primary_address(joining.stays, event.at)
    if to:
        told = {
            "name": person.name,
            "email": joining.email,
            "when": moment(event.at, person),
            "hours": HOURS,
            "link": address_of("account:join"),
        }
        send_letter(JOINING_ASKED.name, to=to, context=told, at=event.at)
    if joining.other is not None:
        _link(joining, Joining.Side.OTHER, joining.other, at=event.at)


def _begun(joining: Joining, event: Event) -> None:
    for side, person in _sides(joining):
        _link(joining, side, person, at=event.at)


def _sides(joining: Joining) -> list[tuple[str, Person]]:
    two = ((Joining.Side.STAYS, joining.stays), (Joining.Side.OTHER, joining.other))
    return [(side.value, person) for side, person in two if person is not None]


def _link(joining: Joining, side: str, person: Person, *, at: datetime) -> None:
    to = primary_address(person, at)
    if to:
        told = {
            "name": person.name,
            **_called(joining),
            "goes": side == Joining.Side.OTHER,
            "asker": joining.begun_by.name if joining.is_by_team else "",
            "reason": joining.reason,
            "hours": HOURS,
            "link": address_of("account:joining", links.write(joining, side, to)),
        }
        send_letter(JOINING_LINK.name, to=to, context=told, at=at)


def _called(joining: Joining) -> dict[str, str]:
    return {side: f"{person.name} (@{person.handle})" for side, person in _sides(joining)}


def _done(joining: Joining, event: Event) -> None:
    _tell(joining, JOINING_DONE, event, {**_called(joining), "link": address_of("account:addresses")})


def _withdrawn(joining: Joining, event: Event) -> None:
    _tell(joining, JOINING_WITHDRAWN, event, {"by_team": event.actor_id != joining.stays_id})


def _tell(joining: Joining, kind: LetterKind, event: Event, told: dict[str, Any]) -> None:
    for _side, person in _sides(joining):
        to = primary_address(person, event.at)
        if to:
            about = {"name": person.name, "when": moment(event.at, person), **told}
            send_letter(kind.name, to=to, context=about, at=event.at)


WRITERS = {"joining.asked": _asked, "joining.begun": _begun, "joining.done": _done, "joining.withdrawn": _withdrawn}
