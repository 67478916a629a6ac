"""What has to hold before a position goes a step further, by the names the table of steps uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Link
from collegium.core.people.queries import present_tenures
from collegium.rooms.ballots.models import Ballot

from .course import PUBLISHED, STATES
from .models import Comment, Drafter, Position, Revision
from .queries import support
from .registry import guards as told

SUPERSEDES = "supersedes"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step somebody wants to take: where to, when, why; until when its window would be open, and what it asks."""

    now: str
    at: datetime
    reason: str = ""
    closes_at: datetime | None = None
    zone: str = ""
    questions: str = ""


def check_guard(name: str, position: Position, attempt: Attempt) -> None:
    """Refused unless the condition of this name holds; another room may have told what it means."""
    guard = told.get(name) if name in told else GUARDS[name]
    guard(position, attempt)


def has_lead(position: Position, attempt: Attempt) -> None:
    if position.entry.society_id is None:
        raise Refused(_("Name the society that leads the drafting first."))


def has_drafters(position: Position, attempt: Attempt) -> None:
    if not standing(position).exists():
        raise Refused(_("Name at least one drafter first."))


def interests_declared(position: Position, attempt: Attempt) -> None:
    missing = [row.tenure.person.name for row in standing(position) if row.declared_at is None]
    if missing:
        raise Refused(_("Interests are not declared yet by: %(names)s.") % {"names": ", ".join(missing)})


def standing(position: Position) -> Any:
    """The drafters there are, in the order they were named."""
    found = Drafter.objects.filter(position=position, period__upper_inf=True).order_by("pk")
    return found.select_related("tenure__person", "tenure__seat__organization__entry")


def drafter_of(position: Position, viewer: Viewer) -> Drafter | None:
    """The viewer as one of its drafters, while the tenure in which they were named lasts."""
    here = present_tenures(viewer.at).filter(person=viewer.person_id)
    found: Drafter | None = standing(position).filter(tenure__in=here).first()
    return found


def has_text(position: Position, attempt: Attempt) -> None:
    if position.current_id is None:
        raise Refused(_("There is no text yet."))


def touches_named(position: Position, attempt: Attempt) -> None:
    if not position.touches.exists():
        raise Refused(_("Name the societies it touches first: they are asked before the others."))


def window_long_enough(position: Position, attempt: Attempt) -> None:
    days = STATES[attempt.now].window
    assert days is not None  # the table asks this only of states with a window
    if attempt.closes_at is None:
        raise Refused(_("Say until when the societies are asked."))
    length = attempt.closes_at - attempt.at
    if length < timedelta(days=days.fast):
        words = _("Societies need at least %(days)s days, however urgent it is.")
        raise Refused(words % {"days": days.fast})
    if length < timedelta(days=days.least) and not attempt.reason:
        words = _("Societies need at least %(days)s days; for less, give the reason.")
        raise Refused(words % {"days": days.least})


def window_over(position: Position, attempt: Attempt) -> None:
    window = position.windows.last()
    if window is None or window.state != position.entry.state or window.closes_at > attempt.at:
        raise Refused(_("The societies still have time: the window has not closed."))


def comments_disposed(position: Position, attempt: Attempt) -> None:
    left = undisposed(position)
    if left:
        words = ngettext("%(n)s comment has no answer yet.", "%(n)s comments have no answer yet.", left)
        raise Refused(words % {"n": left})


def undisposed(position: Position) -> int:
    """How many comments nobody has answered."""
    return Comment.objects.filter(consultation__position=position, disposition=None).count()


def changed_in_substance(position: Position, attempt: Attempt) -> None:
    if not is_changed_in_substance(position):
        raise Refused(_("Nothing was changed in substance since societies were last asked: ask for their support."))


def unchanged_in_substance(position: Position, attempt: Attempt) -> None:
    if is_changed_in_substance(position):
        raise Refused(_("The text was changed in substance since societies were last asked: recirculate it first."))


def is_changed_in_substance(position: Position) -> bool:
    """Whether a revision since the one others last read says something else."""
    since = position.presented.number if position.presented else 0
    changes = Revision.objects.filter(position=position, number__gt=since)
    return changes.filter(change=Revision.Change.SUBSTANTIVE).exists()


