"""The letters of sign-in and addresses: their kinds, and which events make one be written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.people.models import AddressProposal, Person
from collegium.core.people.queries import live_addresses, primary_address
from collegium.core.trail.models import Event

from . import links

CODE_LASTS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)

LOGIN_CODE = LetterKind(
    "account.login_code", gettext_lazy("Sign-in code"), ("code", "minutes"), useful_for=CODE_LASTS, goes_always=True
)
ADDRESS_CODE = LetterKind(
    "account.address_code",
    gettext_lazy("Code for a new address"),
    ("code", "minutes", "name"),
    useful_for=CODE_LASTS,
    goes_always=True,
)
SECURITY_CHANGED = LetterKind(
    "account.security_changed",
    gettext_lazy("How you sign in was changed"),
    ("name", "change", "when", "browser", "link"),
    goes_always=True,
)
ADDRESS_PROPOSED = LetterKind(
    "account.address_proposed",
    gettext_lazy("An address was proposed for you"),
    ("name", "proposer", "email", "link", "days"),
    goes_always=True,
)
ADDRESS_LET_THROUGH = LetterKind(
    "account.address_let_through",
    gettext_lazy("A proposed address is about to take effect"),
    ("name", "email", "reason", "when", "link"),
    goes_always=True,
)
ADDRESS_IN_EFFECT = LetterKind(
    "account.address_in_effect",
    gettext_lazy("You can sign in with this address"),
    ("name", "link"),
    goes_always=True,
)
ACCOUNT_CLOSED = LetterKind(
    "account.account_closed", gettext_lazy("Your account is closed"), ("name", "when"), goes_always=True
)


def address_of(name: str, *args: Any) -> str:
    """The whole address of a page, for letters."""
    return urljoin(settings.BASE_URL, reverse(name, args=args))


def moment(at: datetime, person: Person) -> str:
    """A moment in words, in the person's time zone."""
    return date_format(timezone.localtime(at, ZoneInfo(person.time_zone)), "l j F Y, H:i T")


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter exists exactly if the event does."""
    writer = WRITERS.get(event.name)
    if writer is not None:
        writer(AddressProposal.objects.select_related("person", "proposed_by").get(pk=event.thing_id or 0), event.at)


def _proposed(proposal: AddressProposal, at: datetime) -> None:
    """To the present address, from which the owner may confirm or decline."""
    person, to = proposal.person, primary_address(proposal.person, at)
    if to:
        told = {
            "name": person.name,
            "proposer": proposal.proposed_by.name,
            "email": proposal.email,
            "link": address_of("account:proposal", links.write(proposal, to)),
            "days": links.LASTS.days,
        }
        send_letter(ADDRESS_PROPOSED.name, to=to, context=told, at=at)


def _let_through(proposal: AddressProposal, at: datetime) -> None:
    """To the old address: there is time to object."""
    person, to = proposal.person, primary_address(proposal.person, at)
    if to and proposal.effective_at:
        told = {
            "name": person.name,
            "email": proposal.email,
            "reason": proposal.reason,
            "when": moment(proposal.effective_at, person),
            "link": address_of("account:proposal", links.write(proposal, to)),
        }
        send_letter(ADDRESS_LET_THROUGH.name, to=to, context=told, at=at)


def _in_effect(proposal: AddressProposal, at: datetime) -> None:
    """To the new address, and to an older one that it happened."""
    person = proposal.person
    told = {"name": person.name, "link": address_of("account_login")}
    send_letter(ADDRESS_IN_EFFECT.name, to=proposal.email, context=told, at=at)
    older = live_addresses(at).filter(user=person).exclude(email__iexact=proposal.email).order_by("-verified", "pk")
    to = older.values_list("email", flat=True).first()
    if to:
        change = _("The address %(email)s was added to your account.") % {"email": proposal.email}
        tell_of_change(person, change, to=to, at=at)


def tell_of_change(person: Person, change: str, *, to: str, at: datetime, browser: str = "") -> None:
    """Tell somebody that the way they sign in was changed."""
    told = {
        "name": person.name,
        "change": change,
        "when": moment(at, person),
        "browser": browser,
        "link": address_of("account:addresses"),
    }
    send_letter(SECURITY_CHANGED.name, to=to, context=told, at=at)


WRITERS = {
    "address.proposed": _proposed,
    "address.overridden": _let_through,
    "address.confirmed": _in_effect,
    "address.took_effect": _in_effect,
}
