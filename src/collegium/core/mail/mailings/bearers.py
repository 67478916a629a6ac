"""Whose token it is now, and what the letter was about."""

from __future__ import annotations

from collegium.core.people.models import Person

from ..models import Mailing
from .tokens import Bearer


def found_by(bearer: Bearer) -> tuple[Person, Mailing] | None:
    """The person, of an account joined to another the other, and the mailing with its entry; None if one is gone."""
    person = Person.objects.select_related("merged_into").filter(pk=bearer.person_id).first()
    mailing = Mailing.objects.select_related("entry").filter(pk=bearer.mailing_id).first()
    if person is None or mailing is None:
        return None
    return person.merged_into or person, mailing
