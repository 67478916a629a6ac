"""What is said in conversations, by letter: one mailing a post, to everybody who wants every message."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from collegium.core.access.statements import row
from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group
from collegium.core.mail.actions import send_letter
from collegium.core.mail.models import Incoming, Mailing
from collegium.core.mail.registry import Arrival, LetterKind, Links, MailingKind, Picture, Place, Said
from collegium.core.people.models import Person
from collegium.core.people.queries import primary_address
from collegium.core.trail.models import Event
from collegium.design.text import render_markdown

from .actions.writing import PART
from .digests import lines
from .drawing import body_of
from .models import Post, Topic
from .pictures import cid_of, pictures_of

# What a letter of the group says of a post: all of it, or only that there is one.
_NEEDS = ("group", "author", "title", "society", "subject", "is_answer", "announces", "url", "links", "group_url")
POSTED = LetterKind("discussions.posted", gettext_lazy("A message in a group"), (*_NEEDS, "raw", "body", "files"))
ANNOUNCED_ONLY = LetterKind("discussions.something_new", gettext_lazy("Something new in a group"), _NEEDS)

PRIVATE = LetterKind(
    "discussions.private",
    gettext_lazy("A private answer"),
    ("author", "subject", "about", "url", "raw", "body", "to_officers"),
)

# A letter names the beginning of its conversation and the last few it goes on from: clients thread by these, and a
# header of hundreds of ids is cut by some systems on the way.
MOST_PARENTS = 10


def message_id(post_id: int) -> str:
    """The name under which every reader gets the post, at whatever attempt."""
    return f"<post-{post_id}@{settings.MAIL_DOMAIN}>"


_VERSION = """SELECT p.edited_at, g.is_content_free, g.shows_pictures
FROM discussions_post p JOIN discussions_topic t ON t.entry_id = p.topic_id
JOIN groups_group g ON g.entry_id = t.group_id
WHERE p.id = %s AND p.deleted_at IS NULL"""


def _version(mailing: Mailing) -> Hashable:
    """None once the post is deleted; its last edit, so that who is sent it later gets the newest wording."""
    return row(_VERSION, [mailing.part_id])


def _say(mailing: Mailing, links: Links) -> Said:
    post = Post.objects.select_related("topic__entry", "topic__group__entry").get(pk=mailing.part_id)
    topic, group = post.topic, post.topic.group
    is_bare, pictures = group.is_content_free, list[Picture]()
    group_url = settings.BASE_URL + group.get_absolute_url()
    told: dict[str, object] = {
        "group": group.name,
        "author": post.author_name,
        "title": post.author_title,
        "society": post.society_name,
        "subject": _subject(post),
        "is_answer": post.number > 1,
        "announces": topic.kind == Topic.Kind.ANNOUNCEMENT,
        "url": settings.BASE_URL + post.get_absolute_url(),
        "links": _written(links, _subject(post)),
        "group_url": group_url,
    }
    if not is_bare:
        attached = list(Attachment.objects.of_part(post.topic_id, PART, post.pk).order_by("pk"))
        pictures = list(pictures_of(attached)) if group.sends_pictures else []
        shown = {picture.cid for picture in pictures}
        told |= {
            "raw": post.raw,
            "body": absolute(body_of(post.article)),
            "files": [_file(file, shown) for file in attached],
        }
    return Said(
        letter=ANNOUNCED_ONLY if is_bare else POSTED,
        context=told,
        author=post.author_name,
        place=Place(group.name, group.slug, group_url),
        message_id=message_id(post.pk),
        at=post.at,
        parents=list(_parents(post)),
        pictures=pictures,
        takes_answers=not is_bare and topic.closed_at is None,
    )


def _subject(post: Post) -> str:
    group, title = post.topic.group, post.topic.entry.title
    if group.is_content_free:
        return f"[{group.short}]"
    return f"{'Re: ' if post.number > 1 else ''}[{group.short}] {title}"


def _parents(post: Post) -> Iterable[str]:
    """The opening post, and the chain of what it answers, eldest first."""
    if post.number == 1:
        return
    numbers = dict(Post.objects.filter(topic=post.topic_id, number__lt=post.number).values_list("number", "reply_to"))
    chain: list[int] = []
    number = post.reply_to
    while number and number != 1 and len(chain) < MOST_PARENTS:
        chain.append(number)
        number = numbers.get(number)
    wanted = [1, *reversed(chain)]
    ids = dict(Post.objects.filter(topic=post.topic_id, number__in=wanted).values_list("number", "pk"))
    came = Incoming.objects.filter(part=PART, part_id__in=ids.values()).exclude(message_id="")
    theirs = dict(came.values_list("part_id", "message_id"))
    for number in wanted:
        if number in ids:
            # The writer of a letter that came in knows it by the name their own program gave it.
            if (named := theirs.get(ids[number])) and named.isascii() and " " not in named:
                yield f"<{named}>"
            yield message_id(ids[number])


def _file(file: Attachment, shown: Collection[str]) -> dict[str, object]:
    cid = cid_of(file)
    url = settings.BASE_URL + file.get_absolute_url()
    return {"name": file.name, "size": file.size, "url": url, "cid": cid if cid in shown else ""}


def absolute(body: str) -> SafeString:
    """The rendering with the house's own links made whole."""
    whole = re.sub(r'(<a (?:[^>]*? )?href=")/(?!/)', rf"\1{settings.BASE_URL}/", body)
    return SafeString(whole)  # the stored rendering was sanitised when it was made


def _written(links: Links, subject: str) -> dict[str, str]:
    """The links as a letter shows them; an answer begins with its subject."""
    answered = urlencode({"subject": subject if subject.startswith("Re: ") else f"Re: {subject}"}).replace("+", "%20")
    return {
        "answer": f"mailto:{links.answer}?{answered}",
        "answer_author": f"mailto:{links.answer_author}?{answered}",
        "author": links.answer_author,
        "mute": links.mute,
        "stop": links.stop,
    }


def _overrides(event: Event) -> bool:
    """An announcement reaches those with a digest too."""
    return event.facts.get("kind") == Topic.Kind.ANNOUNCEMENT


def write_privately(about: Post | Group, readers: Iterable[Person], arrival: Arrival) -> None:
    """Pass a letter on to the author of a post, or to a group's officers; their answer goes to whoever wrote it.

    No address of a reader is told to the writer; the writer's own is, who asked for it by writing.
    """
    writer, reading = arrival.person, arrival.reading
    assert writer is not None  # asked by whoever calls
    told = {
        "author": writer.full_name,
        "subject": reading.subject,
        "about": str(about.topic if isinstance(about, Post) else about),
        "url": settings.BASE_URL + about.get_absolute_url(),
        "raw": reading.markdown,
        "body": render_markdown(reading.markdown),
        "to_officers": isinstance(about, Group),
    }
    for person in readers:
        to = primary_address(person, arrival.at)
        if to:
            send_letter(PRIVATE.name, to=to, context=told, at=arrival.at, reply_to=reading.sender or "")


OF_POSTS = MailingKind("discussions.posts", version=_version, say=_say, overrides=_overrides, lines=lines)
