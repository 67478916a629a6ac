"""The people of the demo council: invented societies, seats and persons, as of the day it is loaded."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from collegium.core.access.actions import settled_together
from collegium.core.access.viewers import Viewer

from .. import preset
from ..actions import (
    begin_departure,
    begin_joining,
    change_standing,
    give_mandate,
    open_seat,
    register_organization,
    register_person,
    start_tenure,
    tie_address,
)
from ..actions.findable import written_together
from ..models import Function, Organization, Person, Tenure

PRESET = "medical-specialties"


@dataclass(frozen=True)
class Persona:
    """Somebody one can be in the demo: `key` names the part, `hint` what to try."""

    key: str
    handle: str
    label: Any
    hint: Any

    def __str__(self) -> str:
        return f"{self.label}: {self.hint}"


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


_PARTS = {
    "peer": (_("Ines Okafor, a peer"), _("read what is new, ask the other CFOs a question")),
    "second-peer": (_("Tomasz Halloran, another peer"), _("answer her, attach a file, mention somebody")),
    "newcomer": (_("A newcomer of two days"), _("join an open group, ask to join another")),
    "two-seats": (_("Somebody with two seats"), _("choose which seat speaks")),
    "leaver": (_("A CFO about to leave"), _("see what ends at midnight in Honolulu, and that letters come back")),
    "chair": (_("The chair of the CEO Council"), _("confirm a new holder in a closed group")),
    "delegate": (_("A delegate with a second seat"), _("see two groups through two seats")),
    "liaison": (_("A society's liaison"), _("see at the desk who leaves, propose a successor")),
    "staff": (_("The council's team"), _("answer a request to join")),
    "staff2": (_("The council's team, second key"), _("confirm what a colleague began")),
    "outsider": (_("Somebody without a seat"), _("see none of it")),
}


def _personas() -> list[Persona]:
    handles = {row["persona"]: row["handle"] for row in _read("people.toml")["person"] if "persona" in row}
    return [Persona(key, handles[key], label, hint) for key, (label, hint) in _PARTS.items()]


PERSONAS = _personas()


def load(at: datetime) -> None:
    """Register the council, its societies, their people and who holds which seat."""
    tables = _read("council.toml")
    council = {field: value for field, value in tables["council"].items() if field != "about"}
    preset.seed(PRESET, council=council | {"about": tables["council"]["about"].strip()}, at=at - timedelta(days=2000))
    organizations = _organizations(tables, at)
    functions = {function.slug: function for function in Function.objects.all()}
    with written_together(at=at), settled_together():
        for row in _read("people.toml")["person"]:
            _person(row, organizations, functions, at)
    for row in tables["vacant"]:
        open_seat(organizations[row["society"]], functions[row["function"]])
    _mandates(at)
    _departures(organizations, at)
    _joinings(at)


_FACTS = ("acronym", "specialty", "about", "city", "website", "founded", "members")


def _organizations(tables: dict[str, Any], at: datetime) -> dict[str, Organization]:
    made = {row.slug: row for row in Organization.objects.all()}
    for kind, table in (("society", "society"), ("subspecialty", "subspecialty"), ("foundation", "foundation")):
        for row in tables[table]:
            facts = {field: row[field] for field in _FACTS if field in row}
            parent = made.get(row.get("parent", ""))
            founded = at - timedelta(days=row.get("joined_days_ago", 2000))
            organization = register_organization(
                row["name"],
                kind=kind,
                slug=row["slug"],
                time_zone=row.get("time_zone") or parent.time_zone,  # type: ignore[union-attr]  # one of the two is there
                parent=parent,
                by=None,
                at=founded,
                **facts,
            )
            made[organization.slug] = organization
            if kind == "society":
                _standing(organization, row, at)
    return made


def _standing(organization: Organization, row: dict[str, Any], at: datetime) -> None:
    today = local_day(at, organization)
    if "joined_days_ago" in row:
        joined = today - timedelta(days=row["joined_days_ago"])
        change_standing(organization, status="member", from_day=joined, by=None, at=at)
    if row["standing"] != "member":
        since = today - timedelta(days=row["standing_days_ago"])
        change_standing(organization, status=row["standing"], from_day=since, by=None, at=at)


def local_day(at: datetime, organization: Organization) -> date:
    """The day it is where the organization is."""
    return at.astimezone(ZoneInfo(organization.time_zone)).date()


_PROFILE = ("credentials", "phone", "time_zone", "expertise", "about")


def _person(
    row: dict[str, Any], organizations: dict[str, Organization], functions: dict[str, Function], at: datetime
) -> None:
    first = max(tenure["started_days_ago"] for tenure in row["tenure"])
    registered = at - timedelta(days=max(first, 0))
    profile = {field: row[field] for field in _PROFILE if field in row}
    person = register_person(row["name"], email=row["email"], handle=row["handle"], by=None, at=registered, **profile)
    newcomer = row.get("persona") == "newcomer"
    Person.objects.filter(pk=person.pk).update(
        phone_seen_by="groups", address_seen_by="groups", welcomed_at=None if newcomer else registered
    )
    for tenure in row["tenure"]:
        _tenure(person, tenure, organizations[tenure["society"]], functions[tenure["function"]], at)
    _address(person, row, organizations)


def _tenure(person: Person, row: dict[str, Any], organization: Organization, function: Function, at: datetime) -> None:
    today = local_day(at, organization)
    ended = row.get("ended_days_ago")
    start_tenure(
        open_seat(organization, function),
        person=person,
        title=row["title"],
        capacity=row["capacity"],
        leadership=row["leadership"],
        starts_on=today - timedelta(days=row["started_days_ago"]),
        last_day=None if ended is None else today - timedelta(days=ended),
        by=None,
        at=min(at, at - timedelta(days=row["started_days_ago"])),
    )


def _address(person: Person, row: dict[str, Any], organizations: dict[str, Organization]) -> None:
    """Everybody has signed in before; an address under a society's own domain belongs to the society."""
    address = EmailAddress.objects.get(user=person)
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    slug = row["email"].split("@")[1].removesuffix(".example")
    if slug in organizations and any(tenure["society"] == slug for tenure in row["tenure"]):
        tie_address(address, organization=organizations[slug])


