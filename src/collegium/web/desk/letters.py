"""The letters of a desk: their kinds, and which events make one be written."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.people.models import Attestation, Tenure
from collegium.core.people.queries import attested_tenures, attesters, primary_address
from collegium.core.trail.models import Event

from ..account.letters import address_of
from . import links

WELCOME_HOLDER = LetterKind(
    "desk.welcome_holder",
    gettext_lazy("Welcome to the holder of a seat"),
    ("name", "proposer", "function", "society", "title", "day", "email", "link"),
)

ASK_TO_ATTEST = LetterKind(
    "desk.ask_to_attest",
    gettext_lazy("Confirm who sits where"),
    ("name", "society", "seats", "link", "day", "is_reminder"),
)
ASKING = ("attestation.opened", "attestation.reminded", "attestation.resent")


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter exists exactly if the event does."""
    if event.name == "holder.proposed":
        rows = Tenure.objects.select_related("person", "seat__function", "seat__organization__entry")
        _welcome(rows.get(pk=event.thing_id or 0), event)
    elif event.name in ASKING:
        _ask_to_attest(Attestation.objects.select_related("organization__entry").get(pk=event.thing_id or 0), event)


def _ask_to_attest(attestation: Attestation, event: Event) -> None:
    """To each who may confirm, with a link of their own; opened, it changes nothing before a button is pressed."""
    society = attestation.organization
    seats = len(attested_tenures(society, event.at))
    for tenure in attesters(society, event.at):
        to = primary_address(tenure.person, event.at)
        if to:
            told = {
                "name": tenure.person.name,
                "society": society.name,
                "seats": seats,
                "link": address_of("desk:attestation_link", links.write(attestation, tenure)),
                "day": date_format(attestation.unconfirmed_on, "j F Y"),
                "is_reminder": event.name != "attestation.opened",
            }
            send_letter(ASK_TO_ATTEST.name, to=to, context=told, at=event.at)


def _welcome(tenure: Tenure, event: Event) -> None:
    """To whoever takes the seat: since when, and how to sign in; an account opens with a code, not with this letter."""
    to = primary_address(tenure.person, event.at)
    if to and event.actor_id != tenure.person_id:
        told = {
            "name": tenure.person.name,
            "proposer": event.actor.name if event.actor else "",
            "function": tenure.seat.function.name,
            "society": tenure.seat.organization.name,
            "title": tenure.title,
            "day": date_format(tenure.starts_on, "j F Y"),
            "email": to,
            "link": address_of("account_login"),
        }
        send_letter(WELCOME_HOLDER.name, to=to, context=told, at=event.at)
