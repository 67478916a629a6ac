"""What the token in a letter's link stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.mail.mailings import tokens
from collegium.core.mail.mailings.bearers import found_by
from collegium.core.mail.mailings.stopping import notice_of, places_of
from collegium.core.mail.models import Digest, Mailing
from collegium.core.notices.queries import level_of
from collegium.core.notices.registry import Notice
from collegium.core.people.models import Person


@dataclass(frozen=True, slots=True)
class Found:
    """Whose letter it was and of what: of a notice, or of groups one hears as much of as `level` says."""

    person: Person
    mailing: Mailing
    notice: type[Notice] | None = None
    places: list[Entry] = field(default_factory=list)
    level: str = ""

    @property
    def name(self) -> str:
        """The groups it is of."""
        return ", ".join(place.title for place in self.places)

    @property
    def topic(self) -> Entry | None:
        """What can be muted."""
        return None if self.notice else self.mailing.entry


def read(token: str, *, at: datetime) -> Found | None:
    """None for a token that is none, for a letter of somebody whose account is closed, and for one nobody can stop.

    It is valid for ever and whoever is no longer in the group may use it too: it only makes the house more silent.
    """
    bearer = tokens.read(tokens.STOP, token)
    found = found_by(bearer) if bearer else None
    if found is None or not found[0].is_active:
        return None
    person, mailing = found
    notice = notice_of(mailing)
    if notice is not None:
        return None if notice.is_statutory else Found(person, mailing, notice)
    return _of_groups(person, mailing, at)


def _of_groups(person: Person, mailing: Mailing, at: datetime) -> Found | None:
    places = places_of(mailing, by=person, at=at)
    if mailing.entry is None:
        digest = Digest.objects.filter(pk=mailing.pk).first()
        return Found(person, mailing, places=places, level=digest.cadence) if digest else None
    group = Group.objects.filter(pk=places[0].pk).first()
    return Found(person, mailing, None, places, level_of(person.pk, group.pk, group.default_level)) if group else None
