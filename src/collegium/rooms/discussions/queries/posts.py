"""The posts of a topic, a page of them by their numbers, and what a post said before."""

from typing import NamedTuple

from django.db.models import QuerySet

from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer

from ..models import Post, Revision, Topic

PAGE = 20


class PostRow(NamedTuple):
    """A post as its page shows it: the stored article, and what decides on the viewer's own buttons."""

    id: int
    number: int
    author_id: int | None
    article: str
    is_deleted: bool


class PostsPage(NamedTuple):
    """Posts in their order; `earlier` is the number to ask `before`, `later` the one to ask `after`; None at an end."""

    posts: list[PostRow]
    earlier: int | None
    later: int | None


_COLUMNS = "SELECT id, number, author_id, article, deleted_at IS NOT NULL FROM discussions_post WHERE topic_id = %s"
# Numbers have no gaps, so a page is a range of the unique index, as far back in a long topic as in a short one.
_RANGE = f"{_COLUMNS} AND number BETWEEN %s AND %s ORDER BY number"


def posts_page(
    topic: Topic,
    *,
    after: int | None = None,
    before: int | None = None,
    around: int | None = None,
    limit: int = PAGE,
) -> PostsPage:
    """The first posts, or those after or before a number, or the page of the fixed grid that holds the number `around`.

    The topic is one the viewer was shown; its posts have its audience.
    """
    first, last = _range(topic, after=after, before=before, around=around, limit=limit)
    posts = [PostRow(*row) for row in rows(_RANGE, [topic.pk, first, last])]
    if not posts:
        return PostsPage([], None, None)
    first, last = posts[0].number, posts[-1].number
    return PostsPage(posts, first if first > 1 else None, last if last < topic.last_number else None)


def _range(topic: Topic, *, after: int | None, before: int | None, around: int | None, limit: int) -> tuple[int, int]:
    if before is not None:
        last = min(before - 1, topic.last_number)
        return max(1, last - limit + 1), last
    if around is not None:
        number = min(max(around, 1), max(topic.last_number, 1))
        after = (number - 1) // limit * limit
    first = max(after or 0, 0) + 1
    return first, first + limit - 1


def revisions(post: Post, viewer: Viewer) -> QuerySet[Revision]:
    """What the post said before, newest first, to whoever sees the post."""
    seen = Post.objects.visible_to(viewer).filter(pk=post.pk)
    return Revision.objects.filter(post__in=seen).select_related("by").order_by("-id")
