"""Saying what becomes of an objection."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import RollRow
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot, ObjectionAnswer
from ..rules import check_answer_objection
from .locking import lock_ballot


@transaction.atomic
def answer_objection(
    ballot: Ballot, *, row: RollRow, outcome: str, reason: str, viewer: Viewer, at: datetime
) -> ObjectionAnswer:
    """Whether the remedy is taken up, and why; the result of the ballot is not changed by it."""
    locked = lock_ballot(ballot.pk)
    words = check_answer_objection(viewer, locked, row, outcome, reason)
    assert viewer.person is not None  # checked
    made: ObjectionAnswer = ObjectionAnswer.objects.create(
        ballot=locked, row=row, outcome=outcome, reason=words, by=viewer.person, at=at
    )
    facts = {"row": row.pk, "outcome": outcome}
    trail.record(events.OBJECTION_ANSWERED, on=made, by=viewer.person, at=at, facts=facts)
    return made
