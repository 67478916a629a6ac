"""Recusals: who may ask for one, and who rules on it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import RollRow
from collegium.core.calls.queries import able

from ..models import Ballot, Recusal
from .standing import check_preside, check_reason, manages
from .voting import has_cast


def check_ask_recusal(viewer: Viewer, ballot: Ballot, reason: str, at: datetime) -> str:
    """By somebody who may vote, or runs it, from the announcement until it closes."""
    if ballot.call.announced_at is None or ballot.call.is_over or at >= ballot.call.closes_at:
        raise Refused(_("Recusals are settled before the ballot closes."))
    if ballot.annulled_at is not None:
        raise Refused(_("This ballot is annulled."))
    if not manages(viewer, ballot) and not able(ballot.call, at, person_id=viewer.person_id or 0):
        raise Refused(_("Only those who may vote, and those who run the ballot, ask for a recusal."))
    return check_reason(reason)


def check_recusal_is_new(ballot: Ballot, organization_id: int | None, person_id: int | None) -> None:
    """Of one on the roll, once, and of a secret ballot before it has voted."""
    standing = Recusal.objects.filter(ballot=ballot, organization=organization_id, person=person_id)
    if standing.exclude(ruling=Recusal.Ruling.DISMISSED).exists():
        raise Refused(_("This recusal is declared or asked for already."))
    row = RollRow.objects.filter(call=ballot.call_id, organization=organization_id, person=person_id).first()
    if ballot.is_secret and row is not None and has_cast(row):
        raise Refused(_("Its vote lies in the box: whoever doubts it can contest the result."))


def check_rule_recusal(viewer: Viewer, ballot: Ballot, recusal: Recusal) -> None:
    """By an officer who is not concerned; before the votes are counted."""
    check_preside(viewer, ballot)
    if recusal.ruling:
        raise Refused(_("This is ruled on already."))
    if ballot.counted_at is not None:
        raise Refused(_("The votes are counted already."))
    society = recusal.organization
    if viewer.person_id in (recusal.person_id, recusal.by_id) or (society and viewer.belongs_to(society.audience_id)):
        raise Refused(_("You are concerned yourself: another officer rules on this."))
