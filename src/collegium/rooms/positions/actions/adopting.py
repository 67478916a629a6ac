"""A position before the governing body: its ballot, and what the certified outcome does to it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.rooms.ballots.actions import call_ballot
from collegium.rooms.ballots.actions.preparing import Question
from collegium.rooms.ballots.models import Ballot

from ..guards import CAME_OF, wording_of
from ..models import Position
from ..rules.positions import check_put_to_ballot
from ..wording import hash_line
from .annulling import follow_second_ballot
from .moving import move_position
from .positions import lock_position


@transaction.atomic
def put_to_ballot(
    position: Position,
    *,
    body: Group,
    opens_at: datetime,
    closes_at: datetime,
    zone: str,
    viewer: Viewer,
    at: datetime,
) -> Ballot:
    """Prepare the ballot of a governing body on the wording societies were last shown; its rule is set there.

    Once it is certified the position moves by itself.
    """
    locked = lock_position(position)
    check_put_to_ballot(viewer, locked, body)
    assert body.circle is not None  # every group has one
    question = Question(
        title=_("Adopt: %(title)s") % {"title": locked.entry.title[:190]},
        raw=_question(locked),
        body=body,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone=zone,
        seen_by=body.circle.audience_id,
    )
    assert locked.presented is not None  # societies were asked about it
    return call_ballot(question, by=viewer.person, at=at, about=locked.entry, about_hash=locked.presented.digest)


def _question(position: Position) -> str:
    """What is voted on, bound to the wording by its hash."""
    revision = position.presented
    assert revision is not None  # societies were asked about it
    words = _("That the council adopts [%(title)s](%(url)s) in the wording of revision %(number)s.")
    said = words % {
        "title": position.entry.title,
        "url": settings.BASE_URL + position.get_absolute_url(),
        "number": revision.number,
    }
    return f"{said}\n\n{hash_line(revision)}"


def follow_ballot(ballot: Ballot, at: datetime) -> None:
    """In the transaction of the certification: what was decided becomes of the position, by itself.

    Without a quorum or a result, or on no wording there is, nothing was decided: whoever presides says how it goes on.
    """
    assert ballot.about is not None  # it is called for ballots about positions
    position = Position.objects.get(pk=ballot.about.pk)
    follow_second_ballot(position, ballot, at)
    to = CAME_OF.get(ballot.outcome)
    if to is None or position.entry.state != "ballot" or (to == "adopted" and wording_of(ballot) is None):
        return
    told = {"outcome": Ballot.Outcome(ballot.outcome).label, "ballot": ballot.entry.title}
    move_position(position, to=to, viewer=None, at=at, reason=_("%(outcome)s: %(ballot)s.") % told)
