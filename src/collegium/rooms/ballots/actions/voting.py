"""Casting a vote: in the open, as an answer to the call; in secret, as a mark on the roll and a paper in the box."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.actions.answers import open_to
from collegium.core.calls.models import Answer, RollRow
from collegium.core.calls.queries import able as able_rows
from collegium.core.calls.queries import able_for
from collegium.core.calls.rules import check_answer
from collegium.core.trail import actions as trail

from .. import events
from ..choices import APPROVED, RANKED
from ..models import Ballot, BoxPaper, ToldMark
from ..rules import check_cast_secretly, check_first_row


@transaction.atomic
def cast_ballot(
    row: RollRow,
    *,
    choice: str,
    raw: str = "",
    options: Sequence[int] = (),
    remedy: str = "",
    viewer: Viewer,
    at: datetime,
) -> Answer:
    """Vote in the open; the call has the event. The primary may change it until the close, an alternate not theirs."""
    facts: dict[str, Any] = {}
    if options or choice in (RANKED, APPROVED):
        facts["options"] = list(options)
    if remedy.strip():
        facts["remedy"] = remedy.strip()
    return calls.answer_call(row, choice=choice, raw=raw, facts=facts, viewer=viewer, at=at)


@transaction.atomic
def cast_secretly(row: RollRow, *, choice: str, options: Sequence[int] = (), viewer: Viewer, at: datetime) -> str:
    """Mark the row and put a paper in the box; returns the paper's key, which nobody is shown again.

    The paper has no voter and no time. No event, no job, no line in the log of requests says that it was cast.
    """
    call, locked = open_to(row, at=at)
    able = able_for(locked, viewer.person_id, at)
    check_answer(locked, able, None)
    assert able is not None  # checked
    ballot = call.ballot
    ballot.call = call
    check_cast_secretly(ballot, locked, choice, options, able.person_id)
    check_first_row(locked, {one.row_id for one in able_rows(call, at, person_id=able.person_id)})
    locked.is_answered = True
    locked.save(update_fields=["is_answered"])
    paper = BoxPaper(key=secrets.token_hex(16), ballot=ballot, choice=choice, options=_told(choice, options))
    BoxPaper.objects.bulk_create([paper])
    return paper.key


def _told(choice: str, options: Sequence[int]) -> list[int]:
    """In which order somebody ticked is nobody's business."""
    return sorted(options) if choice == APPROVED else list(options)


def tell_marks(*, at: datetime) -> int:
    """Tell those who may vote for it of each row that has voted in secret since this was last done.

    For a whole day at once: what is told of one vote alone would tell its time. Returns of how many ballots.
    """
    ballots = Ballot.objects.filter(is_secret=True, call__opened_at__isnull=False, annulled_at=None)
    return sum(_tell_marks(ballot, at) for ballot in ballots.select_related("entry").order_by("pk"))


@transaction.atomic
def _tell_marks(ballot: Ballot, at: datetime) -> int:
    open_answers = Answer.objects.filter(row__call=ballot.call_id, ended_at=None).values("row")
    marked = RollRow.objects.filter(call=ballot.call_id, is_answered=True).exclude(pk__in=open_answers)
    untold = marked.exclude(pk__in=ToldMark.objects.values("row")).order_by("pk")
    rows = list(untold.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not rows:
        return 0
    ToldMark.objects.bulk_create(ToldMark(row_id=row) for row in rows)
    trail.record(events.BALLOT_MARKED, on=ballot, by=None, at=at, audience=OFFICE, facts={"rows": rows})
    return 1
