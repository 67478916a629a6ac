"""What was said in a group, a topic at a time, as everything that is given back is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group
from collegium.rooms.discussions.actions.writing import PART
from collegium.rooms.discussions.letters import message_id
from collegium.rooms.discussions.models import Post, Topic

from ..models import PastLetter

BATCH = 200


@dataclass(slots=True)
class Said:
    """A post with its topic, its name as a letter, and its files."""

    post: Post
    topic: Topic
    message_id: str
    files: list[Attachment]


def topics_of(group: Group) -> QuerySet[Topic]:
    """All that an officer of the group can read: what its circles read, present and earlier, and what they do."""
    circles = Q(entry__audience__circle__group=group)
    officers = Q(entry__audience=group.officers_audience_id)
    return Topic.objects.filter(circles | officers, group=group).select_related("entry__audience")


def posts_of(group: Group) -> QuerySet[Post]:
    return Post.objects.filter(topic__in=topics_of(group).values("pk"))


def said_in(group: Group) -> Iterator[list[Said]]:
    """The posts of each topic in their order, the eldest topic first; a long topic in parts, one after the other."""
    topics = topics_of(group).order_by("entry__created_at", "pk").values_list("pk", "last_number")
    for keys in _packs(list(topics)):
        # Without those that are gone meanwhile to where the officers do not read them.
        found = topics_of(group).select_related("accepted").in_bulk(keys)
        there = [found[key] for key in keys if key in found]
        if len(keys) > 1:
            yield from _whole(there)
        else:
            yield from (part for topic in there for part in _parts(topic))


def _packs(topics: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Topics that are fetched together, as they have no more posts than one part of a long one."""
    pack: list[int] = []
    posts = 0
    for key, number in topics:
        if pack and posts + number > BATCH:
            yield pack
            pack, posts = [], 0
        pack.append(key)
        posts += number
    if pack:
        yield pack


def _whole(topics: list[Topic]) -> Iterator[list[Said]]:
    posts = Post.objects.filter(topic__in=topics).order_by("topic", "number").select_related("author", "deleted_by")
    of_topic: dict[int, list[Said]] = {}
    by_key = {topic.pk: topic for topic in topics}
    for said in _said(by_key, list(posts)):
        of_topic.setdefault(said.topic.pk, []).append(said)
    yield from (of_topic[topic.pk] for topic in topics if topic.pk in of_topic)


def _parts(topic: Topic) -> Iterator[list[Said]]:
    number = 0
    while True:
        rows = Post.objects.filter(topic=topic, number__gt=number).order_by("number")[:BATCH]
        posts = list(rows.select_related("author", "deleted_by"))
        if not posts:
            return
        yield _said({topic.pk: topic}, posts)
        number = posts[-1].number


def _said(topics: dict[int, Topic], posts: list[Post]) -> list[Said]:
    keys = [post.pk for post in posts]
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(entry__in=list(topics), part=PART, part_id__in=keys).order_by("pk"):
        files.setdefault(file.part_id, []).append(file)
    names = names_of(keys)
    return [Said(post, topics[post.topic_id], names[post.pk], files.get(post.pk, [])) for post in posts]


def names_of(keys: list[int]) -> dict[int, str]:
    """What each post is called as a letter: as the letter it came as, or as those the house wrote of it."""
    came = PastLetter.objects.filter(post__in=keys).exclude(message_id="").values_list("post", "message_id")
    theirs = {post: f"<{name}>" for post, name in came if name.isascii() and name.isprintable() and " " not in name}
    return {key: theirs.get(key) or message_id(key) for key in keys}


def address_of(said: Said) -> str:
    """Nobody's address is given away: what stands in its place says who it is in the books, and reaches nobody."""
    who = f"person-{said.post.author_id}" if said.post.author_id else "past-author"
    return f"{who}@{settings.MAIL_DOMAIN}.invalid"
