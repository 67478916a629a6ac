"""Who holds which seat, as a roster is compared with it: everything read in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models.functions import Lower

from collegium.core.entries.text import fold

from ..models import AddressProposal, Function, Organization, Tenure
from ..queries.addresses import live_addresses
from .columns import WRITTEN
from .reading import Line


@dataclass(frozen=True)
class Place:
    """An organization, and the day it is there."""

    pk: int
    name: str
    slug: str
    today: date
    time_zone: str
    # The council itself: who has a seat there is its team.
    is_council: bool


@dataclass(frozen=True)
class Known:
    """A person the house knows."""

    pk: int
    name: str


@dataclass(frozen=True)
class Held:
    """A tenure of a seat, past ones too: a line that tells of one has nothing new."""

    pk: int
    person: Known
    title: str
    capacity: str
    leadership: str
    starts_on: date
    last_day: date | None

    def lasts_on(self, day: date) -> bool:
        return self.last_day is None or self.last_day >= day


@dataclass
class Present:
    """The registry by the words a roster uses for it."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    functions: dict[str, list[Function]] = field(default_factory=dict)
    by_address: dict[str, Known] = field(default_factory=dict)
    by_name: dict[tuple[int, str], list[Known]] = field(default_factory=dict)
    # The last day each person has a seat at each place; None without an end.
    until: dict[tuple[int, int], date | None] = field(default_factory=dict)
    held: dict[tuple[int, int], list[Held]] = field(default_factory=dict)
    # Addresses proposed for somebody and not answered yet.
    proposed: set[tuple[int, str]] = field(default_factory=set)


def present(at: datetime, lines: Iterable[Line] | None = None) -> Present:
    """The registry at the moment, in five questions; or as much of it as some lines speak of."""
    found = Present()
    waiting = AddressProposal.objects.filter(state__in=[AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED])
    addresses = live_addresses(at).select_related("user").order_by("-verified", "pk")
    tenures = Tenure.objects.select_related("person", "seat").order_by("pk")
    _take_words(found, at)
    if lines is not None:
        said = [line.cells for line in lines]
        emails = {cells.get("email", "").strip().lower() for cells in said}
        words = {fold(cells.get("society", "")).strip() for cells in said}
        places = {place.pk for word in words for place in found.places.get(word, [])}
        addresses = addresses.annotate(lower=Lower("email")).filter(lower__in=emails)
        waiting, tenures = waiting.filter(email__in=emails), tenures.filter(seat__organization__in=places)
    found.proposed.update(waiting.values_list("person", "email"))
    for address in addresses:
        found.by_address.setdefault(address.email.lower(), Known(address.user.pk, address.user.name))
    for tenure in tenures:
        _take(found, tenure)
    return found


def _take_words(found: Present, at: datetime) -> None:
    """What organizations and functions are called."""
    for organization in Organization.objects.order_by("pk"):
        today = at.astimezone(ZoneInfo(organization.time_zone)).date()
        is_council = organization.kind == Organization.Kind.COUNCIL
        place = Place(organization.pk, organization.name, organization.slug, today, organization.time_zone, is_council)
        for word in _words(organization.slug, organization.acronym, organization.name):
            found.places.setdefault(word, []).append(place)
    for function in Function.objects.order_by("pk"):
        for word in _words(function.slug, function.short, function.name):
            found.functions.setdefault(word, []).append(function)


def _words(*names: str) -> set[str]:
    return {fold(said).strip() for said in names} - {""}


def _take(found: Present, tenure: Tenure) -> None:
    known, seat = Known(tenure.person_id, tenure.person.name), tenure.seat
    named = found.by_name.setdefault((seat.organization_id, fold(known.name).strip()), [])
    if known not in named and tenure.person.closed_at is None:
        named.append(known)
    key, last_day = (seat.organization_id, known.pk), tenure.last_day
    other = found.until.setdefault(key, last_day)
    found.until[key] = max(other, last_day) if other and last_day else None
    found.held.setdefault((seat.organization_id, seat.function_id), []).append(_held(tenure, known))


def _held(tenure: Tenure, person: Known) -> Held:
    return Held(tenure.pk, person, tenure.title, tenure.capacity, tenure.leadership, tenure.starts_on, tenure.last_day)


def exported(at: datetime) -> Iterator[list[str]]:
    """The roster as it stands, present and future tenures, in the form an import takes: a line each, of `WRITTEN`."""
    addresses: dict[int, str] = {}
    for address in live_addresses(at).order_by("-primary", "-verified", "pk"):
        addresses.setdefault(address.user_id, address.email)
    rows = Tenure.objects.select_related("person", "seat__function", "seat__organization__entry")
    rows = rows.filter(person__closed_at=None).order_by("seat__organization__slug", "seat__function__slug", "pk")
    for tenure in rows.iterator(chunk_size=1000):
        organization = tenure.seat.organization
        today = at.astimezone(ZoneInfo(organization.time_zone)).date()
        if tenure.last_day is not None and tenure.last_day < today:
            continue
        cells = {
            "society": organization.slug,
            "function": tenure.seat.function.slug,
            "name": tenure.person.name,
            "email": addresses.get(tenure.person_id, ""),
            "title": tenure.title,
            "capacity": tenure.capacity,
            "leadership": tenure.leadership,
            "starts_on": tenure.starts_on.isoformat(),
            "last_day": tenure.last_day.isoformat() if tenure.last_day else "",
            "credentials": tenure.person.credentials,
        }
        yield [cells[column] for column in WRITTEN]
