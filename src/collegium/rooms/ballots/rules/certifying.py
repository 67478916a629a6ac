"""Counting, certifying, publishing, contesting and annulling: who may, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Entitlement, RollRow
from collegium.core.calls.queries import able
from collegium.core.groups.models import Office
from collegium.core.groups.queries import officers_of

from ..models import Ballot, Certification, Contest, Recusal, Release
from ..queries.results import certifications_of, result_of
from ..registry import reruns
from .preparing import check_prepare_ballot
from .standing import check_manage, check_preside, check_reason, manages
from .voting import check_voter


def unruled(ballot: Ballot) -> int:
    """How many recusals wait; none may when votes are counted."""
    return Recusal.objects.filter(ballot=ballot, ruling="").count()


def check_count(ballot: Ballot) -> None:
    if ballot.call.closed_at is None or ballot.annulled_at is not None or ballot.counted_at is not None:
        raise Refused(_("There is nothing to count."))
    if unruled(ballot):
        raise Refused(_("A recusal waits for a ruling: it is made before the votes are counted."))
    if ballot.is_secret and Release.objects.filter(ballot=ballot).count() < 2:
        raise Refused(_("Two of those who run the ballot release the box."))


def check_release(viewer: Viewer, ballot: Ballot) -> None:
    """Two different people, after it closed."""
    _check_verifies(viewer, ballot)
    if not ballot.is_secret or ballot.call.closed_at is None or ballot.counted_at is not None:
        raise Refused(_("There is no box to release."))
    if unruled(ballot):
        raise Refused(_("A recusal waits for a ruling: it is made before the votes are counted."))
    if Release.objects.filter(ballot=ballot, by=viewer.person_id).exists():
        raise Refused(_("You have released it; it takes a second person."))


def _check_verifies(viewer: Viewer, ballot: Ballot) -> None:
    if not manages(viewer, ballot) and not is_teller(viewer, ballot):
        raise Refused(_("Only those who run the ballot and its tellers can do this."))
    if ballot.annulled_at is not None:
        raise Refused(_("This ballot is annulled."))


def is_teller(viewer: Viewer, ballot: Ballot) -> bool:
    return viewer.person_id is not None and ballot.tellers.filter(person=viewer.person_id).exists()


def check_certify(viewer: Viewer, ballot: Ballot) -> None:
    """One of those who run it and one teller; without named tellers any two of those who run it."""
    _check_verifies(viewer, ballot)
    if ballot.counted_at is None or ballot.outcome == Ballot.Outcome.COUNT_ERROR:
        raise Refused(_("There is no count to certify."))
    if ballot.certified_at is not None:
        raise Refused(_("The result is certified."))
    others = list(certifications_of(ballot, result_of(ballot)).values_list("by", flat=True))
    if viewer.person_id in others:
        raise Refused(_("You have certified it; it takes a second person."))
    tellers = set(ballot.tellers.values_list("person", flat=True))
    if others and tellers:
        mine, theirs = viewer.person_id in tellers, bool(tellers & set(others))
        if not mine and not theirs:
            raise Refused(_("One of the two is a teller of this ballot."))
        if mine and theirs and not manages(viewer, ballot) and not _is_manager(ballot, others):
            raise Refused(_("One of the two is an officer of the body or of the council’s team."))


def _is_manager(ballot: Ballot, persons: Sequence[int]) -> bool:
    """Whether one of them certified as somebody who runs it, and not only as a teller."""
    found = Certification.objects.filter(ballot=ballot, by__in=persons)
    return found.filter(is_officer=True).exists()


def check_casting_vote(viewer: Viewer, ballot: Ballot, choice: str) -> None:
    """Who may decide the tie says yes or no to it."""
    check_decide_tie(viewer, ballot)
    if choice not in ("yes", "no"):
        raise Refused(_("There is no such answer."))


def check_decide_tie(viewer: Viewer, ballot: Ballot) -> None:
    """Only where the rule says so, on a tie, by who holds the chair of the body, whose seat has not voted.

    No other officer stands in: what the chair's seat has said once would be said twice, or by somebody else.
    """
    check_preside(viewer, ballot)
    chairs = officers_of([ballot.body], viewer.at).filter(role=Office.Role.CHAIR, tenure__person=viewer.person_id)
    if not chairs:
        raise Refused(_("The chair of the body alone decides a tie."))
    if ballot.ruleset.tie != "casting" or ballot.outcome != Ballot.Outcome.TIED or ballot.certified_at is not None:
        raise Refused(_("There is no tie for the chair to decide."))
    assert viewer.person_id is not None  # holds an office
    check_voter(ballot, viewer.person_id)
    if _seats_of(ballot, chairs, viewer).filter(is_answered=True).exists():
        raise Refused(_("Your seat has voted already, or does not take part: a tie is not carried."))


def _seats_of(ballot: Ballot, chairs: Iterable[Office], viewer: Viewer) -> QuerySet[RollRow]:
    """The rows through which whoever holds the chair is heard: their society's, their own, all they might vote for."""
    mine = {one.row_id for one in able(ballot.call, viewer.at, person_id=viewer.person_id)}
    societies = [chair.tenure.seat.organization_id for chair in chairs]
    told = Q(pk__in=mine) | Q(organization__in=societies) | Q(person=viewer.person_id)
    told |= Q(pk__in=Entitlement.objects.filter(person=viewer.person_id).values("row"))
    return RollRow.objects.filter(told, call=ballot.call_id)


def check_publish(viewer: Viewer, ballot: Ballot) -> None:
    check_manage(viewer, ballot)
    if ballot.certified_at is None or ballot.published_at is not None:
        raise Refused(_("Only a certified result is published, and once."))
    if open_contests(ballot):
        raise Refused(_("The result is contested: it is ruled on first."))


def open_contests(ballot: Ballot) -> int:
    return Contest.objects.filter(ballot=ballot, ruling="").count()


def check_contest(viewer: Viewer, ballot: Ballot, row: RollRow | None, reason: str, at: datetime) -> str:
    """By somebody who may vote for a row of the roll, within the window."""
    if row is None:
        raise Refused(_("Only those who were entitled to vote can contest the result."))
    until = ballot.contestable_until
    if until is None or ballot.annulled_at is not None or at >= until:
        raise Refused(_("A result is contested within seven days of its certification."))
    if Contest.objects.filter(ballot=ballot, row=row, ruling="").exists():
        raise Refused(_("Your contest waits for a ruling."))
    return check_reason(reason)


def check_rule_contest(viewer: Viewer, ballot: Ballot, contest: Contest, reason: str) -> str:
    check_preside(viewer, ballot)
    if contest.ruling:
        raise Refused(_("This is ruled on already."))
    society = contest.row.organization
    if contest.by_id == viewer.person_id or (society and viewer.belongs_to(society.audience_id)):
        raise Refused(_("You are concerned yourself: another officer rules on this."))
    return check_reason(reason)


def check_annul(viewer: Viewer, ballot: Ballot, reason: str) -> str:
    """By those who called it, for a reason; votes are kept and count for nothing."""
    check_manage(viewer, ballot)
    return check_reason(reason)


def check_rerun(viewer: Viewer, ballot: Ballot) -> None:
    """Once annulled, once, and as long as whatever it is about waits for this very vote."""
    check_prepare_ballot(viewer)
    if ballot.annulled_at is None:
        raise Refused(_("Only an annulled ballot is run again."))
    if Ballot.objects.filter(rerun_of=ballot).exists():
        raise Refused(_("It is run again already."))
    if ballot.about is not None and ballot.about.kind in reruns:
        reruns.get(ballot.about.kind)(ballot)
