"""What is done at home."""

from __future__ import annotations

from datetime import datetime

from collegium.core.people.models import Person


def look(person: Person, *, at: datetime) -> None:
    """Remember when the person last looked. A note to oneself: no event, for the council's books do not change."""
    Person.objects.filter(pk=person.pk).update(looked_at=at)
