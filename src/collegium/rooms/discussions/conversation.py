"""The posts of one page as one string: the stored articles, and what is put around them for one viewer."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer

from .drawing import BEGINS, TAIL
from .models import Topic
from .queries import PAGE, PostRow
from .rules import (
    allows,
    check_accept_answer,
    check_delete_post,
    check_edit_post,
    check_unaccept_answer,
    is_asker,
    is_heir,
    is_officer,
)

# A post that can be answered ends so; the viewer's own buttons stand before it.
END = f"</footer>{TAIL}"
MAIN = '<div class="post-main">'


def start_of(number: int) -> int:
    """The number of the first post on the page that holds the post with this number."""
    return (max(number, 1) - 1) // PAGE * PAGE + 1


def first_unread(topic: Any) -> int | None:
    """The number of the post to go on with; None if the topic was never opened, or read to its end."""
    return topic.read_number + 1 if 0 < topic.read_number < topic.last_number else None


def stands_at(topic: Any) -> int:
    """The post where one who has read it all finds the topic: the last one read; of an archive its beginning."""
    return 1 if topic.read_number == topic.imported else topic.read_number


def at_number(number: int, anchor: str = "") -> str:
    """The page that holds the post with this number, relative to the topic's address."""
    return f"?from={start_of(number)}{anchor}"


def page_url(topic: Topic, number: int, anchor: str = "") -> str:
    """The same in full."""
    return f"{topic.get_absolute_url()}{at_number(number, anchor)}"


def post_url(topic: Topic, number: int) -> str:
    """The post on its page."""
    return page_url(topic, number, f"#post-{number}")


def pages_of(topic: Topic, start: int) -> dict[str, str] | None:
    """Where the pages beside this one are; None for a topic of one page."""
    last = start_of(topic.last_number)
    if last == 1:
        return None
    return {
        "first_url": at_number(1) if start > 1 else "",
        "earlier_url": at_number(start - PAGE) if start > 1 else "",
        "later_url": at_number(start + PAGE) if start < last else "",
        "last_url": at_number(last) if start < last else "",
        "position": _("Posts %(first)s–%(last)s of %(all)s")
        % {
            "first": number_format(start),
            "last": number_format(min(start + PAGE - 1, topic.last_number)),
            "all": number_format(topic.last_number),
        },
    }


def drawn(posts: Iterable[PostRow], topic: Any, viewer: Viewer, *, is_held: bool) -> SafeString:
    """The articles as stored, the accepted one framed, a line before what is new, and the viewer's own buttons.

    `is_held` says that what the viewer writes in the group waits for an officer.
    """
    unread, accepted = first_unread(topic), topic.accepted_number
    runs = is_asker(viewer, topic) or is_heir(viewer, topic) or is_officer(viewer, topic)
    report = _("Report")
    parts = []
    for post in posts:
        if post.number == unread:
            parts.append(_since())
        article = _framed(post.article) if post.number == accepted else post.article
        if (runs or _is_own(post, viewer)) and article.endswith(END):
            article = f"{article[: -len(END)]}{_buttons(post, topic, viewer, is_held)}{END}"
        elif article.endswith(END):
            article = f"{article[: -len(END)]}{_report(post, report)}{END}"
        parts.append(article)
    return mark_safe("\n".join(parts))  # noqa: S308 - stored renderings are sanitised, the rest is ours


def _is_own(post: PostRow, viewer: Viewer) -> bool:
    return post.author_id is not None and post.author_id == viewer.person_id


def _since() -> str:
    return f'<p class="since" id="since"><span>{_("new since you last looked")}</span></p>'


def _framed(article: str) -> str:
    """The accepted answer says so before the name of its author."""
    opened = article.replace(BEGINS, f"{BEGINS} answer", 1)
    return opened.replace(MAIN, f'{MAIN}<p class="eyebrow">{_("Accepted answer")}</p>', 1)


def _buttons(post: PostRow, topic: Any, viewer: Viewer, is_held: bool) -> str:
    """What the viewer may do with the post, by the rules its deeds obey."""
    # All that the rules ask of a post; no instance is made of it for a few buttons.
    judged: Any = SimpleNamespace(
        pk=post.id, number=post.number, author_id=post.author_id, deleted_at=None, topic=topic
    )
    place = f"posts/{post.number}/"
    about = f'aria-describedby="post-{post.number}-by"'
    shown = []
    if topic.accepted_id == post.id and allows(check_unaccept_answer, viewer, topic):
        shown.append(_press(f"{place}unacceptance/", about, _("No longer the answer")))
    if topic.accepted_id is None and allows(check_accept_answer, viewer, judged):
        shown.append(_press(f"{place}acceptance/", about, _("Accept this answer")))
    if allows(check_edit_post, viewer, judged, is_held=is_held):
        shown.append(_follow(f"{place}edit/", about, _("Edit")))
    if allows(check_delete_post, viewer, judged):
        shown.append(_follow(f"{place}deletion/", about, _("Delete")))
    if not _is_own(post, viewer):
        shown.append(_follow(f"{place}report/", about, _("Report")))
    return f'<span class="own">{"".join(shown)}</span>' if shown else ""


def _report(post: PostRow, label: str) -> str:
    """Of a post of somebody else any reader may say that it should not stand."""
    link = _follow(f"posts/{post.number}/report/", f'aria-describedby="post-{post.number}-by"', label)
    return f'<span class="own">{link}</span>'


def _press(url: str, about: str, label: str) -> str:
    return f'<button class="button quiet small" form="deeds" formaction="{url}" {about}>{label}</button>'


def _follow(url: str, about: str, label: str) -> str:
    return f'<a class="button quiet small" href="{url}" {about}>{label}</a>'
