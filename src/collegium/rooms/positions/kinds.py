"""The calls positions make: a society says whether it comments, and where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused
from collegium.core.calls.models import Answer, Call, Extension
from collegium.core.calls.registry import CallKind, Choice
from collegium.core.people.models import Mandate, Person

from . import course
from .actions import asking
from .actions.comments import comment_by_answer
from .course import COMMENTED, NOTHING
from .queries.asking import has_commented


def _commented(answer: Answer, before: Answer | None, at: datetime) -> None:
    """Words become a comment on the whole text; without words there is a comment already, or there is none."""
    call, society = answer.row.call, answer.row.organization
    assert society is not None  # comments are asked of societies
    says_anew = bool(answer.raw) and (before is None or before.raw != answer.raw)
    if answer.choice == COMMENTED and says_anew:
        comment_by_answer(answer, at=at)
    elif answer.choice == COMMENTED and not has_commented(call, society):
        raise Refused(_("Write the comment here, or comment on a paragraph of the text."))
    elif answer.choice == NOTHING and has_commented(call, society):
        raise Refused(_("Your society has commented: withdraw its comments first."))


def _taken_back(answer: Answer, by: Person, at: datetime) -> None:
    society = answer.row.organization
    assert society is not None  # comments are asked of societies
    if answer.choice == COMMENTED and has_commented(answer.row.call, society):
        raise Refused(_("Withdraw the comments themselves, where they stand."))


def _cancelled(call: Call, at: datetime) -> None:
    asking.check_ends_with_its_state(call)


def _extended(extension: Extension) -> None:
    asking.follow_extension(extension)


def _kind(name: str, label: Any, act: str, *choices: Choice, **hooks: Any) -> CallKind:
    return CallKind(name, label, act, choices, cancelled=_cancelled, extended=_extended, **hooks)


COMMENT = _kind(
    course.COMMENT,
    gettext_lazy("Comments on a position"),
    Mandate.Act.COMMENT,
    Choice(COMMENTED, gettext_lazy("We comment: as follows, or in the text itself"), gettext_lazy("Commented")),
    Choice(NOTHING, gettext_lazy("We have no comments"), gettext_lazy("No comments"), state="off"),
    answered=_commented,
    withdrawn=_taken_back,
)
SUPPORT = _kind(
    course.SUPPORT,
    gettext_lazy("Support for a position"),
    Mandate.Act.SIGN,
    Choice("support", gettext_lazy("We support it"), gettext_lazy("Supports it")),
    Choice(
        "reservation",
        gettext_lazy("We support it with a reservation"),
        gettext_lazy("Supports it with a reservation"),
        True,
    ),
    Choice("neutral", gettext_lazy("We are neutral"), gettext_lazy("Neutral"), state="part"),
    Choice("decline", gettext_lazy("We do not support it"), gettext_lazy("Does not support it"), state="off"),
    Choice("recused", gettext_lazy("Recused: we do not take part"), gettext_lazy("Recused"), True, "wait"),
)
