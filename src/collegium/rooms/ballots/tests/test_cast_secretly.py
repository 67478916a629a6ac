"""A secret vote: a mark on the roll and a paper in the box, and nothing that ties them together."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction

from collegium.core.access.errors import Refused
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, RollRow
from collegium.core.groups import actions as groups
from collegium.core.people.tests.factories import make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import BoxPaper, Count, Paper
from collegium.rooms.ballots.queries.checking import unsound_ballots
from collegium.rooms.ballots.queries.showing import receipts_of, seats_of, shows_turnout

from .scene import DAY, ceo, certified, closed, fill, fresh, opened, released, row_of, secretly, told, vote

SECRET = {"is_secret": True}


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def test_casting_leaves_a_mark_a_paper_and_nothing_else(cast):
    ballot, at = opened(cast, **SECRET)
    events, queued = Event.objects.count(), jobs()
    key = secretly(ballot, cast.delegate, "yes", at)
    assert row_of(ballot, cast.delegate).is_answered
    assert list(BoxPaper.objects.values_list()) == [(key, "yes", [], ballot.pk)]
    assert re.fullmatch(r"[0-9a-f]{32}", key)
    assert (Event.objects.count(), jobs(), Answer.objects.count()) == (events, queued, 0)
    assert list(unsound_ballots()) == []


def test_neither_table_says_when_or_who():
    for model in (BoxPaper, Paper):
        assert sorted(field.attname for field in model._meta.concrete_fields) == [
            "ballot_id",
            "choice",
            "key",
            "options",
        ]


def test_a_row_votes_once(cast):
    ballot, at = opened(cast, **SECRET)
    secretly(ballot, cast.delegate, "yes", at)
    with pytest.raises(Refused, match="a secret vote is not changed"):
        secretly(ballot, cast.delegate, "no", at)
    with pytest.raises(Refused, match="what is in the box stays there"):
        vote(ballot, cast.delegate, "recused", at, raw="On second thoughts.")
    assert BoxPaper.objects.get().choice == "yes"


@pytest.mark.parametrize(
    ("facts", "choice", "options", "refusal"),
    [
        (SECRET, "objection", [], "no such answer"),
        (SECRET, "recused", [], "no such answer"),
        (SECRET, "yes", [1], "at least one of the candidates"),
        (SECRET | {"method": "stv"}, "ranked", [0], "nobody who does not stand"),
        (SECRET | {"method": "approval"}, "approved", [], "at least one of the candidates"),
        ({}, "yes", [], "not secret"),
    ],
)
def test_what_is_no_secret_vote_is_refused_and_marks_nothing(cast, facts, choice, options, refusal):
    ballot, at = opened(cast, **facts)
    with pytest.raises(Refused, match=refusal):
        secretly(ballot, cast.delegate, choice, at, options=options)
    assert (BoxPaper.objects.count(), row_of(ballot, cast.delegate).is_answered) == (0, False)


@pytest.mark.parametrize("part", ["chair", "peer", "staff", "outsider", None])
def test_nobody_casts_for_another(cast, part):
    ballot, at = opened(cast, **SECRET)
    with pytest.raises(Refused, match="no mandate"):
        actions.cast_secretly(row_of(ballot, cast.delegate), choice="yes", viewer=cast.viewer(part, at), at=at)
    assert BoxPaper.objects.count() == 0


def test_whoever_sits_for_two_votes_for_one(cast):
    tenure = make_tenure(cast.delegate, cast.reef, "ceo", capacity="interim")
    groups.confirm_tenure(cast.ceos, tenure=tenure, viewer=cast.viewer("second_staff"), at=cast.at)
    _ballot, at = opened(cast, **SECRET)
    first, second = RollRow.objects.filter(entitled__person=cast.delegate).order_by("pk")
    viewer = cast.viewer("delegate", at)
    with pytest.raises(Refused, match="takes another person"):
        actions.cast_secretly(second, choice="yes", viewer=viewer, at=at)
    actions.cast_secretly(first, choice="yes", viewer=viewer, at=at)
    with pytest.raises(Refused, match="takes another person"):
        actions.cast_secretly(second, choice="yes", viewer=viewer, at=at)
    assert BoxPaper.objects.count() == 1


def test_an_open_answer_to_a_secret_ballot_is_refused(cast):
    ballot, at = opened(cast, **SECRET)
    with pytest.raises(Refused, match="no such answer"):
        vote(ballot, cast.delegate, "yes", at)


def test_ticks_are_kept_in_no_order_of_their_own(cast):
    ballot, at = opened(cast, **SECRET, method="approval")
    secretly(ballot, cast.delegate, "approved", at, options=sorted(ballot.lots[:2], reverse=True))
    assert BoxPaper.objects.get().options == sorted(ballot.lots[:2])


def test_its_people_are_told_once_a_day_that_it_has_voted(cast):
    deputy = ceo(cast, cast.lagoon, "Dee Deputy", capacity="deputy")
    voter, third = fill(cast, 2)
    ballot, at = opened(cast, **SECRET)
    secretly(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "recused", at, raw="We stand.")
    assert actions.tell_marks(at=at + DAY) == 1
    assert told("ballot.marked", at + DAY) == [f"SecretlyVoted: {one.name}" for one in (deputy, cast.delegate)]
    assert actions.tell_marks(at=at + DAY) == 0
    secretly(ballot, voter, "no", at + DAY)
    secretly(ballot, third, "no", at + DAY)
    ballot, end = closed(ballot)
    assert actions.tell_marks(at=end + DAY) == 1
    rows = [event.facts["rows"] for event in Event.objects.filter(name="ballot.marked").order_by("pk")]
    assert rows == [[row_of(ballot, cast.delegate).pk], sorted(row_of(ballot, one).pk for one in (voter, third))]


# --- closed


def test_the_box_is_emptied_when_it_closes_and_others_keep_theirs(cast):
    ballot, at = opened(cast, **SECRET)
    other, _at = opened(cast, **SECRET, closes_at=at.replace(month=12))
    keys = {secretly(ballot, person, "yes", at) for person in (cast.delegate, cast.chair)}
    kept = secretly(other, cast.delegate, "no", at)
    ballot, _at = closed(ballot)
    assert (set(receipts_of(ballot)), ballot.entry.state) == (keys, "closed")
    assert [(paper.key, paper.choice) for paper in BoxPaper.objects.all()] == [(kept, "no")]
    assert list(unsound_ballots()) == []


def test_the_box_of_an_open_ballot_is_not_emptied(cast):
    ballot, at = opened(cast, **SECRET)
    secretly(ballot, cast.delegate, "yes", at)
    emptying = "SELECT ballots_empty_box(%s)"
    with (
        pytest.raises(DatabaseError, match="is emptied when it is closed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(emptying, [ballot.pk])
    assert BoxPaper.objects.count() == 1


def test_two_release_the_box_and_then_it_is_counted(cast):
    ballot, at = opened(cast, **SECRET)
    secretly(ballot, cast.delegate, "yes", at)
    secretly(ballot, cast.chair, "yes", at)
    viewer = cast.viewer("staff", at)
    with pytest.raises(Refused, match="no box to release"):
        actions.release_box(ballot, viewer=viewer, at=at)
    ballot, at = closed(ballot)
    assert ballot.counted_at is None
    with pytest.raises(Refused, match="Two of those who run"):
        actions.count_ballot(ballot, at=at)
    with pytest.raises(Refused, match="Only those who run the ballot"):
        actions.release_box(ballot, viewer=cast.viewer("delegate", at), at=at)
    actions.release_box(ballot, viewer=viewer, at=at)
    with pytest.raises(Refused, match="takes a second person"):
        actions.release_box(ballot, viewer=viewer, at=at)
    assert fresh(ballot).counted_at is None
    actions.release_box(ballot, viewer=cast.viewer("chair", at), at=at)
    assert (fresh(ballot).outcome, Count.objects.get().result["tally"]["yes"]) == ("passed", 2)
    with pytest.raises(Refused, match="no box to release"):
        actions.release_box(ballot, viewer=cast.viewer("second_staff", at), at=at)


def test_a_secret_election_is_counted_again_with_the_same_hash(cast):
    voters = [cast.delegate, cast.chair, *fill(cast, 4)]
    ballot, at = opened(cast, **SECRET, method="stv", seats=2)
    for number, person in enumerate(voters):
        secretly(ballot, person, "ranked", at, options=ballot.lots[number % 3 :])
    ballot, _at = certified(cast, ballot)
    assert (ballot.outcome, ballot.certified_at is not None) == ("passed", True)
    assert len(Count.objects.order_by("pk").first().result["elected"]) == 2
    assert Count.objects.values("digest").distinct().count() == 1
    assert list(unsound_ballots()) == []


def test_who_has_voted_is_told_after_the_close_if_there_was_a_quorum(cast):
    ballot, at = opened(cast, **SECRET)
    secretly(ballot, cast.delegate, "yes", at)
    assert not shows_turnout(ballot)
    ballot, at = closed(ballot)
    assert not shows_turnout(ballot)
    ballot = released(cast, ballot, at)
    assert (ballot.outcome, shows_turnout(ballot)) == ("no_quorum", False)
    assert {seat.has_voted for seat in seats_of(ballot, shows_turnout=shows_turnout(ballot))} == {None}


def test_whose_vote_is_in_the_box_is_not_struck(cast):
    ballot, at = opened(cast, **SECRET)
    secretly(ballot, cast.delegate, "yes", at)
    with pytest.raises(Refused, match="stays on the roll"):
        calls.rule_on(row_of(ballot, cast.delegate), kind="strike", reason="Dues", by=cast.staff, at=at)
    calls.rule_on(row_of(ballot, cast.chair), kind="strike", reason="Dues", by=cast.staff, at=at)
    with pytest.raises(Refused, match="taken off the roll"):
        secretly(ballot, cast.chair, "yes", at)
