"""Who runs a ballot and who presides over it, and that reasons are given."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer

from ..models import Ballot

LONGEST_REASON = 4000


def manages(viewer: Viewer, ballot: Ballot) -> bool:
    """The council's team, and the officers of the body, who preside."""
    return viewer.is_among(OFFICE) or ballot.is_run_by(viewer)


def check_manage(viewer: Viewer, ballot: Ballot) -> None:
    if not manages(viewer, ballot):
        raise Refused(_("Only the council’s team and the officers of the body can do this."))
    if ballot.annulled_at is not None:
        raise Refused(_("This ballot is annulled."))


def check_preside(viewer: Viewer, ballot: Ballot) -> None:
    """Those who preside over the body; the council's team does not rule."""
    if not ballot.is_run_by(viewer):
        raise Refused(_("Only an officer of the body can rule on this."))
    if ballot.annulled_at is not None:
        raise Refused(_("This ballot is annulled."))


def check_reason(reason: str) -> str:
    """Said, and not too long."""
    if not reason.strip():
        raise Refused(_("Say why."))
    if len(reason) > LONGEST_REASON:
        raise Refused(_("This is too long: at most %(most)d characters.") % {"most": LONGEST_REASON})
    return reason.strip()
