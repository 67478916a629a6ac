"""Which conversation of a group a letter means: by the letters it names, or by its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.mail.models import Incoming
from collegium.core.mail.registry import Arrival

from .actions.writing import PART
from .models import Topic
from .queries.loaded import TOPIC_SQL, TOPIC_TABLES, take_topic
from .queries.speakers import speaking
from .registry import named_posts
from .subjects import without_marks

SAME_SUBJECT_WITHIN = timedelta(days=30)
_OURS = re.compile(r"post-([0-9]{1,18})@(.+)", re.ASCII)


class Meant(NamedTuple):
    """A post that a letter answers: its number in its topic, and the seats from which the writer speaks there."""

    topic: Topic
    number: int
    seats: list[int]


_POSTS = f"""
SELECT {TOPIC_SQL}, po.number,
    ARRAY(SELECT te.id FROM {speaking("e.audience_id")} ORDER BY te.id)
FROM {TOPIC_TABLES} JOIN discussions_post po ON po.topic_id = t.entry_id
WHERE {{which}} AND {visible_sql("e.audience_id")} ORDER BY po.id"""  # noqa: S608 - constants
# In a sealed archive nobody answers: for whoever answers such a letter the conversation begins anew.
_OF_GROUP = _POSTS.format(which="po.id = ANY(%s::bigint[]) AND t.group_id = %s AND NOT t.is_sealed")
_OF_MAILING = _POSTS.format(which="po.id = (SELECT m.part_id FROM mail_mailing m WHERE m.id = %s AND m.part = %s)")


def _meant(sql: str, which: list[Any], viewer: Viewer) -> Iterator[Meant]:
    speaks = [viewer.person_id, viewer.at, viewer.at]
    for found in rows(sql, [*speaks, *which, *visible_parameters(viewer)]):
        topic, start = take_topic(found)
        yield Meant(topic, *found[start:])


def told_by(mailing_id: int, viewer: Viewer) -> Meant | None:
    """The post a mailing told of; None if the viewer may not see it now."""
    return next(_meant(_OF_MAILING, [mailing_id, PART], viewer), None)


def answered(arrival: Arrival, group: Group, viewer: Viewer) -> Iterator[Meant]:
    """The posts of the group that the letter names as what it answers, the nearest first."""
    reading = arrival.reading
    for message_id in dict.fromkeys([*reversed(reading.in_reply_to), *reversed(reading.references)]):
        ours = _OURS.fullmatch(message_id)
        if ours is not None and ours[2].lower() == settings.MAIL_DOMAIN:
            keys = [int(ours[1])]
        else:
            came = Incoming.objects.filter(message_id=message_id[:250], part=PART)
            keys = list(came.values_list("part_id", flat=True)[:5])
            keys += [key for find in named_posts.all() for key in find(group.pk, message_id)]
        if keys:
            yield from _meant(_OF_GROUP, [keys, group.pk], viewer)


def of_subject(arrival: Arrival, group: Group, viewer: Viewer) -> Topic | None:
    """The topic of the group that bears the letter's subject, if it is not long asleep."""
    title = without_marks(arrival.reading.subject, group.short)
    since = arrival.at - SAME_SUBJECT_WITHIN
    topics = Topic.objects.visible_to(viewer).filter(group=group, entry__title__iexact=title, last_post_at__gt=since)
    topics = topics.filter(is_sealed=False)
    return topics.select_related("entry", "group").order_by("-last_post_at").first()
