"""Pinning and closing topics, and their opposites."""

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Topic
from ..rules import check_close_topic, check_pin_topic, check_reopen_topic, check_unpin_topic
from .answers import keep_state
from .writing import lock_topic


@transaction.atomic
def pin_topic(topic: Topic, *, viewer: Viewer, at: datetime) -> Topic:
    """Keep a topic at the head of its group's list."""
    locked = lock_topic(topic.pk)
    check_pin_topic(viewer, locked)
    locked.pinned_by, locked.pinned_at = viewer.person, at
    locked.save(update_fields=["pinned_by", "pinned_at"])
    trail.record(events.TOPIC_PINNED, on=locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def unpin_topic(topic: Topic, *, viewer: Viewer, at: datetime) -> Topic:
    """Let a topic take its place by time again."""
    locked = lock_topic(topic.pk)
    check_unpin_topic(viewer, locked)
    locked.pinned_by, locked.pinned_at = None, None
    locked.save(update_fields=["pinned_by", "pinned_at"])
    trail.record(events.TOPIC_UNPINNED, on=locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def close_topic(topic: Topic, *, viewer: Viewer, at: datetime) -> Topic:
    """End a conversation: it stays readable and takes no more posts."""
    locked = lock_topic(topic.pk)
    check_close_topic(viewer, locked)
    locked.closed_by, locked.closed_at = viewer.person, at
    locked.save(update_fields=["closed_by", "closed_at"])
    keep_state(locked)
    trail.record(events.TOPIC_CLOSED, on=locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def reopen_topic(topic: Topic, *, viewer: Viewer, at: datetime) -> Topic:
    """Let a closed conversation go on."""
    locked = lock_topic(topic.pk)
    check_reopen_topic(viewer, locked)
    locked.closed_by, locked.closed_at = None, None
    locked.save(update_fields=["closed_by", "closed_at"])
    keep_state(locked)
    trail.record(events.TOPIC_REOPENED, on=locked, by=viewer.person, at=at)
    return locked
