"""What the token in a letter's link stands for."""

from __future__ import annotations

from typing import NamedTuple

from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.mail.mailings import tokens
from collegium.core.mail.mailings.bearers import found_by
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
    found = found_by(bearer)
    if found is None or not found[0].is_active:
        return None
    person, mailing = found
    group = Group.objects.filter(pk=mailing.entry.place_id or mailing.entry_id).first()
    if group is None:
        return None
    return Found(person, mailing.entry, group, level_of(person.pk, group.pk, group.default_level))
