"""Who is told what is said in conversations."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.models import Admission
from collegium.core.groups.models import Group
from collegium.core.notices.models import Follow, Level, Preference
from collegium.core.notices.registry import Notice
from collegium.core.trail.models import Event

from .models import Post, Topic


def _actor(event: Event) -> dict[str, str]:
    return {"actor": event.actor.name if event.actor else _("Somebody")}


def _stands(event: Event) -> bool:
    """Whether the post is still there. Locked: who deletes it meanwhile waits, and takes back what is told now."""
    posts = Post.objects.select_for_update(of=("self",), no_key=True).filter(deleted_at=None)
    return posts.filter(pk=event.facts["part_id"]).values_list("pk", flat=True).first() is not None


class Mentioned(Notice):
    """To whom a post mentions; after an edit, to whom it did not mention before."""

    name = "discussions.Mentioned"
    event = "topic.answered"
    also = ("topic.opened", "post.edited")
    label = gettext_lazy("Somebody mentions me")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        mentioned = event.facts.get("mentions", [])
        return mentioned if mentioned and _stands(event) else []

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s mentions you") % _actor(event)


class AnsweredMe(Notice):
    """To the author of the post that is answered; of an answer to all, to whoever opened the topic unless muted."""

    name = "discussions.AnsweredMe"
    event = "topic.answered"
    label = gettext_lazy("Somebody answers me")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        number = event.facts.get("reply_to")
        if number:
            return Post.objects.filter(topic=event.entry_id, number=number).values_list("author", flat=True)
        muted = Follow.objects.filter(entry=event.entry_id, state=Follow.State.MUTED).values("person")
        opener = Topic.objects.filter(pk=event.entry_id).exclude(entry__author__in=muted)
        return opener.values_list("entry__author", flat=True)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s answers you") % _actor(event)


class TopicAnswered(Notice):
    """To whoever follows the topic."""

    name = "discussions.TopicAnswered"
    event = "topic.answered"
    label = gettext_lazy("Somebody writes in a topic I follow")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        following = Follow.objects.filter(entry=event.entry_id, state=Follow.State.FOLLOWING)
        return following.values_list("person", flat=True)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s writes in a topic you follow") % _actor(event)


class AnswerAccepted(Notice):
    """To whoever gave the answer."""

    name = "discussions.AnswerAccepted"
    event = "answer.accepted"
    label = gettext_lazy("My answer is accepted")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        return Post.objects.filter(pk=event.facts["part_id"]).values_list("author", flat=True)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s accepts your answer") % _actor(event)


class Announced(Notice):
    """An announcement, to everyone in the group who has not turned it down to mentions or to nothing."""

    name = "discussions.Announced"
    event = "topic.opened"
    label = gettext_lazy("An announcement in a group of mine")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if event.facts.get("kind") != Topic.Kind.ANNOUNCEMENT or not _stands(event):
            return []
        return _admitted(event)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s announces") % _actor(event)


class TopicOpened(Notice):
    """A new topic, to those who want every message of its group."""

    name = "discussions.TopicOpened"
    event = "topic.opened"
    label = gettext_lazy("A new topic in a group where I want every message")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _stands(event):
            return []
        assert event.entry is not None  # a topic's event stands in its entry
        default = Group.objects.values_list("default_level", flat=True).get(pk=event.entry.place_id)
        chosen = dict(Preference.objects.filter(place=event.entry.place_id).values_list("person", "level"))
        return [person for person in _admitted(event) if chosen.get(person, default) == Level.EVERY]

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s opens a topic") % _actor(event)


def _admitted(event: Event) -> list[int]:
    """Whoever was in the topic's audience; the telling leaves out those who are no longer."""
    assert event.entry is not None  # a topic's event stands in its entry
    then = Admission.objects.valid(event.at).filter(audience=event.entry.audience_id)
    return sorted(set(then.values_list("person", flat=True)))
