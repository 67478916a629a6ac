"""When outside organizations can sign, and who decides of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.rules import check_office

from ..course import CLOSED, OPEN
from ..models import Letter, Outsider
from .letters import is_host


def check_open_outside(viewer: Viewer, letter: Letter) -> None:
    """The host, while societies are asked."""
    _check_host(viewer, letter)
    if letter.entry.state not in OPEN:
        raise Refused(_("Outside organizations sign while societies are asked."))
    if letter.outside_key:
        raise Refused(_("There is such a page already."))


def check_close_outside(viewer: Viewer, letter: Letter) -> None:
    _check_host(viewer, letter)
    if not letter.outside_key:
        raise Refused(_("There is no such page."))


def _check_host(viewer: Viewer, letter: Letter) -> None:
    if not is_host(viewer, letter):
        raise Refused(_("Only its host and the council's team can do this."))


def takes_outsiders(letter: Letter) -> bool:
    """Whether somebody from outside can sign at present."""
    return bool(letter.outside_key) and letter.entry.state in OPEN


def check_consent(letter: Letter, digest: str) -> None:
    """To the text as it is now, while societies are asked."""
    if letter.entry.state not in OPEN:
        raise Refused(_("This letter takes no more signatures."))
    if letter.current is None or letter.current.digest != digest:
        raise Refused(_("The text was changed meanwhile: read it as it is now, and send it again."))


def check_decide_outsider(viewer: Viewer, letter: Letter, outsider: Outsider) -> None:
    """The council's team, once, before the letter is assembled."""
    check_office(viewer)
    if outsider.verified_at is None or outsider.outcome:
        raise Refused(_("There is nothing to decide of this organization."))
    if letter.entry.state not in (*OPEN, CLOSED):
        raise Refused(_("The list of signatories is made: nobody comes onto it any more."))
