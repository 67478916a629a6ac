"""Voting in the open: for whom, what, until when, and what an alternate may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, RollRow
from collegium.core.groups import actions as groups
from collegium.core.people.tests.factories import make_tenure
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.queries.votes import votes_of

from .scene import DAY, ceo, closed, opened, row_of, told, vote

STV = {"method": "stv", "seats": 2}


def standing(ballot) -> list[tuple]:
    found = Answer.objects.filter(row__call=ballot.call_id, ended_at=None).order_by("pk")
    return list(found.values_list("row__organization__acronym", "choice", "by__name"))


def test_a_society_votes_and_changes_its_vote(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.delegate, "no", at + DAY)
    assert standing(ballot) == [("SLC", "no", "Ingvild Sorensen")]
    assert Answer.objects.count() == 2


def test_a_vote_is_withdrawn_until_the_close(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    calls.withdraw_answer(row_of(ballot, cast.delegate), viewer=cast.viewer("delegate", at), at=at)
    assert standing(ballot) == []


def test_the_primary_overwrites_the_alternate_and_both_are_told(cast):
    deputy = ceo(cast, cast.lagoon, "Dee Deputy", capacity="deputy")
    ballot, at = opened(cast)
    row = row_of(ballot, cast.delegate)
    actions.cast_ballot(row, choice="no", viewer=Viewer.of(deputy, at=at), at=at)
    assert "SeatAnswered: Ingvild Sorensen" in told("call.answered", at)
    vote(ballot, cast.delegate, "yes", at)
    with pytest.raises(Refused, match="an alternate cannot change that"):
        actions.cast_ballot(row, choice="no", viewer=Viewer.of(deputy, at=at), at=at)
    assert standing(ballot) == [("SLC", "yes", "Ingvild Sorensen")]


def test_nobody_votes_for_two(cast):
    """Whoever sits for two societies votes for one; for the other it takes an alternate."""
    tenure = make_tenure(cast.delegate, cast.reef, "ceo", capacity="interim")
    groups.confirm_tenure(cast.ceos, tenure=tenure, viewer=cast.viewer("second_staff"), at=cast.at)
    ballot, at = opened(cast)
    first, second = RollRow.objects.select_related("call__entry").filter(entitled__person=cast.delegate).order_by("pk")
    viewer = cast.viewer("delegate", at)
    actions.cast_ballot(first, choice="yes", viewer=viewer, at=at)
    with pytest.raises(Refused, match="it takes another person"):
        actions.cast_ballot(second, choice="no", viewer=viewer, at=at)
    assert standing(ballot) == [(first.organization.acronym, "yes", "Ingvild Sorensen")]


@pytest.mark.parametrize(
    ("facts", "choice", "words", "refusal"),
    [
        ({}, "perhaps", {}, "no such answer"),
        ({}, "objection", {"raw": "No", "remedy": "Less"}, "takes no objections"),
        ({"rule": {"takes_objections": True}}, "objection", {"raw": "No"}, "what would remedy it"),
        ({"rule": {"takes_objections": True}}, "objection", {"remedy": "Less"}, "needs words"),
        ({}, "recused", {}, "needs words"),
        ({}, "yes", {"options": [1]}, "at least one of the candidates"),
        (STV, "ranked", {}, "at least one of the candidates"),
        (STV, "ranked", {"options": [0]}, "nobody who does not stand"),
        (STV, "yes", {}, "no such answer"),
        (STV, "blank", {"options": [0]}, "at least one"),
        ({"method": "approval"}, "approved", {"options": ["1"]}, "nobody who does not stand"),
    ],
)
def test_what_is_no_vote_is_refused(cast, facts, choice, words, refusal):
    ballot, at = opened(cast, **facts)
    with pytest.raises(Refused, match=refusal):
        vote(ballot, cast.delegate, choice, at, **words)
    assert (standing(ballot), row_of(ballot, cast.delegate).is_answered) == ([], False)


def test_nobody_is_ranked_twice(cast):
    ballot, at = opened(cast, **STV)
    with pytest.raises(Refused, match="once at the most"):
        vote(ballot, cast.delegate, "ranked", at, options=[ballot.lots[0]] * 2)


def test_rankings_are_kept_in_their_order(cast):
    ballot, at = opened(cast, **STV)
    vote(ballot, cast.delegate, "ranked", at, options=ballot.lots[::-1])
    vote(ballot, cast.chair, "blank", at)
    found = {one.choice: list(one.options) for one in votes_of(ballot).cast}
    assert found == {"ranked": ballot.lots[::-1], "blank": []}


def test_an_objection_is_a_no_and_stops_it_where_the_rule_says_so(cast):
    outcomes = []
    for stops in (False, True):
        ballot, at = opened(cast, rule={"takes_objections": True, "stopped_by_objection": stops, "threshold": "half"})
        vote(ballot, cast.delegate, "yes", at)
        vote(ballot, cast.chair, "objection", at, raw="Too wide.", remedy="Name the journals.")
        outcomes.append(closed(ballot)[0].outcome)
    assert outcomes == ["passed", "failed"]


def test_the_last_moment_counts_and_the_end_does_not(cast):
    ballot, _at = opened(cast)
    vote(ballot, cast.delegate, "yes", ballot.call.closes_at - timedelta(microseconds=1))
    with pytest.raises(Refused, match="time for answers is over"):
        vote(ballot, cast.chair, "yes", ballot.call.closes_at)


# --- its clock


def test_while_it_is_paused_nothing_counts_and_no_time_is_lost(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    end = ballot.call.closes_at
    actions.pause_ballot(ballot, reason="A word is missing.", viewer=cast.viewer("chair", at), at=at)
    assert "BallotPaused: Ingvild Sorensen" in told("ballot.paused", at)
    for deed in (lambda: vote(ballot, cast.chair, "no", at), lambda: vote(ballot, cast.delegate, "no", at)):
        with pytest.raises(Refused, match="is paused"):
            deed()
    with pytest.raises(Refused, match="is paused"):
        calls.withdraw_answer(row_of(ballot, cast.delegate), viewer=cast.viewer("delegate", at), at=at)
    # The clock does not close it either.
    calls.advance_calls(at=end)
    assert closed(ballot)[0].call.closed_at is None
    later = end + DAY
    ballot = actions.resume_ballot(ballot, viewer=cast.viewer("staff", later), at=later)
    assert ballot.call.closes_at == end + (later - at)
    vote(ballot, cast.chair, "no", later)
    assert standing(ballot) == [("SLC", "yes", "Ingvild Sorensen"), ("CHS", "no", "Ruth Alder")]


@pytest.mark.parametrize(
    ("part", "reason", "refusal"),
    [("delegate", "x", "officers of the body"), ("chair", " ", "Say why"), ("chair", "x" * 4001, "too long")],
)
def test_who_pauses_runs_it_and_says_why(cast, part, reason, refusal):
    ballot, at = opened(cast)
    with pytest.raises(Refused, match=refusal):
        actions.pause_ballot(ballot, reason=reason, viewer=cast.viewer(part, at), at=at)
    assert ballot.pauses.count() == 0


def test_it_is_paused_once_and_only_while_open(cast):
    ballot, at = opened(cast)
    viewer = cast.viewer("staff", at)
    with pytest.raises(Refused, match="not paused"):
        actions.resume_ballot(ballot, viewer=viewer, at=at)
    actions.pause_ballot(ballot, reason="Fault", viewer=viewer, at=at)
    with pytest.raises(Refused, match="is paused"):
        actions.pause_ballot(ballot, reason="Fault", viewer=viewer, at=at)
    with pytest.raises(Refused, match="is paused"):
        actions.extend_ballot(ballot, closes_at=at + 30 * DAY, reason="Late", viewer=viewer, at=at)


def test_its_end_is_moved_once_and_not_shortened_after_a_vote(cast):
    ballot, at = opened(cast)
    viewer = cast.viewer("chair", at)
    vote(ballot, cast.delegate, "yes", at)
    with pytest.raises(Refused, match="only become longer"):
        actions.extend_ballot(ballot, closes_at=at + DAY, reason="Soon", viewer=viewer, at=at)
    with pytest.raises(Refused, match="officers of the body"):
        actions.extend_ballot(ballot, closes_at=at + 30 * DAY, reason="Late", viewer=cast.viewer("delegate", at), at=at)
    actions.extend_ballot(ballot, closes_at=at + 30 * DAY, reason="Late", viewer=viewer, at=at)
    with pytest.raises(Refused, match="as often as its rules allow"):
        actions.extend_ballot(ballot, closes_at=at + 40 * DAY, reason="Later", viewer=viewer, at=at)
