"""What has to hold before a position is published, and before a published one is decided of again."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.errors import Refused
from collegium.core.calls.wording import deadline, said
from collegium.rooms.ballots.models import Ballot

from .guards import CAME_OF, Attempt, deciding
from .models import Position
from .queries.publishing import confirmed_list, digest_of_list, embargo_of, supporting_now
from .queries.reviewing import annulment_of, review_of, unanswered


def embargo_over(position: Position, attempt: Attempt) -> None:
    embargo = embargo_of(position)
    if embargo is not None and embargo.ends_at > attempt.at:
        raise Refused(_("It is under embargo until %(moment)s.") % {"moment": said(embargo.ends_at, embargo.zone)})


def embargo_ended(position: Position, attempt: Attempt) -> None:
    """For the step the clock takes where the team chose so."""
    embargo = embargo_of(position)
    if embargo is None or not embargo.publishes or embargo.ends_at > attempt.at:
        raise Refused(_("It is not published by itself."))


def supporters_confirmed(position: Position, attempt: Attempt) -> None:
    """Where there is a list, somebody of the team has confirmed exactly this one; an empty one needs nobody."""
    now = supporting_now(position)
    confirmed = confirmed_list(position)
    if confirmed is None and not now:
        return
    if confirmed is None:
        raise Refused(_("Confirm the list of those who support it first."))
    if confirmed.digest != digest_of_list(now):
        raise Refused(_("The list of those who support it has changed since it was confirmed: confirm it again."))


def review_heard(position: Position, attempt: Attempt) -> None:
    """The societies that are asked in a review have answered, or had the time to."""
    if is_voted_down(position):
        return
    review = review_of(position)
    if review is None or not review.call.takes_answers(attempt.at):
        return
    left = unanswered(review.call)
    if left:
        words = ngettext(
            "The review is open until %(moment)s, and %(n)s society has not answered.",
            "The review is open until %(moment)s, and %(n)s societies have not answered.",
            left,
        )
        raise Refused(words % {"moment": deadline(review.call), "n": left})


def annulled(position: Position, attempt: Attempt) -> None:
    """For the step an annulment takes by itself."""
    ballot = rested_on(position)
    if ballot is None or ballot.annulled_at is None:
        raise Refused(_("The ballot that decided of it stands."))


def rested_on(position: Position) -> Ballot | None:
    """The certified ballot by which it was last decided of; None where the team recorded the decision."""
    step = position.steps.filter(now__in=set(CAME_OF.values())).last()
    if step is None or step.by_id is not None:
        return None
    found: Ballot | None = Ballot.objects.filter(about=position.pk, certified_at=step.at).order_by("-pk").first()
    return found


def voted_down(position: Position, attempt: Attempt) -> None:
    """For the step that follows where the body votes again on what was published, and against it."""
    if not is_voted_down(position):
        raise Refused(_("The body has not voted against it."))


def is_voted_down(position: Position) -> bool:
    """Whether the newest ballot about it, after one that was annulled, went against it."""
    ballot = deciding(position)
    return (
        ballot is not None
        and ballot.certified_at is not None
        and CAME_OF.get(ballot.outcome) == "not-adopted"
        and annulment_of(position) is not None
    )
