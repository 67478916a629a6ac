"""Handing an open question on to whoever follows the person who asked it, and taking it back."""

from datetime import datetime

from django.db import transaction

from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail

from .. import events
from ..models import Topic
from ..rules import check_hand_on_question, check_take_back_question
from .writing import lock_topic

_FIELDS = ["handed_to", "handed_at"]


@transaction.atomic
def hand_on_question(topic: Topic, *, to: Person, at: datetime) -> Topic:
    """The successor follows the question and may accept an answer to it. Part of a departure, which asks who may.

    Whoever asked may still accept one for as long as they see the question.
    """
    locked = lock_topic(topic.pk)
    check_hand_on_question(locked)
    follow_by_taking_part(locked.entry, by=to)
    if locked.handed_to_id == to.pk:
        return locked
    locked.handed_to, locked.handed_at = to, at
    locked.save(update_fields=_FIELDS)
    trail.record(events.QUESTION_HANDED_ON, on=locked, by=None, at=at, facts={"to": to.pk})
    return locked


@transaction.atomic
def take_back_question(topic: Topic, *, at: datetime) -> Topic:
    """Nobody but who asked it, and the officers, accepts an answer to it."""
    locked = lock_topic(topic.pk)
    check_take_back_question(locked)
    facts = {"from": locked.handed_to_id}
    locked.handed_to, locked.handed_at = None, None
    locked.save(update_fields=_FIELDS)
    trail.record(events.QUESTION_TAKEN_BACK, on=locked, by=None, at=at, facts=facts)
    return locked
