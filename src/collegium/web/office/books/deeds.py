"""Several deeds of one form, done together or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.people import actions
from collegium.core.people.models import Organization, Tenure

TERMS = ("title", "capacity", "leadership", "starts_on", "last_day")


@transaction.atomic
def say_about(organization: Organization, asked: dict[str, Any], *, by: Any, at: datetime) -> None:
    """The name and the facts of the form; only what differs is changed, nothing at all is refused."""
    name = asked["name"]
    facts = {field: value for field, value in asked.items() if field != "name"}
    differs = any(getattr(organization, field) != value for field, value in facts.items())
    if name != organization.name:
        actions.rename_organization(organization, name=name, by=by, at=at)
    if differs or name == organization.name:
        actions.change_organization(organization, by=by, at=at, **facts)


@transaction.atomic
def seat_somebody(organization: Organization, asked: dict[str, Any], *, by: Any, at: datetime) -> Tenure:
    """Somebody known, or somebody registered on the way, takes the seat."""
    person = asked["handle"] or actions.register_person(
        asked["name"], email=asked["email"], time_zone=organization.time_zone, by=by, at=at
    )
    seat = actions.open_seat(organization, asked["function"])
    return actions.start_tenure(seat, person=person, by=by, at=at, **{term: asked[term] for term in TERMS})
