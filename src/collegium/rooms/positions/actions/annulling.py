"""A ballot that decided of a position is annulled: what was adopted by it is decided of again, or marked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.trail import actions as trail
from collegium.rooms.ballots.models import Ballot

from .. import events
from ..course import PUBLISHED
from ..guarding import rested_on
from ..guards import CAME_OF
from ..models import Annulment, Position
from ..queries.reviewing import annulment_of
from .moving import move_position
from .positions import lock_position


@transaction.atomic
def follow_annulment(ballot: Ballot, at: datetime) -> None:
    """In the transaction of the annulment: what was decided by it goes back before the body.

    What was published stays to be read and is marked: it was relied on, and whoever does so has to learn of it. It is
    marked once more where the ballot that upheld it is annulled in turn.
    """
    assert ballot.about is not None  # it is called for ballots about positions
    position = lock_position(Position(pk=ballot.about.pk))
    upheld_it = Annulment.objects.filter(position=position, upheld_by=ballot).exists()
    if rested_on(position) != ballot and not upheld_it:
        return
    if position.entry.state in set(CAME_OF.values()):
        reason = _("The ballot was annulled: %(reason)s") % {"reason": ballot.annulled_for}
        move_position(position, to="ballot", viewer=None, at=at, reason=reason)
    elif position.entry.state in PUBLISHED:
        made = Annulment.objects.create(position=position, ballot=ballot, at=at)
        trail.record(events.ADOPTION_SHAKEN, on=made, by=None, at=at, facts={"ballot": ballot.pk})


def follow_second_ballot(position: Position, ballot: Ballot, at: datetime) -> None:
    """The body has voted again on what was published: it is upheld, or rescinded; without a result nothing follows."""
    annulment = annulment_of(position)
    if annulment is None or CAME_OF.get(ballot.outcome) is None:
        return
    if CAME_OF[ballot.outcome] == "adopted":
        annulment.upheld_by, annulment.upheld_at = ballot, at
        annulment.save(update_fields=["upheld_by", "upheld_at"])
        trail.record(events.ADOPTION_UPHELD, on=annulment, by=None, at=at, facts={"ballot": ballot.pk})
    elif position.entry.state in ("public", "under-review"):
        told = {"outcome": Ballot.Outcome(ballot.outcome).label, "ballot": ballot.entry.title}
        move_position(position, to="rescinded", viewer=None, at=at, reason=_("%(outcome)s: %(ballot)s.") % told)
