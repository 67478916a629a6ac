"""Not taking part: declared by oneself at once, or asked of another and ruled on by the chair."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, RollRow
from collegium.core.people.models import Organization, Person
from collegium.core.trail import actions as trail

from .. import events
from ..choices import RECUSED
from ..models import Ballot, Recusal
from ..rules import check_ask_recusal, check_reason, check_recusal_is_new, check_rule_recusal, has_cast
from .locking import lock_ballot


@transaction.atomic
def declare_recusal(ballot: Ballot, *, reason: str, viewer: Viewer, at: datetime) -> Recusal:
    """Oneself does not act; another of the society may. That a whole society does not, it answers to the call."""
    locked = lock_ballot(ballot.pk)
    words = check_ask_recusal(viewer, locked, reason, at)
    assert viewer.person is not None  # checked
    check_recusal_is_new(locked, None, viewer.person.pk)
    recusal = Recusal.objects.create(
        ballot=locked,
        person=viewer.person,
        reason=words,
        by=viewer.person,
        at=at,
        ruling=Recusal.Ruling.UPHELD,
        ruled_by=viewer.person,
        ruled_at=at,
    )
    _apply(recusal, at)
    trail.record(events.RECUSAL_DECLARED, on=recusal, by=viewer.person, at=at, facts={"recusal": recusal.pk})
    return recusal


@transaction.atomic
def ask_recusal(
    ballot: Ballot,
    *,
    organization: Organization | None = None,
    person: Person | None = None,
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> Recusal:
    """Say that somebody should not take part; the chair rules on it before the votes are counted."""
    locked = lock_ballot(ballot.pk)
    words = check_ask_recusal(viewer, locked, reason, at)
    assert viewer.person is not None  # checked
    check_recusal_is_new(locked, organization.pk if organization else None, person.pk if person else None)
    recusal = Recusal.objects.create(
        ballot=locked, organization=organization, person=person, reason=words, by=viewer.person, at=at
    )
    trail.record(events.RECUSAL_ASKED, on=recusal, by=viewer.person, at=at, facts={"recusal": recusal.pk})
    return recusal


@transaction.atomic
def rule_recusal(recusal: Recusal, *, upheld: bool, reason: str, viewer: Viewer, at: datetime) -> Recusal:
    """The chair rules, or the deputy where the chair is concerned; of an open ballot what was voted is void then."""
    ballot = lock_ballot(recusal.ballot_id)
    rows = Recusal.objects.select_for_update(of=("self",)).select_related("organization__entry", "person")
    locked = rows.get(pk=recusal.pk)
    check_rule_recusal(viewer, ballot, locked)
    locked.ballot = ballot
    locked.ruling = Recusal.Ruling.UPHELD if upheld else Recusal.Ruling.DISMISSED
    locked.ruled_by, locked.ruled_at, locked.ruled_for = viewer.person, at, check_reason(reason)
    locked.save(update_fields=["ruling", "ruled_by", "ruled_at", "ruled_for"])
    if upheld:
        _apply(locked, at)
    facts = {"recusal": locked.pk, "ruling": locked.ruling}
    trail.record(events.RECUSAL_RULED, on=locked, by=viewer.person, at=at, facts=facts)
    return locked


def apply_rulings(ballot: Ballot, at: datetime) -> None:
    """What was ruled before the opening holds on the roll that was taken."""
    upheld = Recusal.objects.filter(ballot=ballot, ruling=Recusal.Ruling.UPHELD)
    for recusal in upheld.select_related("organization__entry", "person"):
        recusal.ballot = ballot
        _apply(recusal, at)


def _apply(recusal: Recusal, at: datetime) -> None:
    """The seat moves to the recused; where only a person is, what they voted for their society is void."""
    ballot = recusal.ballot
    rows = RollRow.objects.select_for_update(of=("self",)).filter(call=ballot.call_id)
    if recusal.person_id is not None:
        own = rows.filter(person=recusal.person_id).first()
        # One and the same answer is theirs, stands, and is a vote.
        votes = Answer.objects.filter(row=OuterRef("pk"), by=recusal.person_id, ended_at=None).exclude(choice=RECUSED)
        for row in rows.filter(Exists(votes), organization__isnull=False):
            _void(row, at)
    else:
        own = rows.filter(organization=recusal.organization_id).first()
    if own is not None and not has_cast(own):
        _void(own, at)
        _recuse(own, recusal, at)


def _void(row: RollRow, at: datetime) -> None:
    """What was answered in the open is kept, and counts for nothing."""
    ended = Answer.objects.filter(row=row, ended_at=None).update(ended_at=at, is_withdrawn=True)
    if ended:
        row.is_answered = False
        row.save(update_fields=["is_answered"])


def _recuse(row: RollRow, recusal: Recusal, at: datetime) -> None:
    told: dict[str, Any] = {"choice": RECUSED, "raw": recusal.reason, "by": recusal.ruled_by, "at": at}
    if recusal.ruled_by_id != recusal.person_id:
        told |= {"source": Answer.Source.TEAM, "evidence": recusal.ruled_for or recusal.reason}
    Answer.objects.create(row=row, **told)
    row.is_answered = True
    row.save(update_fields=["is_answered"])
