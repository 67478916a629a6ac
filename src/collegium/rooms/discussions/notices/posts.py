"""Who is told what is said in conversations."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.access.statements import row, rows
from collegium.core.groups.models import Group
from collegium.core.notices.models import Level, Preference
from collegium.core.notices.queries import following
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.trail.models import Event

from ..models import DELETION, Post, Topic

_STANDS = "SELECT id FROM discussions_post WHERE id = %s AND deleted_at IS NULL FOR NO KEY UPDATE"
_MET = """
SELECT person_id FROM discussions_readmark WHERE topic_id = %s AND person_id = ANY(%s::bigint[]) AND number >= %s"""
_AUTHOR = "SELECT author_id FROM discussions_post WHERE topic_id = %s AND number = %s AND author_id IS NOT NULL"
_OPENER = """
SELECT e.author_id FROM entries_entry e WHERE e.id = %s AND e.author_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM notices_follow f WHERE f.person_id = e.author_id AND f.entry_id = e.id AND f.state = 'muted')"""


def _stands(event: Event) -> bool:
    """Whether the post is still there. Locked: who deletes it meanwhile waits, and takes back what is told now.

    The lock lasts as long as the telling, so it is asked for once.
    """
    known: bool | None = getattr(event, "post_stands", None)
    if known is None:
        known = row(_STANDS, [event.facts["part_id"]]) is not None
        event.post_stands = known  # type: ignore[attr-defined]  # a note to this run of the job alone
    return known


class _OfAPost(Notice):
    """A message about a post: whoever has read it by then hears no bell. Another wording is new to everybody."""

    @classmethod
    def met_by(cls, event: Event, persons: list[int]) -> Iterable[int]:
        if event.name == "post.edited":
            return []
        return [person for (person,) in rows(_MET, [event.entry_id, persons, event.facts["number"]])]


class Mentioned(_OfAPost):
    """To whom a post mentions; after an edit, to whom it did not mention before."""

    name = "discussions.Mentioned"
    event = "topic.answered"
    also = ("topic.opened", "post.edited")
    label = gettext_lazy("Somebody mentions me")
    words = gettext_lazy("%(actor)s mentions you")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        mentioned = event.facts.get("mentions", [])
        return mentioned if mentioned and _stands(event) else []


class AnsweredMe(_OfAPost):
    """To the author of the post that is answered; of an answer to all, to whoever opened the topic unless muted."""

    name = "discussions.AnsweredMe"
    event = "topic.answered"
    label = gettext_lazy("Somebody answers me")
    words = gettext_lazy("%(actor)s answers you")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        number = event.facts.get("reply_to")
        found = rows(_AUTHOR, [event.entry_id, number]) if number else rows(_OPENER, [event.entry_id])
        return [person for (person,) in found]


class TopicAnswered(_OfAPost):
    """To whoever follows the topic."""

    name = "discussions.TopicAnswered"
    event = "topic.answered"
    label = gettext_lazy("Somebody writes in a topic I follow")
    words = gettext_lazy("%(actor)s writes in a topic you follow")
    by_letter = ByLetter.ELSEWHERE

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        return following(event.entry_id)


class AnswerAccepted(Notice):
    """To whoever gave the answer."""

    name = "discussions.AnswerAccepted"
    event = "answer.accepted"
    label = gettext_lazy("My answer is accepted")
    words = gettext_lazy("%(actor)s accepts your answer")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        return Post.objects.filter(pk=event.facts["part_id"]).values_list("author", flat=True)


def _audience_then(event: Event) -> list[int]:
    """Whoever was in the topic's audience; the telling leaves out those who are no longer."""
    assert event.entry is not None  # a topic's event stands in its entry
    return belonging(event.entry.audience_id, event.at)


class Announced(_OfAPost):
    """An announcement, to everyone in the group who has not turned it down to mentions or to nothing."""

    name = "discussions.Announced"
    event = "topic.opened"
    label = gettext_lazy("An announcement in a group of mine")
    words = gettext_lazy("%(actor)s announces")
    by_letter = ByLetter.ELSEWHERE

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if event.facts.get("kind") != Topic.Kind.ANNOUNCEMENT or not _stands(event):
            return []
        return _audience_then(event)


class TopicOpened(_OfAPost):
    """A new topic, to those who want every message of its group."""

    name = "discussions.TopicOpened"
    event = "topic.opened"
    label = gettext_lazy("A new topic in a group where I want every message")
    words = gettext_lazy("%(actor)s opens a topic")
    by_letter = ByLetter.ELSEWHERE

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        assert event.entry is not None  # a topic's event stands in its entry
        default = Group.objects.values_list("default_level", flat=True).get(pk=event.entry.place_id)
        chosen = dict(Preference.objects.filter(place=event.entry.place_id).values_list("person", "level"))
        return [person for person in _audience_then(event) if chosen.get(person, default) == Level.EVERY]


class PostDeleted(Notice):
    """To the author of a post that an officer deleted; the reason stands on the post's page."""

    name = "discussions.PostDeleted"
    event = "post.deleted"
    label = gettext_lazy("An officer deletes a post of mine")
    words = gettext_lazy("An officer of the group deleted a post of yours; the reason is on its page")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return Post.objects.filter(pk=event.facts["part_id"]).values_list("author", flat=True)

    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        """What is left of it, which is not erased with it."""
        return (DELETION, event.facts["part_id"])
