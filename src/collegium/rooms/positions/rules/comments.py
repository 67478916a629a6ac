"""Who may comment for a society, answer comments, and say whether the society is satisfied."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Mandate, Organization, Tenure
from collegium.core.people.rules import check_society_writes
from collegium.rooms.discussions.rules.topics import cleaned

from ..course import TAKES_COMMENTS
from ..guards import drafter_of
from ..models import Comment, Disposition, Position
from ..queries.speaking import mandated_tenures
from .positions import is_chair

LONGEST_COMMENT, LONGEST_QUOTE, LONGEST_ANSWER = 20_000, 2_000, 5_000
BEFORE_THE_BALLOT = (*TAKES_COMMENTS, "sign-on")


def check_comment_text(raw: str) -> str:
    return cleaned(raw, longest=LONGEST_COMMENT, multiline=True, empty=_("Write the comment first."))


def check_proposal(raw: str) -> str:
    return cleaned(raw, longest=LONGEST_COMMENT, multiline=True, empty="")


def check_quote(raw: str) -> str:
    return cleaned(raw, longest=LONGEST_QUOTE, multiline=True, empty="")


def check_answer_words(raw: str) -> str:
    return cleaned(raw, longest=LONGEST_ANSWER, multiline=True, empty="")


def check_speaks_for(viewer: Viewer, society: Organization) -> None:
    """Somebody the society gave a mandate to comment, while its people write."""
    if not any(tenure.seat.organization_id == society.pk for tenure in _commenting(viewer)):
        raise Refused(_("Only whom the society gave a mandate to comment does this for it."))
    check_society_writes(society)


def _commenting(viewer: Viewer) -> list[Tenure]:
    return mandated_tenures(viewer, Mandate.Act.COMMENT)


def check_make_comment(viewer: Viewer, position: Position, tenure: Tenure | None) -> None:
    """With a mandate to comment, while comments are taken; after the window it counts as late."""
    if tenure is None or tenure.pk not in {own.pk for own in _commenting(viewer)}:
        raise Refused(_("You comment for a society that gave you a mandate to do so; ask its liaison."))
    check_society_writes(tenure.seat.organization)
    if position.entry.state not in TAKES_COMMENTS:
        raise Refused(_("No comments are taken now."))


def check_dispose_comment(viewer: Viewer, comment: Comment, outcome: str) -> None:
    """A drafter who has declared interests or who moves positions on, before the ballot; not of what was withdrawn."""
    position = comment.consultation.position
    if not answers_comments(viewer, position):
        raise Refused(_("Only its drafters and the council's team answer comments."))
    if position.entry.state not in TAKES_COMMENTS:
        raise Refused(_("Comments are answered before the societies are asked for support."))
    if outcome not in Disposition.Outcome.values or outcome == Disposition.Outcome.WITHDRAWN:
        raise Refused(_("There is no such answer."))
    _check_stands(comment)


def answers_comments(viewer: Viewer, position: Position) -> bool:
    """Whether the viewer is a drafter who has declared interests, or moves positions on."""
    drafter = drafter_of(position, viewer)
    return is_chair(viewer) or (drafter is not None and drafter.declared_at is not None)


def check_answer_disposition(viewer: Viewer, comment: Comment) -> None:
    """For the society that commented, once it has an answer, until the ballot; again where the society thinks anew."""
    check_speaks_for(viewer, comment.society)
    if comment.disposition is None:
        raise Refused(_("The comment has no answer yet."))
    _check_stands(comment)
    if comment.consultation.position.entry.state not in BEFORE_THE_BALLOT:
        raise Refused(_("This is before the governing body now, with what was said until then."))


def check_withdraw_comment(viewer: Viewer, comment: Comment) -> None:
    """For the society that commented, while comments are taken, once."""
    check_speaks_for(viewer, comment.society)
    _check_stands(comment)
    if comment.consultation.position.entry.state not in TAKES_COMMENTS:
        raise Refused(_("No comments are taken now."))


def _check_stands(comment: Comment) -> None:
    if comment.disposition is not None and comment.disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise Refused(_("The society withdrew this comment."))
