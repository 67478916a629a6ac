"""After the count: publishing, contesting, ruling on a contest, annulling."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.calls.queries import able
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot, Contest
from ..registry import annulments
from ..rules import check_annul, check_contest, check_publish, check_rule_contest
from .locking import lock_ballot, write_state


@transaction.atomic
def publish_ballot(ballot: Ballot, *, viewer: Viewer, at: datetime) -> Ballot:
    """Show the result to everybody who sees the ballot, as far as was settled before it opened."""
    locked = lock_ballot(ballot.pk)
    check_publish(viewer, locked)
    locked.published_at, locked.published_by = at, viewer.person
    locked.save(update_fields=["published_at", "published_by"])
    write_state(locked, Ballot.State.PUBLISHED, at)
    trail.record(events.BALLOT_PUBLISHED, on=locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def contest_ballot(ballot: Ballot, *, reason: str, viewer: Viewer, at: datetime) -> Contest:
    """Say within seven days why the result cannot stand."""
    locked = lock_ballot(ballot.pk)
    mine = {one.row_id for one in able(locked.call, at, person_id=viewer.person_id or 0)}
    row = RollRow.objects.filter(pk__in=mine).select_related("organization").order_by("pk").first()
    words = check_contest(viewer, locked, row, reason, at)
    assert row is not None  # checked
    assert viewer.person is not None  # checked
    contest = Contest.objects.create(ballot=locked, row=row, reason=words, by=viewer.person, at=at)
    write_state(locked, Ballot.State.CONTESTED, at)
    facts = {"contest": contest.pk}
    trail.record(events.BALLOT_CONTESTED, on=contest, by=viewer.person, acting_for=row.organization, at=at, facts=facts)
    return contest


@transaction.atomic
def rule_contest(contest: Contest, *, upheld: bool, reason: str, viewer: Viewer, at: datetime) -> Contest:
    """The chair, or another officer, rules: the result stands, or the ballot is annulled."""
    ballot = lock_ballot(contest.ballot_id)
    locked = Contest.objects.select_for_update(of=("self",)).select_related("row__organization").get(pk=contest.pk)
    words = check_rule_contest(viewer, ballot, locked, reason)
    locked.ruling = Contest.Ruling.UPHELD if upheld else Contest.Ruling.DISMISSED
    locked.ruled_by, locked.ruled_at, locked.ruled_for = viewer.person, at, words
    locked.save(update_fields=["ruling", "ruled_by", "ruled_at", "ruled_for"])
    facts = {"contest": locked.pk, "ruling": locked.ruling}
    trail.record(events.CONTEST_RULED, on=locked, by=viewer.person, at=at, facts=facts)
    if upheld:
        annul(ballot, words, by=viewer.person, at=at)
    elif not Contest.objects.filter(ballot=ballot, ruling="").exists():
        write_state(ballot, Ballot.State.PUBLISHED if ballot.published_at else Ballot.State.CERTIFIED, at)
    return locked


@transaction.atomic
def annul_ballot(ballot: Ballot, *, reason: str, viewer: Viewer, at: datetime) -> Ballot:
    """It counts for nothing; all votes are kept, and it can be run again."""
    locked = lock_ballot(ballot.pk)
    annul(locked, check_annul(viewer, locked, reason), by=viewer.person, at=at)
    return locked


def annul(ballot: Ballot, reason: str, *, by: Any, at: datetime) -> None:
    """Annul a ballot that is held still."""
    ballot.annulled_at, ballot.annulled_by, ballot.annulled_for = at, by, reason
    ballot.save(update_fields=["annulled_at", "annulled_by", "annulled_for"])
    if not ballot.call.is_over:
        calls.cancel_call(ballot.call, reason=reason, by=by, at=at)
    write_state(ballot, Ballot.State.ANNULLED, at)
    if ballot.about is not None and ballot.about.kind in annulments:
        annulments.get(ballot.about.kind)(ballot, at)
    trail.record(events.BALLOT_ANNULLED, on=ballot, by=by, at=at)
