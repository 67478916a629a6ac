"""Saying which letters of an archive are one's own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry, Passage
from collegium.core.files.models import Attachment
from collegium.core.trail import actions as trail
from collegium.rooms.discussions.actions.writing import PART
from collegium.rooms.discussions.drawing import claimed
from collegium.rooms.discussions.models import Post, Topic

from .. import events
from ..authors import keys_of
from ..models import PastAuthor
from ..rules import check_claim_letters

BATCH = 500


@transaction.atomic
def claim_letters(author: PastAuthor, *, viewer: Viewer, at: datetime) -> PastAuthor:
    """Put one's own account behind the letters written from an address one has verified; their names stay as written.

    They can be edited and deleted like anything else one has said here.
    """
    locked = PastAuthor.objects.select_for_update(of=("self",)).select_related("group").get(pk=author.pk)
    person = viewer.person
    check_claim_letters(viewer, locked, keys_of(person) if person else [])
    assert person is not None  # the rule has seen to it
    posts = Post.objects.filter(pk__in=locked.letters.filter(post__isnull=False).values("post"), author=None)
    ids = list(posts.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        _sign(ids[start : start + BATCH], person)
    locked.person, locked.claimed_at = person, at
    locked.save(update_fields=["person", "claimed_at"])
    audience, facts = locked.group.officers_audience_id, {"author": locked.pk, "posts": len(ids)}
    trail.record(events.LETTERS_CLAIMED, on=locked.group, by=person, at=at, audience=audience, facts=facts)
    return locked


def _sign(ids: list[int], person: object) -> None:
    posts = list(Post.objects.filter(pk__in=ids).only("article", "author_name", "number", "topic", "deleted_at"))
    for post in posts:
        post.article = claimed(post, person)  # type: ignore[arg-type]  # the viewer's
        post.author = person  # type: ignore[assignment]  # the viewer's
    Post.objects.bulk_update(posts, ["article", "author"])
    topics = [post.topic_id for post in posts]
    opened = [post.topic_id for post in posts if post.number == 1]
    Entry.objects.filter(pk__in=opened).update(author=person)
    Topic.objects.filter(pk__in=_last(ids)).update(last_author=person)
    Passage.objects.filter(entry__in=topics, part=PART, part_id__in=ids).update(author=person)
    Passage.objects.filter(entry__in=opened, part="title").update(author=person)
    files = Attachment.objects.filter(entry__in=topics, part=PART, part_id__in=ids)
    Passage.objects.filter(entry__in=topics, part="file", part_id__in=files.values("pk")).update(author=person)
    files.update(by=person)


def _last(ids: list[int]) -> list[int]:
    """The topics in which the newest of these posts is the newest of all."""
    rows = Post.objects.filter(pk__in=ids).values_list("topic", "number", "topic__last_number")
    return [topic for topic, number, newest in rows if number == newest]
