"""Reviews of published positions and what societies say in them; ballots under an adoption that were annulled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, Call, RollRow

from ..course import latest_dates
from ..models import Annulment, Position, Review, ReviewDates


def review_of(position: Position) -> Review | None:
    """The review that is not decided yet."""
    found: Review | None = Review.objects.filter(position=position, decided=None).select_related("call__entry").first()
    return found


def unanswered(call: Call) -> int:
    """How many on its roll have not answered."""
    return RollRow.objects.filter(call=call, is_answered=False, struck_at=None).count()


@dataclass(frozen=True)
class Heard:
    """What societies say in a review: how many of each answer, and the words of those who gave some."""

    review: Review
    is_open: bool
    totals: list[tuple[str, str, int]] = field(default_factory=list)
    silent: int = 0
    words: list[tuple[str, str, str]] = field(default_factory=list)


def heard(position: Position, viewer: Viewer) -> Heard | None:
    """The newest review as member societies see it; None where there was none, and for those who are not asked."""
    found = Review.objects.filter(position=position).select_related("call__entry", "decided").last()
    if found is None or not viewer.is_among(found.call.entry.audience_id):
        return None
    call = found.call
    rows = Answer.objects.filter(row__call=call, row__struck_at=None, ended_at=None)
    answers = list(rows.select_related("row__organization__entry").order_by("row__organization__entry__title", "pk"))
    counted = Counter(answer.choice for answer in answers)
    choices = {choice.name: choice for choice in call.kind_of.choices}
    return Heard(
        found,
        call.takes_answers(viewer.at),
        [(one.state, str(one.given), counted[one.name]) for one in choices.values()],
        unanswered(call),
        [(str(one.row.organization), str(choices[one.choice].given), one.html) for one in answers if one.raw],
    )


def other_dates(position: Position) -> ReviewDates | None:
    """The days as somebody set them, while they are those that count."""
    newest: ReviewDates | None = ReviewDates.objects.filter(position=position).select_related("by").last()
    if newest and (newest.review_on, newest.sunset_on) == (position.review_on, position.sunset_on):
        return newest
    return None


def dates_now(position: Position, at: datetime) -> dict[str, date]:
    """The days that count, or will where nobody says otherwise."""
    review_on, sunset_on = latest_dates(at)
    return {"review_on": position.review_on or review_on, "sunset_on": position.sunset_on or sunset_on}


def annulment_of(position: Position) -> Annulment | None:
    """The annulled ballot on which its adoption rested, while no other ballot has decided the same."""
    found = Annulment.objects.filter(position=position, upheld_at=None).select_related("ballot__entry")
    return found.last()
