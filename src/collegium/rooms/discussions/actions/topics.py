"""Opening a topic and changing its title."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import Text, replace_passages, write_passages
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.trail import actions as trail

from .. import events
from ..models import Post, ReadMark, Topic
from ..rules import check_retitle_topic, check_title
from .saying import Opening, is_held, ready_topic
from .writing import (
    HasKey,
    acting_for,
    attach,
    author_of,
    facets_of,
    facets_of_post,
    facts_of,
    insert_post,
    lock_topic_to_reword,
    text_of,
)

ENTRY_KIND = "topic"


@transaction.atomic
def open_topic(
    group: Group,
    *,
    kind: str,
    title: str,
    raw: str,
    tenure: HasKey | None,
    viewer: Viewer,
    at: datetime,
    audience_id: int | None = None,
    attachments: Iterable[int] = (),
    since: datetime | None = None,
) -> Topic:
    """Begin a conversation with its first post, seen by the group's present circle or, as an officer, by the officers.

    With `since`, the moment the form was drawn, the same topic sent twice is opened once.
    """
    opening = ready_topic(
        group, kind=kind, title=title, raw=raw, tenure=tenure, audience_id=audience_id, viewer=viewer, at=at
    )
    return publish_topic(opening, attachments, since=since, viewer=viewer, at=at)


def publish_topic(
    opening: Opening,
    attachments: Iterable[int],
    *,
    since: datetime | None = None,
    viewer: Viewer,
    at: datetime,
    trimmed: str = "",
) -> Topic:
    """Begin it under the caller's lock; what was sent before is found again."""
    speaker = opening.speaker
    if since is not None and (sent := _sent_before(opening, viewer=viewer, since=since)):
        return sent
    topic = _begin(opening, viewer=viewer, at=at)
    post, body = insert_post(
        topic, raw=opening.raw, reply_to=None, speaker=speaker, viewer=viewer, at=at, trimmed=trimmed
    )
    seat = facets_of(speaker.society_id, speaker.function_id)
    attach(post, attachments, body=body, by=viewer.person, facets=seat)
    ReadMark.objects.create(person=author_of(viewer), topic=topic, number=1, at=at)
    write_passages([title_text(topic, facets=seat), text_of(post, body, facets=seat)])
    follow_by_taking_part(topic.entry, by=viewer.person)
    facts = facts_of(post, kind=opening.kind, mentions=post.mentions)
    trail.record(events.TOPIC_OPENED, on=topic, by=viewer.person, at=at, acting_for=acting_for(speaker), facts=facts)
    return topic


def _sent_before(opening: Opening, *, viewer: Viewer, since: datetime) -> Topic | None:
    first = Post.objects.filter(number=1, author=viewer.person_id, at__gte=since, raw=opening.raw)
    same = first.filter(topic__group=opening.group, topic__entry__title=opening.title)
    found = same.select_related("topic__entry", "topic__group").order_by("pk").first()
    return found.topic if found else None


def _begin(opening: Opening, *, viewer: Viewer, at: datetime) -> Topic:
    entry = Entry.objects.create(
        kind=ENTRY_KIND,
        title=opening.title,
        state=Topic.State.OPEN,
        audience_id=opening.audience_id,
        place_id=opening.group.pk,
        society_id=opening.speaker.society_id,
        author=viewer.person,
        created_at=at,
        touched_at=at,
    )
    topic: Topic = Topic.objects.create(
        entry=entry,
        group=opening.group,
        kind=opening.kind,
        last_number=0,
        last_post_at=at,
        last_author=author_of(viewer),
    )
    return topic


def title_text(topic: Topic, *, facets: tuple[str, ...]) -> Text:
    """What is found of a topic's title."""
    entry = topic.entry
    body, by, at = entry.title, entry.author_id, entry.created_at
    return Text(entry.pk, "title", 0, body, at, author_id=by, is_title=True, facets=facets)


@transaction.atomic
def retitle_topic(topic: Topic, *, title: str, viewer: Viewer, at: datetime) -> Topic:
    """Give a topic another title; that it changed stays in its history."""
    title = check_title(title)
    locked = lock_topic_to_reword(topic.pk)
    check_retitle_topic(viewer, locked, is_held=is_held(viewer, locked.group))
    if locked.entry.title == title:
        raise Refused(_("This is its title already."))
    locked.entry.title = title
    locked.entry.save(update_fields=["title"])
    opening = Post.objects.select_related("tenure__seat").get(topic=locked, number=1)
    replace_passages(title_text(locked, facets=facets_of_post(opening)))
    trail.record(events.TOPIC_RETITLED, on=locked, by=viewer.person, at=at)
    return locked
