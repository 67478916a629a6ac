"""The notices of the house by the event that causes them, and the channels that carry them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from collegium.core.access.registry import Registry

if TYPE_CHECKING:
    from collegium.core.trail.models import Event

# "bell" or "letter" -> function(notice, event, persons) that tells these persons; letters register theirs, higher up
channels = Registry("channel")

# name -> function(event, addressed=…, at=…) that runs after the notices of an event, in their transaction: what goes to
# many at once. `addressed` are the persons whom a direct notice told of it by letter.
tellers = Registry("teller")

# name of the notice -> its class
notices = Registry("notice")


class ByLetter(Enum):
    """Whether a notice goes by letter as well."""

    # Unless a person switches it off, or only if they switch it on.
    SENT = "sent"
    ON_REQUEST = "on request"
    # Another letter says the same: a group's own, by the level chosen for it, or one written for the occasion.
    ELSEWHERE = "elsewhere"


class Notice:
    """A message: the event that causes it, whom it is for, and how it reads.

    `recipients` gives ids of persons; the channel drops the actor, those who may not see the entry at the moment of
    telling, those who muted it and those who switched the notice off. Whoever only reads a group for the council's team
    is told of it what is statutory.
    """

    name: ClassVar[str]
    event: ClassVar[str]
    # Further events that cause the same message: a mention is one whether it stands in a new text or an edited one.
    also: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[Any]
    # A statutory notice cannot be switched off: it tells of one's own rights or seat.
    is_statutory: ClassVar[bool] = False
    by_letter: ClassVar[ByLetter] = ByLetter.ON_REQUEST
    # Muting an entry, or wanting nothing of a place, silences all but the direct ones.
    is_direct: ClassVar[bool] = False

    @classmethod
    def goes_by_letter(cls) -> bool:
        """Whether it does so unless a person has switched it."""
        return cls.by_letter is ByLetter.SENT or (cls.is_statutory and cls.by_letter is not ByLetter.ELSEWHERE)

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        raise NotImplementedError

    # What it says, with `%(actor)s` for who did it.
    words: ClassVar[Any]

    @classmethod
    def sentence(cls, event: Event) -> str:
        """What the notification says, with names of persons but no text of a thing."""
        return str(cls.words % {"actor": event.actor.name if event.actor else _("Somebody")})

    @classmethod
    def met_by(cls, event: Event, persons: list[int]) -> Iterable[int]:
        """Those of the persons who met what it is about before they were told, such as by reading on."""
        return ()

    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        """The part of the entry it is about, so that it goes when the part is erased."""
        return (event.facts.get("part", ""), event.facts.get("part_id", 0))


def notices_of(event_name: str) -> list[type[Notice]]:
    """The notices an event causes, in the order they were registered; a person is told by the first that fits."""
    return [notice for _name, notice in notices.items() if event_name in (notice.event, *notice.also)]
