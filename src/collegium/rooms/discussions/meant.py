"""Which conversation of a group a letter means: by the letters it names, or by its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.mail.models import Incoming
from collegium.core.mail.registry import Arrival

from .actions.writing import PART
from .models import Post, Topic
from .registry import named_posts
from .subjects import without_marks

SAME_SUBJECT_WITHIN = timedelta(days=30)
_OURS = re.compile(r"post-([0-9]{1,18})@(.+)", re.ASCII)


def answered(arrival: Arrival, group: Group, viewer: Viewer) -> Iterator[Post]:
    """The posts of the group that the letter names as what it answers, the nearest first."""
    reading = arrival.reading
    named = dict.fromkeys([*reversed(reading.in_reply_to), *reversed(reading.references)])
    # In a sealed archive nobody answers: for whoever answers such a letter the conversation begins anew.
    seen = Post.objects.visible_to(viewer).filter(topic__group=group, topic__is_sealed=False)
    seen = seen.select_related("topic__entry", "topic__group")
    for message_id in named:
        ours = _OURS.fullmatch(message_id)
        if ours is not None and ours[2].lower() == settings.MAIL_DOMAIN:
            keys = [int(ours[1])]
        else:
            came = Incoming.objects.filter(message_id=message_id[:250], part=PART)
            keys = list(came.values_list("part_id", flat=True)[:5])
            keys += [key for find in named_posts.all() for key in find(group.pk, message_id)]
        yield from seen.filter(pk__in=keys)


def of_subject(arrival: Arrival, group: Group, viewer: Viewer) -> Topic | None:
    """The topic of the group that bears the letter's subject, if it is not long asleep."""
    title = without_marks(arrival.reading.subject, group.short)
    since = arrival.at - SAME_SUBJECT_WITHIN
    topics = Topic.objects.visible_to(viewer).filter(group=group, entry__title__iexact=title, last_post_at__gt=since)
    topics = topics.filter(is_sealed=False)
    return topics.select_related("entry", "group").order_by("-last_post_at").first()
