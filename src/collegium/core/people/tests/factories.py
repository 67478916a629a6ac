"""Organizations, functions, seats and persons for tests, made through the actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from collegium.core.people import actions
from collegium.core.people.models import Function, Organization, Person, Tenure

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)

_numbers = count(1)


def make_function(slug: str, *, single_holder: bool = False) -> Function:
    name = slug.replace("-", " ").upper() if len(slug) <= 4 else slug.replace("-", " ").capitalize()
    function, _made = Function.objects.get_or_create(
        slug=slug, defaults={"name": name, "plural": f"{name}s", "short": name, "single_holder": single_holder}
    )
    return function


def make_organization(
    name: str = "", *, kind: str = "society", standing: str | None = "member", **facts: Any
) -> Organization:
    """A registered organization; a society with a standing since long ago unless `standing` is None."""
    number = next(_numbers)
    facts.setdefault("time_zone", "America/New_York")
    facts.setdefault("slug", f"organization-{number}")
    facts.setdefault("acronym", f"O{number}")
    facts.setdefault("by", None)
    facts.setdefault("at", AT)
    organization = actions.register_organization(name or f"Organization {number}", kind=kind, **facts)
    if standing and kind in ("society", "partner"):
        actions.change_standing(organization, status=standing, from_day=LONG_AGO, by=None, at=AT)
    return organization


def make_person(name: str = "", *, email: str = "", **profile: Any) -> Person:
    number = next(_numbers)
    name = name or f"Person {number}"
    return actions.register_person(name, email=email or f"person-{number}@example.org", by=None, at=AT, **profile)


def make_tenure(person: Person, organization: Organization, function: str, **facts: Any) -> Tenure:
    """The person holds the organization's seat for the function since long ago, without an end."""
    seat = actions.open_seat(organization, make_function(function))
    facts.setdefault("title", f"Head of {function}")
    facts.setdefault("starts_on", LONG_AGO)
    facts.setdefault("by", None)
    facts.setdefault("at", AT)
    return actions.start_tenure(seat, person=person, **facts)


def make_team_member(name: str = "") -> Person:
    """One of the council's team, of the council there is or of a new one."""
    council = Organization.objects.filter(kind="council").first() or make_organization(kind="council")
    person = make_person(name)
    make_tenure(person, council, "council-team")
    return person
