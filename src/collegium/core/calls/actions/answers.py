"""Answering a call, changing what was answered, taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail
from collegium.core.trail.registry import Past
from collegium.design.text import render_markdown

from .. import events
from ..models import Answer, Call, RollRow
from ..queries.able import Able, able_for
from ..rules import (
    check_answer,
    check_answer_in_time,
    check_enter_answer,
    check_text_seen,
    check_withdraw_answer,
    check_words,
)
from .locking import lock_row, share_call, standing_answer
from .rolls import open_call


@transaction.atomic
def answer_call(
    row: RollRow,
    *,
    choice: str,
    raw: str = "",
    facts: dict[str, Any] | None = None,
    viewer: Viewer,
    at: datetime,
) -> Answer:
    """Answer for a row one may answer for now; counted exactly if `at` is in time and the call is not closed yet.

    What stood before is kept as what was said before. The same said again changes nothing.
    """
    call, locked = open_to(row, at=at)
    able_now = able_for(locked, viewer.person_id, at)
    standing = standing_answer(locked)
    check_answer(locked, able_now, standing)
    assert able_now is not None  # checked
    if call.kind_of.one_person_one_row:
        check_one_row(call, locked, able_now, at)
    answer = Answer(
        row=locked,
        choice=choice,
        raw=raw.strip(),
        facts=facts or {},
        by=viewer.person,
        tenure_id=able_now.tenure_id,
        is_alternate=able_now.is_alternate,
        at=at,
    )
    return _put(answer, standing)


@transaction.atomic
def enter_answer(
    row: RollRow,
    *,
    choice: str,
    raw: str = "",
    facts: dict[str, Any] | None = None,
    evidence: str,
    viewer: Viewer,
    at: datetime,
) -> Answer:
    """The council's team enters what it was sent by somebody it names; the society's people are told."""
    call, locked = open_to(row, at=at)
    check_enter_answer(viewer, call, evidence)
    standing = standing_answer(locked)
    if standing is not None and standing.source == Answer.Source.PORTAL:
        raise Refused(_("The society has answered here itself; what it said is not overwritten."))
    answer = Answer(
        row=locked,
        choice=choice,
        raw=raw.strip(),
        facts=facts or {},
        by=viewer.person,
        source=Answer.Source.TEAM,
        evidence=evidence.strip(),
        at=at,
    )
    return _put(answer, standing)


def open_to(row: RollRow, *, at: datetime) -> tuple[Call, RollRow]:
    """The call and the row, held still, if something said at the moment counts; Refused if it does not."""
    call = share_call(row.call_id)
    check_answer_in_time(call, at)
    if call.opened_at is None:
        call = open_call(call, at=at)
    return call, lock_row(call, row.pk)


def check_one_row(call: Call, row: RollRow, mine: Able, at: datetime) -> None:
    """One person speaks for one addressee: Refused if they already spoke for another of this call."""
    spoken = Answer.objects.filter(row__call=call, by=mine.person_id, source=Answer.Source.PORTAL, ended_at=None)
    if spoken.exclude(row=row).exists():
        raise Refused(_("You have answered for another society already: here it takes another person."))


def _put(answer: Answer, standing: Answer | None) -> Answer:
    """Replace what stands, unless it is the same."""
    row, call = answer.row, answer.row.call
    check_words(call, answer.choice, answer.raw)
    check_text_seen(call, answer.facts)
    call.kind_of.check(call, row, answer.choice, answer.facts, answer.at)
    if standing is not None and _same(standing, answer):
        return standing
    if standing is not None:
        _end(standing, answer.at)
    answer.html = render_markdown(answer.raw) if answer.raw else ""
    answer = Answer.objects.create(**{field: getattr(answer, field) for field in _FIELDS})
    answer.row = row
    if not row.is_answered:
        row.is_answered = True
        row.save(update_fields=["is_answered"])
    call.kind_of.answered(answer, standing, answer.at)
    _record(events.CALL_ANSWERED, answer, by=answer.by, at=answer.at)
    return answer


_FIELDS = (
    "row",
    "choice",
    "raw",
    "html",
    "facts",
    "by",
    "tenure_id",
    "is_alternate",
    "source",
    "evidence",
    "at",
)


def _same(one: Answer, other: Answer) -> bool:
    names = ("choice", "raw", "facts", "by_id", "source", "evidence")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _end(standing: Answer, at: datetime, *, is_withdrawn: bool = False) -> None:
    standing.ended_at, standing.is_withdrawn = at, is_withdrawn
    standing.save(update_fields=["ended_at", "is_withdrawn"])


@transaction.atomic
def withdraw_answer(row: RollRow, *, viewer: Viewer, at: datetime) -> RollRow:
    """Take back what was answered while the call is open; who may answer may, an alternate not the primary's."""
    call, locked = open_to(row, at=at)
    standing = standing_answer(locked)
    check_answer(locked, able_for(locked, viewer.person_id, at), standing)
    check_withdraw_answer(call, standing)
    assert standing is not None  # checked
    assert viewer.person is not None  # checked
    _end(standing, at, is_withdrawn=True)
    locked.is_answered = False
    locked.save(update_fields=["is_answered"])
    call.kind_of.withdrawn(standing, viewer.person, at)
    _record(events.ANSWER_WITHDRAWN, standing, by=viewer.person, at=at)
    return locked


def _record(event: Past, answer: Answer, *, by: Any, at: datetime) -> None:
    """What a society answers its own people may see in the trail; who answers for themselves, the council's team."""
    organization = answer.row.organization
    audience = organization.audience_id if organization else OFFICE
    facts: dict[str, Any] = {"row": answer.row_id, "source": answer.source}
    if not answer.row.call.kind_of.hidden_until_close:
        facts["choice"] = answer.choice
    trail.record(event, on=answer, by=by, acting_for=organization, at=at, audience=audience, facts=facts)
