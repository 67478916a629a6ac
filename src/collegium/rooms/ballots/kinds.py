"""The calls behind ballots: what can be answered, and what a ballot does as its call goes its way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.calls.registry import CallKind, Choice
from collegium.core.people.models import Mandate, Person

from . import rules
from .actions import following
from .choices import ABSTAIN, APPROVED, BLANK, NO, OBJECTION, RANKED, RECUSED, YES


def _address(call: Call) -> str:
    return call.ballot.get_absolute_url()


def _check_open(call: Call, at: datetime) -> None:
    rules.check_drawn(call.ballot)


def _check(call: Call, row: RollRow, choice: str, facts: dict[str, Any], at: datetime) -> None:
    rules.check_vote(call.ballot, row, choice, facts)


def _answered(answer: Answer, before: Answer | None, at: datetime) -> None:
    rules.check_voter(answer.row.call.ballot, answer.by_id)


def _withdrawn(answer: Answer, by: Person, at: datetime) -> None:
    rules.check_withdraw_vote(answer.row.call.ballot, answer.row, by.pk)


def _check_ruling(call: Call, row: RollRow, kind: str) -> None:
    rules.check_strike(call.ballot, row, kind)


_YES = Choice(YES, _("Yes"), _("Yes"))
_NO = Choice(NO, _("No"), _("No"), state="off")
_OBJECTION = Choice(OBJECTION, _("Objection: no, and what would remedy it"), _("Objection"), True, "open")
_ABSTAIN = Choice(ABSTAIN, _("Abstain"), _("Abstained"), state="part")
_BLANK = Choice(BLANK, _("Abstain: nobody"), _("Abstained"), state="part")
_RECUSED = Choice(RECUSED, _("Recused: we do not take part"), _("Recused"), True, "wait")


def _kind(name: str, label: Any, *choices: Choice, can_be_withdrawn: bool = True) -> CallKind:
    return CallKind(
        name,
        label,
        act=Mandate.Act.VOTE,
        choices=(*choices, _RECUSED),
        hidden_until_close=True,
        can_be_withdrawn=can_be_withdrawn,
        one_person_one_row=True,
        # Once, for all alike, before the end.
        most_extensions=1,
        address=_address,
        check=_check,
        check_open=_check_open,
        check_ruling=_check_ruling,
        answered=_answered,
        withdrawn=_withdrawn,
        opened=following.opened,
        closed=following.closed,
        cancelled=following.cancelled,
    )


MOTION = _kind("motion", _("Motion"), _YES, _NO, _OBJECTION, _ABSTAIN)
APPROVAL = _kind("approval", _("Election by approval"), Choice(APPROVED, _("Approve"), _("Voted")), _BLANK)
STV = _kind("stv", _("Election"), Choice(RANKED, _("Rank"), _("Voted")), _BLANK)
# A secret vote is no answer: the row says that it has voted, and the box holds what.
SECRET = _kind("secret_ballot", _("Secret ballot"), can_be_withdrawn=False)
