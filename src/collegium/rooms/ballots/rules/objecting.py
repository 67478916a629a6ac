"""Who says what becomes of an objection, and when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, RollRow

from ..choices import OBJECTION
from ..models import Ballot, ObjectionAnswer
from .standing import check_manage, check_reason


def check_answer_objection(viewer: Viewer, ballot: Ballot, row: RollRow, outcome: str, reason: str) -> str:
    """Those who run it, once it is counted; never in a secret ballot, where nobody knows whose an objection is.

    Gives the reason as it is kept.
    """
    check_manage(viewer, ballot)
    if ballot.is_secret or ballot.counted_at is None:
        raise Refused(_("Objections are answered once the votes of an open ballot are counted."))
    stands = Answer.objects.filter(row=row, row__call=ballot.call_id, row__struck_at=None, ended_at=None)
    if not stands.filter(choice=OBJECTION).exists():
        raise Refused(_("There is no objection to answer."))
    if outcome not in ObjectionAnswer.Outcome.values:
        raise Refused(_("Say what becomes of the remedy."))
    return check_reason(reason)
