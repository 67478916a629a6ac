"""Opening an archive: a decision of the group, which its topics then follow a part at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import change_audience
from collegium.core.groups.models import Group
from collegium.core.trail import actions as trail
from collegium.rooms.discussions.models import Topic

from .. import events
from ..models import Archive, PastLetter
from ..rules import check_open_archive, check_reason

MOVING = "collegium.rooms.archives.jobs.move"
# Topics moved in one transaction.
PART = 100


@transaction.atomic
def open_archive(archive: Archive, *, words: str, viewer: Viewer, at: datetime) -> Archive:
    """Let the group's present circle read the archive; the words say what was decided, and stay with it.

    Whoever is admitted only by a later widening does not read it: nobody decided about them.
    """
    group = Group.objects.select_for_update(of=("self",), no_key=True).select_related("circle").get(pk=archive.group_id)
    locked = Archive.objects.select_for_update(of=("self",)).get(pk=archive.pk)
    locked.group = group
    check_open_archive(viewer, locked)
    locked.words = check_reason(words)
    assert group.circle is not None  # the rule has seen to it
    assert viewer.person is not None  # and to that
    locked.opened_by, locked.opened_at, locked.opened_to_id = viewer.person, at, group.circle.audience_id
    locked.save(update_fields=["opened_by", "opened_at", "opened_to", "words"])
    brought = PastLetter.objects.filter(intake__archive=locked)
    facts = {"archive": locked.pk, "posts": brought.filter(post__isnull=False).count()}
    audience = group.circle.audience_id
    trail.record(events.ARCHIVE_OPENED, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    if not move_opened(locked, at=at):
        app.configure_task(MOVING, queue="house").defer(archive_id=locked.pk)
    return locked


@transaction.atomic
def move_opened(archive: Archive, *, at: datetime) -> bool:
    """Give the next topics of an opened archive the audience decided on, with all that is found of them.

    Returns whether none is left.
    """
    locked = Archive.objects.select_for_update(of=("self",)).select_related("group", "opened_by").get(pk=archive.pk)
    assert locked.opened_to_id is not None  # nothing moves without a decision
    sealed = Topic.objects.filter(group=locked.group_id, is_sealed=True)
    topics = list(sealed.select_for_update(of=("self",), no_key=True).select_related("entry").order_by("pk")[:PART])
    for topic in topics:
        # An officer's own room and the circle may be the same people, never the same audience.
        change_audience(topic.entry, to=locked.opened_to_id, by=locked.opened_by, at=at)
    Topic.objects.filter(pk__in=[topic.pk for topic in topics]).update(is_sealed=False)
    if len(topics) == PART:
        return False
    locked.moved_at = at
    locked.save(update_fields=["moved_at"])
    return True
