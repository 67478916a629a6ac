"""What becomes of discussions' columns when two accounts are joined: who wrote what, and how far it was read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from collegium.core.people.models import Person
from collegium.core.people.registry import Held, drop, leave

from .drawing import with_author, with_mention
from .models import Post

BATCH = 500


def _sign_posts(stays: int, other: int, _at: datetime) -> None:
    """What the joined account wrote bears the name of the one that stays, and mentions of it lead there."""
    new, old = Person.objects.get(pk=stays), Person.objects.get(pk=other)
    posts = Post.objects.filter(author=old, deleted_at=None).order_by("pk")
    _redraw(posts, lambda post: with_author(post, old, new))
    Post.objects.filter(author=old).update(author_name=new.full_name)
    mentioning = Post.objects.filter(mentions__contains=[other]).order_by("pk")
    _redraw(mentioning, lambda post: with_mention(post.article, old, new))
    mentioning.update(mentions=Func(F("mentions"), Value(other), Value(stays), function="array_replace"))


def _redraw(posts: Any, drawn: Any) -> None:
    batch: list[Post] = []
    for post in posts.only("article", "author_name").iterator(chunk_size=BATCH):
        post.article = drawn(post)
        batch.append(post)
        if len(batch) == BATCH:
            Post.objects.bulk_update(batch, ["article"])
            batch = []
    Post.objects.bulk_update(batch, ["article"])


def _further(theirs: Any, mine: Any, at: Any) -> bool:
    """Read by the one is read."""
    if theirs.number > mine.number:
        type(mine).objects.filter(pk=mine.pk).update(number=theirs.number, at=max(theirs.at, mine.at))
    return drop(theirs, mine, at)


def _later(theirs: Any, mine: Any, at: Any) -> bool:
    if theirs.at > mine.at:
        type(mine).objects.filter(pk=mine.pk).update(at=theirs.at)
    return drop(theirs, mine, at)


HELD = (
    Held("discussions.Post.author", _("Posts"), first=_sign_posts),
    Held("discussions.Post.deleted_by"),
    Held("discussions.Post.tenure"),
    Held("discussions.Revision.by"),
    Held("discussions.Topic.last_author"),
    Held("discussions.Topic.accepted_by"),
    Held("discussions.Topic.pinned_by"),
    Held("discussions.Topic.closed_by"),
    Held("discussions.Topic.handed_to"),
    Held("discussions.ReadMark.person", _("Reading marks"), once=("topic",), twin=_further),
    Held("discussions.ReadAll.person", once=("group",), twin=_later),
    # Two reports of one post were two.
    Held("discussions.Report.by", _("Reports of posts"), once=("post",), twin=leave),
    Held("discussions.Report.decided_by"),
    Held("discussions.HeldPost.author", _("Posts that were held")),
    Held("discussions.HeldPost.decided_by"),
    Held("discussions.HeldPost.tenure"),
    Held("discussions.Continuation.author"),
    Held("discussions.Continuation.proposed_by"),
)
