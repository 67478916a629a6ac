"""Who begins, writes and moves letters, and what their terms may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Organization
from collegium.core.people.rules import check_office, check_society_writes, check_time_zone, check_told

from .. import registry
from ..course import ADDED, BEFORE_SENT, CLEARANCE, DRAFT, LEAST_LOCK, OPEN, Move, move_of
from ..guards import Attempt, check_guard, holds
from ..models import Letter, Version
from ..queries.speaking import signs_for
from ..terms import Terms

MOST_NEEDED = 1_000


def is_team(viewer: Viewer) -> bool:
    return viewer.is_among(OFFICE)


def is_host(viewer: Viewer, letter: Letter) -> bool:
    """Whether the viewer acts for its host: who signs for the society, and always the council's team."""
    society = letter.entry.society
    return is_team(viewer) or (society is not None and signs_for(viewer, society))


def clears(viewer: Viewer, letter: Letter) -> bool:
    """Whether the viewer clears letters: the council's team, and whom a room above names beside it."""
    return is_team(viewer) or any(clearer(viewer) for clearer in registry.clearers.all())


# The conditions on persons that the table of steps names; what the presiding officer decides the team records.
WHO: dict[str, Callable[[Viewer, Letter], bool]] = {
    "host": is_host,
    "policy": clears,
    "team": lambda viewer, letter: is_team(viewer),
    "officer": lambda viewer, letter: is_team(viewer),
    "nobody": lambda viewer, letter: False,
}


def check_open_letter(viewer: Viewer, host: Organization | None) -> None:
    """The council's team, or who signs for the member society that hosts it."""
    if host is None:
        check_office(viewer)
        return
    if not (is_team(viewer) or signs_for(viewer, host)):
        raise Refused(_("You have no mandate to sign for this society, so you cannot begin a letter for it."))
    check_society_writes(host)


def check_terms(terms: Terms, at: datetime) -> None:
    """Policies there are, a delivery that lies ahead, and later names after it was delivered."""
    check_time_zone(terms.time_zone)
    kinds = (Letter.Edits, Letter.Publication, Letter.Dissent, Letter.Reservations)
    given = (terms.edits, terms.publication, terms.dissent, terms.reservations)
    if any(value not in kind.values for kind, value in zip(kinds, given, strict=True)):
        raise Refused(_("Choose one of the policies there are."))
    if not 1 <= terms.minimum <= MOST_NEEDED:
        raise Refused(_("It needs between 1 and %(most)d signatures.") % {"most": MOST_NEEDED})
    check_told(terms.late_until, datetime.combine(terms.delivers_on, time(), tzinfo=UTC))
    if terms.delivers_on <= at.date():
        raise Refused(_("The day of delivery lies ahead."))
    if terms.late_until is not None and terms.late_until.date() <= terms.delivers_on:
        raise Refused(_("Later names are taken after the delivery."))


def check_grounds(letter: Letter) -> None:
    if letter.grounds is not None and not holds(letter.grounds.kind, letter):
        raise Refused(_("A letter follows from a position the council holds, or asks its societies about."))


def check_change_terms(viewer: Viewer, letter: Letter) -> None:
    """The host, before societies are asked: they sign under the terms they were shown."""
    _check_host(viewer, letter)
    if letter.entry.state not in (DRAFT, CLEARANCE):
        raise Refused(_("Societies have been asked under these terms: they stay."))


def check_move_delivery(viewer: Viewer, letter: Letter) -> None:
    _check_host(viewer, letter)
    if letter.entry.state not in BEFORE_SENT:
        raise Refused(_("It was sent, or will not be."))


def _check_host(viewer: Viewer, letter: Letter) -> None:
    if not is_host(viewer, letter):
        raise Refused(_("Only its host and the council's team can do this."))


def check_save_text(viewer: Viewer, letter: Letter, *, base: int, change: str) -> None:
    """The host, from the newest wording; while societies are asked as far as its policy lets the text change."""
    _check_host(viewer, letter)
    if not letter.state.edits:
        raise Refused(_("The text is fixed: it was signed as it is."))
    newest = letter.current.number if letter.current else 0
    if base != newest:
        words = _("Meanwhile somebody wrote version %(number)s. Yours is below: compare them and send it again.")
        raise Refused(words % {"number": newest})
    if letter.entry.state not in OPEN:
        return
    kinds = Version.Change
    if change not in (kinds.MARKUP, kinds.EDITORIAL, kinds.CLARIFYING, kinds.SUBSTANTIVE):
        raise Refused(_("Say how much the text changes."))
    if letter.edits == Letter.Edits.NONE:
        raise Refused(_("Its terms say that the text stays as it circulates."))
    if letter.edits == Letter.Edits.MINOR and change == kinds.SUBSTANTIVE:
        raise Refused(_("Its terms take no change in substance: cancel it, and begin another letter."))


def check_move_letter(viewer: Viewer | None, letter: Letter, attempt: Attempt, *, taken_by: str = "") -> Move:
    """A step of the table, by whom it names, while its guards hold; without a viewer the house takes it."""
    move = move_of(letter.entry.state, attempt.now, taken_by)
    if move is None:
        raise Refused(_("From here the letter does not go there."))
    if not taken_by and (viewer is None or not WHO[move.who](viewer, letter)):
        raise Refused(_("You cannot take this step."))
    if move.needs_reason and not attempt.reason:
        raise Refused(_("Give the reason: it is shown and kept."))
    for guard in move.guards:
        check_guard(guard, letter, attempt)
    if "lock" in move.asks:
        check_lock(attempt)
    return move


def check_lock(attempt: Attempt) -> None:
    """Signers have time to read the proof."""
    if attempt.locks_at is None or attempt.locks_at - attempt.at < LEAST_LOCK:
        raise Refused(_("Say until when a signature can be withdrawn: at least four hours from now."))


def check_deliver_addendum(viewer: Viewer, letter: Letter) -> None:
    """The host or the team, once, when it is closed."""
    _check_host(viewer, letter)
    if letter.entry.state != ADDED or letter.addendum_delivered_at is not None:
        raise Refused(_("There is no addendum to deliver."))
