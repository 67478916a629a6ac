"""Messages as a digest tells them: who said it, and how it begins."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from collegium.core.mail.registry import Line
from collegium.design.text import excerpt

from .drawing import body_of
from .models import Post

EXCERPT = 280
# The same messages stand in many digests: each is read once for each wording, and kept while they go out.
KEPT = 4096
_read: dict[tuple[int, datetime | None, int], Line] = {}


def lines(post_ids: Collection[int]) -> dict[int, Line]:
    """These posts by their ids, without those that are deleted."""
    standing = Post.objects.filter(pk__in=post_ids, deleted_at=None)
    keys = list(standing.values_list("pk", "edited_at", "author"))
    if len(_read) > KEPT:
        _read.clear()
    new = {key[0]: key for key in keys if key not in _read}
    for post in standing.filter(pk__in=new):
        _read[new[post.pk]] = _line(post, new[post.pk][2])
    return {key[0]: _read[key] for key in keys if key in _read}


def _line(post: Post, author: int) -> Line:
    return Line(
        author_id=author,
        author=post.author_name,
        title=post.author_title,
        society=post.society_name,
        excerpt=excerpt(body_of(post.article), length=EXCERPT),
        url=settings.BASE_URL + post.get_absolute_url(),
        at=post.at,
    )
