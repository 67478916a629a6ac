"""The kinds of letters the house writes, told by whoever writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from collegium.core.access.registry import Registry
from collegium.core.notices.registry import notices

if TYPE_CHECKING:
    from collegium.core.people.models import Person
    from collegium.core.trail.models import Event
    from collegium.design.house import House

    from .models import Incoming, Mailing
    from .reading import Reading

# name of the kind -> dotted path of its LetterKind: `letters.register("account.login_code", "….letters.LOGIN_CODE")`
letters = Registry("letter")

# name of an event -> dotted path of the MailingKind that takes it to everybody at once
mailings = Registry("mailing")


# name of a kind of letter -> function(person) that stops it for them after a complaint; without one it is not stopped
stops = Registry("way to stop a letter")

# kind of a mailing of no such event -> dotted path of its MailingKind
other_mailings = Registry("mailing of no one event")

# name of a notice -> function(notice, event, persons) that writes its letter, where that says more than a notice does
own_letters = Registry("letter of a notice")

DIGESTS, NOTICES = "mail.digest", "mail.notice"

# name -> dotted path of a Mailbox: whose letters that come in are; the first that knows the address takes it
mailboxes = Registry("mailbox")


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter: `account.login_code` is written from the folder `account/mails/login_code/` of the templates.

    `needs` names all that its templates are told. After `useful_for` the letter is of no use (a code that has run out)
    and is no longer sent. One that `is_answer` goes to whoever wrote a letter, and says so (RFC 3834, 5). One that
    `goes_always` goes to an address that is suspended too: what somebody has just asked for there, or has to know of
    how they sign in.
    """

    name: str
    label: Any
    needs: tuple[str, ...] = ()
    useful_for: timedelta | None = None
    is_answer: bool = False
    goes_always: bool = False

    @property
    def templates(self) -> tuple[str, str, str]:
        """Subject, text and HTML."""
        app, _dot, letter = self.name.partition(".")
        return (
            f"{app}/mails/{letter}/subject.txt",
            f"{app}/mails/{letter}/body.txt",
            f"{app}/mails/{letter}/body.html",
        )


@dataclass(frozen=True, slots=True)
class Links:
    """Where a reader of a letter goes on: addresses to write to and pages to open, each with the reader's own token."""

    answer: str
    answer_author: str
    mute: str
    stop: str
    stop_by_letter: str


@dataclass(frozen=True, slots=True)
class Place:
    """The list a letter of a mailing belongs to: a group's name, the word before the @ of its address, and its page.

    Unless it `is_group` it is one of the house's own, to which nobody writes.
    """

    name: str
    slug: str
    url: str
    is_group: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands in a letter, under the name by which its HTML refers to it (RFC 2392)."""

    cid: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What a mailing says, the same to everybody. `context` is all its LetterKind needs.

    `parents` are the message ids of what it answers, eldest first. A letter that `takes_answers` can be answered by
    letter; one that `can_be_stopped` says how. The `house` is given where it was looked up already.
    """

    letter: LetterKind
    context: dict[str, Any]
    author: str
    place: Place
    message_id: str
    at: datetime
    parents: list[str] = field(default_factory=list)
    takes_answers: bool = True
    can_be_stopped: bool = True
    house: House | None = None
    pictures: list[Picture] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A message as a digest tells it; `excerpt` is the beginning of it in plain words, empty where it is not told."""

    author_id: int
    author: str
    title: str
    society: str
    excerpt: str
    url: str
    at: datetime


def _nothing(*_args: Any) -> dict[int, Line]:
    return {}


def _nobody_overridden(_event: Event) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class MailingKind:
    """How an event is told by letter to everybody who wants to hear of it at once.

    `version` is asked for each batch and says which wording stands: None if it is no longer there. `say` says it, with
    the links given; it is asked once for each version. An event that `overrides` reaches those with a digest too.
    `lines` are the messages of these parts as a digest tells them, by their ids, without those no longer there. What is
    `for_one` reader is made ready for a batch at once, and kept for nobody else.
    """

    name: str
    version: Callable[[Mailing], Hashable]
    say: Callable[[Mailing, Links], Said]
    overrides: Callable[[Event], bool] = _nobody_overridden
    lines: Callable[[Collection[int]], dict[int, Line]] = _nothing
    make_ready: Callable[[list[Mailing], datetime], None] | None = None

    @property
    def for_one(self) -> bool:
        return self.make_ready is not None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter that came in, read. `person` is whom it acts for; unless it is `trusted`, only if somebody agrees."""

    incoming: Incoming
    reading: Reading
    at: datetime
    person: Person | None = None
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter: a state of `Incoming`, a code of `incoming.reasons` beside it, and the thing made."""

    state: str
    reason: str = ""
    entry_id: int | None = None
    part: str = ""
    part_id: int = 0


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Addresses of the house. `find` says what the part before the @ stands for, None if it is no address of these.

    `take` is handed the letter and what was found; it may raise Refused, with words for a reader who may know that the
    thing is there, and Unknown otherwise. Letters of machines reach it only if it is `for_machines`.
    """

    find: Callable[[str], Any]
    take: Callable[[Arrival, Any], Fate]
    for_machines: bool = False


class Unknown(Exception):
    """There is no such address, or none for this sender: both are told the same."""


def mailing_kind(name: str) -> MailingKind | None:
    """The kind of a mailing: a notice's name stands for the letters of notices."""
    if name in notices:
        name = NOTICES
    if name in other_mailings:
        found: MailingKind = other_mailings.get(name)
        return found
    return next((kind for _event, kind in mailings.items() if kind.name == name), None)
