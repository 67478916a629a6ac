"""What becomes of the columns of positions when two accounts are joined."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from collegium.core.people.registry import Held


def _draft_once(theirs: Any, mine: Any, at: Any) -> bool:
    """Of two who draft the same the one goes on who has declared interests; the other is released."""
    goes = theirs if mine.declared_at is not None or theirs.declared_at is None else mine
    ended = TimestamptzRange(goes.period.lower, max(at, goes.period.lower))
    type(goes).objects.filter(pk=goes.pk).update(period=ended)
    return True


HELD = (
    Held("positions.Issue.tenure", _("Issues")),
    Held("positions.Triage.by"),
    Held("positions.Committee.named_by"),
    Held(
        "positions.Drafter.tenure",
        _("Drafting of positions"),
        once=("position",),
        only=Q(period__upper_inf=True),
        twin=_draft_once,
    ),
    Held("positions.Drafter.named_by"),
    Held("positions.Step.by"),
    Held("positions.Embargo.set_by"),
    Held("positions.Embargo.lifted_by"),
    Held("positions.SupportList.by"),
    Held("positions.ReviewDates.by"),
    Held("positions.Revision.by", _("Revisions of positions")),
    Held("positions.Comment.by", _("Comments for a society")),
    Held("positions.Comment.tenure"),
    Held("positions.Terms.by"),
    Held("positions.MinorityStatement.by", _("Minority statements")),
    Held("positions.MinorityVoice.by"),
    Held("positions.MinorityVoice.tenure"),
    Held("positions.Disposition.by"),
    Held("positions.Disposition.answered_by"),
)
