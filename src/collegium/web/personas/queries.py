"""The persons one can be in the demonstration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collegium.core.people.demo import PERSONAS
from collegium.core.people.models import Person
from collegium.core.people.queries import present_tenures


def personas(at: datetime) -> list[dict[str, Any]]:
    """The demo council's personas who are there, with the seats they hold: `{person, label, hint, seats}` each."""
    handles = [persona.handle for persona in PERSONAS]
    people = {person.handle: person for person in Person.objects.filter(handle__in=handles, closed_at=None)}
    seats: dict[int, list[str]] = {}
    for tenure in present_tenures(at).filter(person__in=people.values()).order_by("pk"):
        seats.setdefault(tenure.person_id, []).append(f"{tenure.title}, {tenure.seat.organization.name}")
    return [
        {"label": persona.label, "hint": persona.hint, "person": person, "seats": seats.get(person.pk, [])}
        for persona in PERSONAS
        if (person := people.get(persona.handle)) is not None
    ]
