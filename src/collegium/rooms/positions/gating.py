"""Advocacy that follows from a position: it stays locked until the support set beforehand is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.entries.models import Entry
from collegium.rooms.signons.guards import supported as new_is_supported

from .course import PUBLISHED
from .models import Position
from .queries.support import lacking, ledger_of, terms_of

if TYPE_CHECKING:
    from collegium.rooms.signons.models import Letter

HELD = ("adopted", *PUBLISHED[:2])
# What societies were asked to support and the council has not decided yet.
ASKED = ("sign-on", "ballot")


def may_ground(entry: Entry) -> bool:
    """Whether a letter may follow from the position: the council holds it, or asks its societies where they stand."""
    return entry.state in (*HELD, *ASKED)


def advocacy_supported(letter: Letter, attempt: Any) -> None:
    """What the council holds carries advocacy; what it does not hold yet, once the rule set beforehand holds.

    For what no position covers an officer's reason stands, as without positions.
    """
    ground = letter.grounds
    if ground is None or ground.kind != "position" or not letter.is_advocacy:
        new_is_supported(letter, attempt)
    elif ground.state in ASKED:
        _check_supported(Position.objects.get(pk=ground.pk), attempt)


def _check_supported(position: Position, attempt: Any) -> None:
    terms, ledger = terms_of(position), ledger_of(position)
    if terms is None or ledger is None:
        raise Refused(_("The position it follows from is not adopted, and societies were not asked for support."))
    if ledger.window.closes_at > attempt.at:
        raise Refused(_("Societies are being asked where they stand on the position it follows from."))
    if missing := lacking(terms, ledger):
        words = _("The position it follows from has not the support it takes: %(missing)s")
        raise Refused(words % {"missing": " ".join(missing)})
