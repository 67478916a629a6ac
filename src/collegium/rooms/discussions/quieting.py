"""Stopping a group's letters, or muting one topic, by a letter to the group's address for it.

The addresses in a letter's head hold a token and do it at once, whoever writes. To these a person writes who knows
only the group's name: what is proved to be theirs is done and acknowledged; otherwise the one whose address it bears
is asked, once a day at most. Whoever is no member gets the one answer that strangers get, and an unproved one nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.mail.actions import send_letter
from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Incoming, Letter, Mailing
from collegium.core.mail.registry import Arrival, Fate, LetterKind, Mailbox, Unknown
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Follow, Level
from collegium.core.notices.queries import follow_state, level_of
from collegium.core.people.models import Person

from .letters import OF_POSTS
from .meant import answered, of_subject
from .models import Topic

State = Incoming.State
_NEEDS = ("name", "group", "topic", "link")
QUIET = LetterKind("discussions.quiet", gettext_lazy("A group’s letters are stopped"), _NEEDS, is_answer=True)
ASK_QUIET = LetterKind(
    "discussions.ask_quiet", gettext_lazy("Shall a group’s letters be stopped?"), _NEEDS, is_answer=True
)
PAUSE = timedelta(days=1)


def _named(suffix: str) -> Callable[[str], Group | None]:
    def find(local: str) -> Group | None:
        slug = local.removesuffix(suffix)
        return Group.objects.filter(slug=slug).select_related("entry").first() if slug != local else None

    return find


def _take_stop(arrival: Arrival, group: Group) -> Fate:
    person, _viewer = _member(arrival, group)
    mailing = Mailing.objects.filter(kind=OF_POSTS.name, entry__place=group.pk).order_by("-pk").first()
    link = _page("stop", person, mailing) or settings.BASE_URL + group.get_absolute_url()
    if not arrival.trusted:
        return _ask(arrival, {"name": person.name, "group": group.name, "topic": "", "link": link})
    if level_of(person.pk, group.pk, group.default_level) != Level.NOTHING:
        notices.choose_level(group.entry, level=Level.NOTHING, by=person)
        _acknowledge(arrival, {"name": person.name, "group": group.name, "topic": "", "link": link})
    return Fate(State.DONE, entry_id=group.pk)


def _take_mute(arrival: Arrival, group: Group) -> Fate:
    person, viewer = _member(arrival, group)
    topic = _topic(arrival, group, viewer)
    if topic is None:
        # Whoever cannot prove that it is they learns nothing here, not even this.
        if not arrival.trusted:
            return Fate(State.REFUSED, "unproved")
        raise Refused(_("Which topic? Answer one of its letters, or give its title as the subject."))
    told = {"name": person.name, "group": group.name, "topic": topic.entry.title}
    if not arrival.trusted:
        mailing = Mailing.objects.filter(kind=OF_POSTS.name, entry=topic.pk).order_by("-pk").first()
        return _ask(arrival, told | {"link": _page("mute", person, mailing) or _address(topic)})
    if follow_state(person.pk, topic.pk) != Follow.State.MUTED:
        notices.mute(Entry.objects.get(pk=topic.pk), by=person)
        _acknowledge(arrival, told | {"link": _address(topic)})
    return Fate(State.DONE, entry_id=topic.pk)


def _member(arrival: Arrival, group: Group) -> tuple[Person, Viewer]:
    """Whom the letter is from; Unknown unless they belong to the group's people."""
    person = arrival.person
    assert person is not None  # strangers come no further than the door
    viewer = Viewer.of(person, at=arrival.at)
    if group.circle is None or not viewer.belongs_to(group.circle.audience_id):
        raise Unknown
    return person, viewer


def _topic(arrival: Arrival, group: Group, viewer: Viewer) -> Topic | None:
    meant = next(answered(arrival, group, viewer), None)
    return meant.topic if meant else of_subject(arrival, group, viewer)


def _page(name: str, person: Person, mailing: Mailing | None) -> str:
    """Where the person chooses without signing in; empty where no letter was ever written."""
    if mailing is None:
        return ""
    return settings.BASE_URL + reverse(f"letters:{name}", args=[tokens.write(tokens.STOP, person.pk, mailing.pk)])


def _address(topic: Topic) -> str:
    return settings.BASE_URL + topic.get_absolute_url()


def _acknowledge(arrival: Arrival, told: dict[str, str]) -> None:
    """Once: whoever asks for what is so already hears nothing, and no two machines talk for ever."""
    send_letter(QUIET.name, to=arrival.reading.sender or "", context=told, at=arrival.at)


def _ask(arrival: Arrival, told: dict[str, str]) -> Fate:
    """It may be they or somebody else: whoever reads letters at that address decides."""
    to = arrival.reading.sender or ""
    since = arrival.at - PAUSE
    if not Letter.objects.filter(kind=ASK_QUIET.name, to__iexact=to, written_at__gt=since).exists():
        send_letter(ASK_QUIET.name, to=to, context=told, at=arrival.at)
    return Fate(State.REFUSED, "unproved")


STOPS = Mailbox(_named("-unsubscribe"), _take_stop)
MUTES = Mailbox(_named("-mute"), _take_mute)
