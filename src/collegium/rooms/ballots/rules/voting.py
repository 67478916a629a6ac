"""Voting: what is a vote, whose, and while the clock of the ballot runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, RollRow, Ruling

from ..choices import APPROVED, OBJECTION, OPEN, RANKED, RECUSED, SECRET
from ..models import Ballot, Pause, Recusal
from .standing import check_manage


def is_paused(ballot: Ballot) -> bool:
    return Pause.objects.filter(ballot=ballot, ended_at=None).exists()


def check_running(ballot: Ballot) -> None:
    """Whether its clock runs; that it is open, its call says."""
    if ballot.annulled_at is not None:
        raise Refused(_("This ballot is annulled."))
    if is_paused(ballot):
        raise Refused(_("This ballot is paused: nothing counts until it goes on, and no time is lost."))


def check_pause(viewer: Viewer, ballot: Ballot, at: datetime) -> None:
    check_manage(viewer, ballot)
    if ballot.call.opened_at is None or not ballot.call.takes_answers(at):
        raise Refused(_("Only an open ballot is paused."))
    check_running(ballot)


def check_resume(viewer: Viewer, ballot: Ballot) -> None:
    check_manage(viewer, ballot)
    if not is_paused(ballot) or ballot.call.is_over:
        raise Refused(_("This ballot is not paused."))


def check_extend(viewer: Viewer, ballot: Ballot) -> None:
    check_manage(viewer, ballot)
    check_running(ballot)


def check_vote(ballot: Ballot, row: RollRow, choice: str, facts: dict[str, Any]) -> None:
    """Of an open ballot an answer its method takes; of a secret one only that one does not take part."""
    check_running(ballot)
    check_not_ruled(ballot, row)
    if ballot.is_secret and (choice != RECUSED or has_cast(row)):
        raise Refused(_("This ballot is secret: votes go into the box, and what is in the box stays there."))
    if not ballot.is_secret:
        check_choice(ballot, choice, facts, OPEN[ballot.method])


def check_withdraw_vote(ballot: Ballot, row: RollRow, person_id: int) -> None:
    """While its clock runs; a recusal that was ruled stays, or the seat would be among the silent again."""
    check_running(ballot)
    check_not_ruled(ballot, row)
    check_voter(ballot, person_id)


def check_not_ruled(ballot: Ballot, row: RollRow) -> None:
    """Where it was ruled that the addressee does not take part, the ruling is what stands of it until the end."""
    if has_upheld(ballot, row):
        raise Refused(_("It was ruled that it does not take part in this ballot."))


def has_cast(row: RollRow) -> bool:
    """Whether a paper of it lies in the box."""
    return row.is_answered and not Answer.objects.filter(row=row, ended_at=None).exists()


def check_choice(ballot: Ballot, choice: str, facts: dict[str, Any], choices: Sequence[str]) -> None:
    """A choice of this method, with options of this ballot where it has some, each once."""
    if choice not in choices:
        raise Refused(_("There is no such answer."))
    options = facts.get("options", [])
    if not isinstance(options, list) or bool(options) != (choice in (RANKED, APPROVED)):
        raise Refused(_("Choose at least one of the candidates, or abstain."))
    if len(set(options)) != len(options) or not set(ballot.lots).issuperset(options):
        raise Refused(_("Each candidate once at the most, and nobody who does not stand."))
    if choice == OBJECTION and not ballot.ruleset.takes_objections:
        raise Refused(_("This ballot takes no objections."))
    if choice == OBJECTION and not str(facts.get("remedy", "")).strip():
        raise Refused(_("An objection says what would remedy it."))


def check_cast_secretly(ballot: Ballot, row: RollRow, choice: str, options: Sequence[int], person_id: int) -> None:
    """Once, by somebody who takes part, while nothing about this row waits for a ruling."""
    if not ballot.is_secret:
        raise Refused(_("This ballot is not secret."))
    check_running(ballot)
    if row.is_answered:
        raise Refused(_("It has voted, or does not take part: a secret vote is not changed."))
    check_voter(ballot, person_id)
    if Recusal.objects.filter(ballot=ballot, organization=row.organization_id, ruling="").exists() and row.organization:
        raise Refused(_("A recusal of your society waits for a ruling: you can vote as soon as it is made."))
    check_choice(ballot, choice, {"options": list(options)}, SECRET[ballot.method])


def check_first_row(row: RollRow, mine: Collection[int]) -> None:
    """Whoever may vote for two rows votes for the first: nobody could tell later that they had voted for both."""
    if row.pk != min(mine):
        raise Refused(_("In a secret ballot you vote for one only, and do for another: here it takes another person."))


def check_voter(ballot: Ballot, person_id: int) -> None:
    """A person who is recused does not act; an alternate may."""
    found = Recusal.objects.filter(ballot=ballot, person=person_id).exclude(ruling=Recusal.Ruling.DISMISSED)
    standing = found.first()
    if standing is None:
        return
    if standing.ruling == Recusal.Ruling.PENDING and not ballot.is_secret:
        return
    if standing.ruling == Recusal.Ruling.PENDING:
        raise Refused(_("Your recusal waits for a ruling: you can vote as soon as it is made."))
    raise Refused(_("You do not take part in this ballot; another person of your society may vote."))


def has_upheld(ballot: Ballot, row: RollRow) -> bool:
    """Whether the chair has ruled that this society, or this member, does not take part."""
    upheld = Recusal.objects.filter(ballot=ballot, ruling=Recusal.Ruling.UPHELD)
    if row.organization_id:
        return upheld.filter(organization=row.organization_id).exists()
    return upheld.filter(person=row.person_id).exists()


def check_strike(ballot: Ballot, row: RollRow, kind: str) -> None:
    """Of a secret ballot nobody is taken off whose vote lies in the box already."""
    if ballot.is_secret and kind == Ruling.Kind.STRIKE and has_cast(row):
        raise Refused(_("Its vote lies in the box, and nobody can find it there: it stays on the roll."))
