"""Accepting an answer to a question, and no longer accepting it."""

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Post, Topic
from ..rules import check_accept_answer, check_unaccept_answer
from .writing import facts_of, lock_post, lock_topic

_FIELDS = ["accepted", "accepted_by", "accepted_at"]


@transaction.atomic
def accept_answer(post: Post, *, viewer: Viewer, at: datetime) -> Post:
    """Say which post answers the question; it takes the place of one accepted before."""
    locked = lock_post(post)
    check_accept_answer(viewer, locked)
    topic = locked.topic
    topic.accepted, topic.accepted_by, topic.accepted_at = locked, viewer.person, at
    topic.save(update_fields=_FIELDS)
    keep_state(topic)
    trail.record(events.ANSWER_ACCEPTED, on=locked, by=viewer.person, at=at, facts=facts_of(locked))
    return locked


@transaction.atomic
def unaccept_answer(topic: Topic, *, viewer: Viewer, at: datetime) -> Topic:
    """The question is open again."""
    locked = lock_topic(topic.pk)
    check_unaccept_answer(viewer, locked)
    assert locked.accepted is not None  # the rule has seen to it
    withdraw_acceptance(locked, number=locked.accepted.number, viewer=viewer, at=at)
    return locked


def withdraw_acceptance(topic: Topic, *, number: int, viewer: Viewer, at: datetime) -> None:
    """What a locked topic loses when its accepted answer is no longer one, or no longer there."""
    facts = {"part": "post", "part_id": topic.accepted_id, "number": number}
    topic.accepted, topic.accepted_by, topic.accepted_at = None, None, None
    topic.save(update_fields=_FIELDS)
    keep_state(topic)
    trail.record(events.ANSWER_UNACCEPTED, on=topic, by=viewer.person, at=at, facts=facts)


def keep_state(topic: Topic) -> None:
    """The entry of a locked topic says the state of the topic."""
    topic.entry.state = topic.state
    topic.entry.save(update_fields=["state"])
