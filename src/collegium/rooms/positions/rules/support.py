"""Who sets how much support a position needs, and who may say beside it that they do not agree."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Mandate, Tenure
from collegium.core.people.rules import check_society_writes
from collegium.rooms.discussions.rules.topics import cleaned

from ..models import MinorityVoice, Position, Terms
from ..queries.speaking import mandated_tenures
from ..queries.support import ledger_of
from .positions import is_chair

LONGEST_STATEMENT, MOST = 10_000, 10_000
SETS_TERMS = ("accepted", "drafting", "deferred")
DISSENTS = ("sign-on", "ballot", "adopted")


def check_set_terms(viewer: Viewer, position: Position) -> None:
    """Who moves positions on, before societies are asked the first time."""
    if not is_chair(viewer):
        raise Refused(_("Only the council's team and its policy chair can do this."))
    if not may_set_terms(position):
        raise Refused(_("Societies were asked already: what is needed was said before and stays."))


def may_set_terms(position: Position) -> bool:
    """Whether nobody was asked yet."""
    return position.entry.state in SETS_TERMS and not position.windows.exists()


def check_terms(at_least: int, at_most: int | None) -> None:
    """Whole numbers that can be."""
    if not 1 <= at_least <= MOST or not (at_most is None or 0 <= at_most <= MOST):
        raise Refused(_("At least one society for it; whole numbers up to %(most)d.") % {"most": MOST})


def check_ways_of_telling(dissent: str, silence: str, reservations: str) -> None:
    """Ways of telling there are."""
    if dissent not in Terms.Told.values or silence not in Terms.Told.values:
        raise Refused(_("Say how dissent and silence are told."))
    if reservations not in Terms.Reservations.values:
        raise Refused(_("Say how reservations are told."))


def check_statement(raw: str) -> str:
    return cleaned(raw, longest=LONGEST_STATEMENT, multiline=True, empty=_("Write the statement first."))


def signing_tenures(viewer: Viewer) -> list[Tenure]:
    """The tenures in which the viewer may say where a society stands."""
    return mandated_tenures(viewer, Mandate.Act.SIGN)


def dissenting_tenures(viewer: Viewer, position: Position) -> list[Tenure]:
    """Those for societies that do not support it and stand behind no statement yet."""
    signing = signing_tenures(viewer) if position.entry.state in DISSENTS else []
    ledger = ledger_of(position) if signing else None
    if ledger is None:
        return []
    against = {one.society_id for one in ledger.stances if one.name == "decline"}
    spoken = MinorityVoice.objects.filter(statement__position=position, left_at=None)
    against -= set(spoken.values_list("society_id", flat=True))
    return [one for one in signing if one.seat.organization_id in against]


def check_dissent(viewer: Viewer, position: Position, tenure: Tenure | None) -> None:
    """Somebody mandated to sign, for a society that does not support it, before it is published; once."""
    if position.entry.state not in DISSENTS:
        raise Refused(_("A minority statement stands beside what is before the council, and not public yet."))
    if tenure is None or tenure.pk not in {own.pk for own in dissenting_tenures(viewer, position)}:
        raise Refused(
            _("A minority statement is for societies that do not support it, once, by whoever has a mandate to sign.")
        )
    check_society_writes(tenure.seat.organization)


def check_leave_statement(viewer: Viewer, voice: MinorityVoice) -> None:
    """The society itself, before the position is published."""
    if not any(one.seat.organization_id == voice.society_id for one in signing_tenures(viewer)):
        raise Refused(_("Only whom the society gave a mandate to sign does this for it."))
    if voice.statement.position.entry.state not in DISSENTS:
        raise Refused(_("This is published as it stands."))
    if voice.left_at is not None:
        raise Refused(_("The society no longer stands behind this."))
