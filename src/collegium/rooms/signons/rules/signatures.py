"""Who signs, who takes a signature back, and until when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import RollRow
from collegium.core.calls.queries import able_for

from ..course import ASSEMBLED, LISTED
from ..models import Letter, Signature
from ..queries.speaking import in_standing
from .letters import is_host, is_team


def check_sign(row: RollRow, at: datetime) -> None:
    """A society that is a member at the moment; whose signature it is the call has asked."""
    if row.organization_id is None or not in_standing([row.organization_id], at):
        raise Refused(_("Only a member society can sign."))


def check_withdraw_signature(viewer: Viewer, letter: Letter, signature: Signature, at: datetime) -> None:
    """By somebody who signs for the society: from the close until the list is locked, and again once it was sent."""
    if signature.ended_at is not None:
        raise Refused(_("This signature is no longer on the letter."))
    _check_speaks(viewer, signature, at)
    if letter.is_out:
        return
    if letter.entry.state not in LISTED:
        raise Refused(_("While the letter is open the answer itself is withdrawn, on the page of the call."))
    if letter.entry.state == ASSEMBLED and letter.locks_at is not None and at >= letter.locks_at:
        raise Refused(_("The list is locked until the letter is sent; after that a society can still withdraw."))


def _check_speaks(viewer: Viewer, signature: Signature, at: datetime) -> None:
    if signature.answer is None:
        if not is_team(viewer):
            raise Refused(_("The council's team takes an outside organization off the letter."))
        return
    able = able_for(signature.answer.row, viewer.person_id, at)
    if able is None:
        raise Refused(_("You have no mandate to sign for this society."))
    if able.is_alternate and not signature.answer.is_alternate:
        raise Refused(_("Whoever holds the mandate has signed; an alternate cannot change that."))


def check_tell_withdrawal(viewer: Viewer, letter: Letter, signature: Signature) -> None:
    """The host, once, of what was withdrawn from a letter that was sent."""
    if not is_host(viewer, letter):
        raise Refused(_("Only its host and the council's team can do this."))
    if signature.end != Signature.End.WITHDRAWN or not signature.was_sent:
        raise Refused(_("Only of a withdrawal from a letter that was sent is the addressee told."))
    if signature.told_at is not None:
        raise Refused(_("This was decided already."))
