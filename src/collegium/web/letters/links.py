"""What the token in a letter's link stands for."""

from __future__ import annotations

from typing import NamedTuple

from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Mailing
from collegium.core.notices.queries import level_of
from collegium.core.people.models import Person


class Found(NamedTuple):
    """Whose letter it was, of what, and how much they want to hear of the group."""

    person: Person
    entry: Entry
    group: Group
    level: str

    @property
    def place(self) -> Entry:
        """What one chooses for: the group's entry."""
        return self.group.entry


def read(token: str) -> Found | None:
    """None for a token that is none, and for a letter of somebody whose account is closed.

    It is valid for ever and whoever is no longer in the group may use it too: it only makes the house more silent.
    """
    bearer = tokens.read(tokens.STOP, token)
    if bearer is None:
        return None
    mailing = Mailing.objects.select_related("entry").filter(pk=bearer.mailing_id).first()
    person = _owner(bearer.person_id)
    group = Group.objects.filter(pk=mailing.entry.place_id or mailing.entry_id).first() if mailing else None
    if mailing is None or person is None or group is None:
        return None
    return Found(person, mailing.entry, group, level_of(person.pk, group.pk, group.default_level))


def _owner(person_id: int) -> Person | None:
    """Whose it is now: of an account joined to another, the other."""
    found = Person.objects.select_related("merged_into").filter(pk=person_id).first()
    owner = found.merged_into or found if found else None
    return owner if owner is not None and owner.is_active else None