def _mandates(at: datetime) -> None:
    """CEOs vote, sign and adopt for their society, delegates comment and nominate."""
    acts = {"ceo": ("vote", "sign", "adopt"), "delegate": ("comment", "nominate")}
    for slug, kinds in acts.items():
        current = Tenure.objects.filter(
            seat__function__slug=slug, period__contains=at.date(), capacity__in=["holder", "interim"]
        )
        for tenure in current.select_related("seat__organization__entry").order_by("pk"):
            for act in kinds:
                give_mandate(tenure, act=act, starts_on=tenure.starts_on, by=None, at=at)


def _departures(organizations: dict[str, Organization], at: datetime) -> None:
    """Somebody's last day is near, and nothing is handed on yet."""
    for row in _read("desks.toml")["departure"]:
        society = organizations[row["society"]]
        begin_departure(
            Person.objects.get(handle=row["person"]),
            organization=society,
            last_day=local_day(at, society) + timedelta(days=row["in_days"]),
            by=Person.objects.get(handle=row["by"]),
            at=at,
        )


def _joinings(at: datetime) -> None:
    """The council's team has asked both accounts of somebody who has two."""
    handles = {persona.key: persona.handle for persona in PERSONAS}
    staff = Viewer.of(Person.objects.get(handle=handles["staff"]), at=at)
    for row in _read("desks.toml")["joining"]:
        stays, other = (Person.objects.get(handle=row[side]) for side in ("stays", "other"))
        begin_joining(stays, other=other, viewer=staff, reason=row["reason"], at=at)
