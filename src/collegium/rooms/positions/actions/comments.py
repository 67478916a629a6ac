"""Commenting for a society, answering comments, and saying whether the answer satisfies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer
from collegium.core.entries.actions import write_passages
from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.people.models import Tenure
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail
from collegium.design.text import plain_text, render_markdown

from .. import events
from ..anchors import Anchor, anchored
from ..findable import comment_text
from ..models import Block, Comment, Consultation, Disposition, Position, Window, WindowCall
from ..rules.comments import (
    check_answer_disposition,
    check_answer_words,
    check_comment_text,
    check_dispose_comment,
    check_make_comment,
    check_proposal,
    check_quote,
    check_withdraw_comment,
)
from ..rules.issues import check_reason
from .asking import answer_by_commenting, hold_row, unanswer_by_withdrawing
from .positions import lock_position

NOWHERE = Anchor("")


@transaction.atomic
def make_comment(
    position: Position,
    *,
    raw: str,
    tenure: Tenure | None,
    viewer: Viewer,
    at: datetime,
    block: int | None = None,
    quote: str = "",
    proposal: str = "",
) -> Comment:
    """Comment for the society of the seat on the revision it is shown: on a block and words of it, or on the whole.

    After the window it is taken and marked as late.
    """
    raw, quote, proposal = check_comment_text(raw), check_quote(quote), check_proposal(proposal)
    row = hold_row(position, tenure.seat.organization_id, at) if tenure else None
    locked = lock_position(position)
    check_make_comment(viewer, locked, tenure)
    assert tenure is not None  # the rule has asked
    comment = put_comment(
        locked,
        raw=raw,
        society=tenure.seat.organization,
        tenure=tenure,
        by=acting(viewer),
        at=at,
        block=block,
        anchor=_anchor(locked, block, quote),
        proposal=proposal,
    )
    answer_by_commenting(row, viewer=viewer, at=at)
    return comment


def put_comment(
    position: Position,
    *,
    raw: str,
    society: Any,
    tenure: Tenure | None,
    by: Any,
    at: datetime,
    block: int | None = None,
    anchor: Anchor = NOWHERE,
    proposal: str = "",
) -> Comment:
    """Another comment of the society on the revision it is shown; whoever calls has locked and asked the rules."""
    assert position.presented is not None  # societies are asked about a text
    consultation = Consultation.objects.select_related("entry").get(position=position)
    last = consultation.comments.aggregate(last=Max("number"))["last"] or 0
    comment: Comment = Comment.objects.create(
        consultation=consultation,
        number=last + 1,
        revision=position.presented,
        society=society,
        tenure=tenure,
        by=by,
        at=at,
        is_late=_is_late(position, at),
        block_key=block,
        quote=anchor.quote,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        raw=raw,
        html=render_markdown(raw),
        proposal=proposal,
    )
    write_passages([comment_text(comment)])
    follow_by_taking_part(consultation.entry, by=by)
    facts = _facts(comment, last + 1)
    trail.record(events.COMMENT_MADE, on=comment, by=by, at=at, acting_for=society, facts=facts)
    return comment


def comment_by_answer(answer: Answer, *, at: datetime) -> Comment:
    """The words with which a society answers are its comment on the whole text; in the transaction of the answer."""
    window = WindowCall.objects.select_related("window").get(call=answer.row.call_id).window
    position = lock_position(Position(pk=window.position_id))
    society = answer.row.organization
    return put_comment(position, raw=answer.raw, society=society, tenure=answer.tenure, by=answer.by, at=at)


def _is_late(position: Position, at: datetime) -> bool:
    window = Window.objects.filter(position=position).last()
    return window is None or window.closes_at <= at


def _anchor(position: Position, block: int | None, quote: str) -> Anchor:
    if block is None:
        if quote:
            raise Refused(_("Say in which paragraph these words stand."))
        return NOWHERE
    found = Block.objects.filter(revision=position.presented_id, key=block).first()
    if found is None:
        raise Refused(_("The text has no such paragraph."))
    anchor = anchored(quote, plain_text(found.html)) if quote else NOWHERE
    if anchor is None:
        raise Refused(_("These words do not stand there exactly once: copy some more of them, or leave them out."))
    return anchor


def _facts(comment: Comment, number: int) -> dict[str, Any]:
    return {"comment": comment.pk, "number": number}


def _locked(comment: Comment) -> Comment:
    """Under the position's lock, so that no step passes by it."""
    lock_position(
        Position(pk=Consultation.objects.values_list("position_id", flat=True).get(pk=comment.consultation_id))
    )
    rows = Comment.objects.select_for_update(of=("self",)).select_related(
        "consultation__entry", "consultation__position__entry", "society__entry", "disposition"
    )
    return rows.get(pk=comment.pk)


@transaction.atomic
def dispose_comment(comment: Comment, *, outcome: str, reason: str, viewer: Viewer, at: datetime) -> Disposition:
    """Say what becomes of a comment, and why; what was said before stays in its history."""
    reason = check_reason(reason)
    locked = _locked(comment)
    check_dispose_comment(viewer, locked, outcome)
    made = _dispose(locked, outcome, reason, viewer=viewer, at=at)
    facts = _facts(locked, locked.number) | {"outcome": outcome, "society": locked.society_id}
    trail.record(events.COMMENT_DISPOSED, on=locked, by=viewer.person, at=at, facts=facts)
    return made


@transaction.atomic
def withdraw_comment(comment: Comment, *, reason: str, viewer: Viewer, at: datetime) -> Disposition:
    """The society takes its comment back; it stays to be read, as withdrawn."""
    reason = check_reason(reason)
    position = Position.objects.get(consultation=comment.consultation_id)
    row = hold_row(position, comment.society_id, at)
    locked = _locked(comment)
    check_withdraw_comment(viewer, locked)
    made = _dispose(locked, Disposition.Outcome.WITHDRAWN, reason, viewer=viewer, at=at)
    society, facts = locked.society, _facts(locked, locked.number)
    trail.record(events.COMMENT_WITHDRAWN, on=locked, by=viewer.person, at=at, acting_for=society, facts=facts)
    unanswer_by_withdrawing(row, viewer=viewer, at=at)
    return made


def _dispose(comment: Comment, outcome: str, reason: str, *, viewer: Viewer, at: datetime) -> Disposition:
    made: Disposition = Disposition.objects.create(
        comment=comment, outcome=outcome, reason=reason, by=acting(viewer), at=at
    )
    comment.disposition = made
    comment.save(update_fields=["disposition"])
    return made


@transaction.atomic
def answer_disposition(
    comment: Comment, *, is_satisfied: bool, words: str = "", viewer: Viewer, at: datetime
) -> Disposition:
    """The society says whether the answer to its comment satisfies it; what does not goes along to the ballot."""
    words = check_answer_words(words)
    locked = _locked(comment)
    check_answer_disposition(viewer, locked)
    disposition = locked.disposition
    assert disposition is not None  # the rule has asked
    disposition.is_satisfied, disposition.answer = is_satisfied, words
    disposition.answered_by, disposition.answered_at = viewer.person, at
    disposition.save(update_fields=["is_satisfied", "answer", "answered_by", "answered_at"])
    facts = _facts(locked, locked.number) | {"is_satisfied": is_satisfied}
    trail.record(
        events.DISPOSITION_ANSWERED, on=locked, by=viewer.person, at=at, acting_for=locked.society, facts=facts
    )
    return disposition
