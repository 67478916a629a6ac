"""What the house holds about a person themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F, Q

from collegium.core.trail.models import Event

from .models import AddressProposal, Departure, Joining, Mandate, Person, Tenure
from .registry import ExportFile, as_json

PROFILE = (
    "handle",
    "name",
    "credentials",
    "time_zone",
    "about",
    "expertise",
    "phone",
    "phone_seen_by",
    "address_seen_by",
    "joined_at",
    "welcomed_at",
    "looked_at",
    "last_login",
)


def person(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Profile, addresses, tenures, mandates, accounts joined, and the events the person caused."""
    yield ExportFile("profile.json", as_json([{name: getattr(person, name) for name in PROFILE}]))
    yield ExportFile("addresses.json", as_json(_addresses(person)))
    yield ExportFile("proposed-addresses.json", as_json(_proposals(person)))
    yield ExportFile("tenures.json", as_json(_tenures(person)))
    yield ExportFile("mandates.json", as_json(_mandates(person)))
    yield ExportFile("departures.json", as_json(_departures(person)))
    yield ExportFile("joined-accounts.json", as_json(_joined(person)))
    yield ExportFile("joinings.json", as_json(_joinings(person)))
    yield ExportFile("what-i-did.json", as_json(_events(person)))


def _addresses(person: Person) -> Any:
    found = EmailAddress.objects.filter(user=person).order_by("pk")
    return found.values("email", "verified", "primary", belongs_to=F("tie__organization__entry__title"))


def _proposals(person: Person) -> Any:
    found = AddressProposal.objects.filter(person=person).order_by("pk")
    return found.values(
        "email", "state", "proposed_at", "reason", "effective_at", proposed_by_name=F("proposed_by__name")
    )


def _tenures(person: Person) -> Iterator[dict[str, Any]]:
    found = (
        Tenure.objects.filter(person=person)
        .select_related("seat__function", "seat__organization__entry")
        .order_by("pk")
    )
    for tenure in found:
        yield {
            "organization": tenure.seat.organization.name,
            "function": tenure.seat.function.name,
            "title": tenure.title,
            "capacity": tenure.capacity,
            "leadership": tenure.leadership,
            "first_day": tenure.starts_on,
            "last_day": tenure.last_day,
        }


def _mandates(person: Person) -> Iterator[dict[str, Any]]:
    found = (
        Mandate.objects.filter(tenure__person=person).select_related("tenure__seat__organization__entry").order_by("pk")
    )
    for mandate in found:
        yield {
            "organization": mandate.tenure.seat.organization.name,
            "act": mandate.act,
            "is_alternate": mandate.is_alternate,
            "first_day": mandate.period.lower,
            "ends_before": mandate.period.upper,
        }


def _departures(person: Person) -> Any:
    found = Departure.objects.filter(person=person).order_by("pk")
    return found.values("last_day", "state", "begun_at", organization_name=F("organization__entry__title"))


def _joined(person: Person) -> Any:
    return person.joined.order_by("pk").values("handle", "name", "credentials", "closed_at")


def _joinings(person: Person) -> Any:
    """What the person asked for, and what the council's team asked of them; not what others asked of them."""
    asked = Joining.objects.filter(Q(stays=person) | (Q(other=person) & ~Q(reason=""))).order_by("pk")
    names = ("begun_at", "reason", "state", "closed_at")
    return (
        {"email": "" if row.is_by_team else row.email} | {name: getattr(row, name) for name in names} for row in asked
    )


def _events(person: Person) -> Any:
    """Also what was done from accounts that were joined to this one since."""
    found = Event.objects.filter(Q(actor=person) | Q(actor__merged_into=person)).order_by("pk")
    return found.values(
        "at", "name", "thing", "thing_id", "facts", acting_for_name=F("acting_for__entry__title")
    ).iterator()
