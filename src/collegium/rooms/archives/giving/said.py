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
    topics = topics_of(group).order_by("entry__created_at", "pk")
    keys = list(topics.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        found = topics_of(group).in_bulk(keys[start : start + BATCH])
        for key in keys[start : start + BATCH]:
            # Gone meanwhile to where the officers do not read it.
            if key in found:
                yield from _parts(found[key])


def _parts(topic: Topic) -> Iterator[list[Said]]:
    number = 0
    while True:
        rows = Post.objects.filter(topic=topic, number__gt=number).order_by("number")[:BATCH]
        posts = list(rows.select_related("author", "deleted_by"))
        if not posts:
            return
        yield _said(topic, posts)
        number = posts[-1].number


def _said(topic: Topic, posts: list[Post]) -> list[Said]:
    keys = [post.pk for post in posts]
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(entry=topic.pk, part=PART, part_id__in=keys).order_by("pk"):
        files.setdefault(file.part_id, []).append(file)
    names = names_of(keys)
    return [Said(post, topic, names[post.pk], files.get(post.pk, [])) for post in posts]


def names_of(keys: list[int]) -> dict[int, str]:
    """What each post is called as a letter: as the letter it came as, or as those the house wrote of it."""
    came = PastLetter.objects.filter(post__in=keys).exclude(message_id="").values_list("post", "message_id")
    theirs = {post: f"<{name}>" for post, name in came if name.isascii() and name.isprintable() and " " not in name}
    return {key: theirs.get(key) or message_id(key) for key in keys}


def address_of(said: Said) -> str:
    """Nobody's address is given away: what stands in its place says who it is in the books, and reaches nobody."""
    who = f"person-{said.post.author_id}" if said.post.author_id else "past-author"
    return f"{who}@{settings.MAIL_DOMAIN}.invalid"