def terms_set(position: Position, attempt: Attempt) -> None:
    if support.terms_of(position) is None:
        raise Refused(_("Say first how much support it needs, and how dissent is told: societies know it beforehand."))


def supported(position: Position, attempt: Attempt) -> None:
    """The rule set before holds of what societies answered; or the officer records why it goes on without."""
    terms, ledger = support.terms_of(position), support.ledger_of(position)
    missing = support.lacking(terms, ledger) if terms and ledger else [_("Societies were not asked through a call.")]
    if missing and not attempt.reason:
        words = _("%(missing)s Say why it goes on all the same.")
        raise Refused(words % {"missing": " ".join(missing)})


def decided(position: Position, attempt: Attempt) -> None:
    """By a ballot in the house, as it was certified; without one the reason says which body decided, and how."""
    ballot = deciding(position)
    if ballot is None:
        return
    if ballot.certified_at is None:
        raise Refused(_("A ballot about it is under way: once it is certified, the position moves by itself."))
    became = CAME_OF.get(ballot.outcome)
    if became is not None and became != attempt.now:
        raise Refused(_("The ballot about it was certified otherwise."))
    if became == "adopted" and wording_of(ballot) is None:
        raise Refused(_("The ballot about it names none of its wordings: annul it, and put the wording to the vote."))


def certified_so(position: Position, attempt: Attempt) -> None:
    """For the step a certification takes by itself."""
    ballot = deciding(position)
    if ballot is None or ballot.certified_at is None or CAME_OF.get(ballot.outcome) != attempt.now:
        raise Refused(_("No ballot was certified so."))


def deciding(position: Position) -> Ballot | None:
    """The newest ballot about it that was not annulled."""
    return Ballot.objects.filter(about=position.entry, annulled_at=None).order_by("-pk").first()


def standing_ballots(position: Position) -> QuerySet[Ballot]:
    """Those about it that are under way, or have decided: beside one no other is called."""
    found = Ballot.objects.filter(about=position.entry, annulled_at=None)
    return found.filter(Q(certified_at=None) | Q(outcome__in=CAME_OF))


def wording_of(ballot: Ballot) -> Revision | None:
    """The wording that was voted on, of those that were shown; the same words twice are the newer of the two."""
    shown = Revision.objects.filter(position=ballot.about_id, presented_at__isnull=False)
    return shown.filter(digest=ballot.about_hash).order_by("-number").first()


def decided_wording(position: Position) -> Revision | None:
    """What is adopted: by a ballot the wording it was about, by a body that decided otherwise the one before it."""
    ballot = deciding(position)
    if ballot is not None and CAME_OF.get(ballot.outcome) == "adopted":
        return wording_of(ballot)
    return position.current


# What becomes of a position by the outcome of its ballot; of a ballot that decided nothing nothing comes.
CAME_OF: dict[str, str] = {
    Ballot.Outcome.PASSED: "adopted",
    Ballot.Outcome.FAILED: "not-adopted",
    Ballot.Outcome.TIED: "not-adopted",
}


def successor_in_force(position: Position, attempt: Attempt) -> None:
    successors = Link.objects.filter(kind=SUPERSEDES, target=position.pk, source__state__in=PUBLISHED[:2])
    if not successors.exists():
        raise Refused(_("No position in force says that it replaces this one."))


def review_due(position: Position, attempt: Attempt) -> None:
    if position.review_on is None or position.review_on > attempt.at.date():
        raise Refused(_("Its review is not due yet."))


def deferred_once(position: Position, attempt: Attempt) -> None:
    if position.was_deferred:
        raise Refused(_("It was deferred once already: take it up, or withdraw it."))


GUARDS: dict[str, Callable[[Position, Attempt], None]] = {
    guard.__name__: guard
    for guard in (
        has_lead,
        has_drafters,
        interests_declared,
        has_text,
        touches_named,
        window_long_enough,
        window_over,
        comments_disposed,
        changed_in_substance,
        unchanged_in_substance,
        supported,
        terms_set,
        decided,
        successor_in_force,
        deferred_once,
        review_due,
        certified_so,
    )
}
