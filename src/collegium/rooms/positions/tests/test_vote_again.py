"""A ballot about a position is run again on its own wording alone, and what it adopts is what was voted on."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from collegium.core.access.errors import Refused
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions as ballots
from collegium.rooms.ballots.actions.preparing import Question
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position, Revision
from collegium.rooms.positions.queries.reviewing import annulment_of

from .factories import in_state, later, move, refused, write
from .publishing import decided_by_ballot, voted

pytestmark = pytest.mark.django_db
NOT_BEFORE_IT = "The position is not before the governing body: a vote on it cannot be repeated."
ANOTHER_WORDING = (
    "This ballot was not about the wording the societies were last shown: put that one to a ballot of its own."
)
ALREADY = "There is a ballot about it already."


@pytest.fixture
def position(cast) -> Position:
    return in_state(cast, "ballot", title="On approvals")


def fresh(position: Position) -> Position:
    return Position.objects.get(pk=position.pk)


def put(cast, position: Position, day: int = 130) -> Ballot:
    at = later(cast, day)
    window: dict[str, Any] = {"opens_at": later(cast, day + 1), "closes_at": later(cast, day + 11), "zone": "UTC"}
    return actions.put_to_ballot(position, body=cast.ceos, **window, viewer=cast.viewer("staff", at), at=at)


def annul(cast, ballot: Ballot, day: int = 131) -> None:
    at = later(cast, day)
    ballots.annul_ballot(ballot, reason="Wrong text.", viewer=cast.viewer("chair", at), at=at)


def again(cast, ballot: Ballot, day: int) -> Ballot:
    at = later(cast, day)
    return ballots.rerun_ballot(ballot, viewer=cast.viewer("staff", at), at=at)


def redraft(cast, position: Position) -> Revision:
    """It goes back to the drafters, who write it anew, and comes before the body again on day 174."""
    move(cast, position, "disposition", at=later(cast, 132), reason="The council asks for another wording.")
    revision = write(cast, position, "Plans answer within one day.", at=later(cast, 132), change="editorial")
    move(cast, position, "sign-on", at=later(cast, 133))
    move(cast, position, "ballot", at=later(cast, 174), reason="It goes on.")
    return revision


def test_a_ballot_knows_the_wording_it_is_about_and_its_repetition_does_too(cast, position):
    ballot = put(cast, position)
    assert ballot.about_hash == position.presented.digest
    annul(cast, ballot)
    second = again(cast, ballot, 132)
    assert (second.about_hash, second.rerun_of) == (ballot.about_hash, ballot)
    _ballot, at = voted(cast, second, "yes", "yes", day=132)
    found = fresh(position)
    assert (found.entry.state, found.adopted, found.adopted_at) == ("adopted", position.presented, at)


def test_once_it_was_redrafted_an_old_ballot_is_not_run_again(cast, position):
    ballot = put(cast, position)
    annul(cast, ballot)
    revision = redraft(cast, position)
    with refused(ANOTHER_WORDING):
        again(cast, ballot, 175)
    anew = put(cast, position, 175)
    assert anew.about_hash == revision.digest
    voted(cast, anew, "yes", "yes", day=175)
    assert fresh(position).adopted == revision


def test_what_is_not_before_the_body_is_not_voted_on_again(cast, position):
    ballot = put(cast, position)
    annul(cast, ballot)
    move(cast, position, "disposition", at=later(cast, 132), reason="The council asks for another wording.")
    with refused(NOT_BEFORE_IT):
        again(cast, ballot, 133)


def test_nor_is_what_is_in_force_by_another_ballot_that_stands(cast, position):
    ballot = put(cast, position)
    annul(cast, ballot)
    _second, at = decided_by_ballot(cast, position, "yes", "yes", day=132)
    move(cast, position, "public", at=at)
    with refused(NOT_BEFORE_IT):
        again(cast, ballot, 150)


def test_there_is_one_ballot_about_it_at_a_time_whichever_comes_first(cast, position):
    ballot = put(cast, position)
    annul(cast, ballot)
    anew = put(cast, position, 132)
    with refused(ALREADY):
        again(cast, ballot, 133)
    annul(cast, anew, 134)
    again(cast, ballot, 135)
    with refused(ALREADY):
        again(cast, anew, 136)
    with refused(ALREADY):
        put(cast, position, 136)


def test_what_is_published_is_voted_on_again_once_at_a_time(cast, position):
    ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    move(cast, position, "public", at=at)
    annul(cast, ballot, 142)
    second = again(cast, ballot, 143)
    annul(cast, second, 144)
    third = again(cast, second, 145)
    assert third.about_hash == fresh(position).adopted.digest
    with pytest.raises(Refused, match="run again already"):
        again(cast, second, 146)


def test_what_was_upheld_by_a_ballot_that_is_annulled_in_turn_is_marked_again(cast, position):
    ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    move(cast, position, "public", at=at)
    annul(cast, ballot, 142)
    second, _at = voted(cast, again(cast, ballot, 143), "yes", "yes", day=143)
    assert annulment_of(fresh(position)) is None
    annul(cast, second, 160)
    assert annulment_of(fresh(position)).ballot == second
    assert Event.objects.filter(name="position.adoption_shaken").count() == 2
    voted(cast, again(cast, second, 161), "yes", "yes", day=161)
    assert annulment_of(fresh(position)) is None
    # What each of them rested on stays to be read.
    assert [one.upheld_by.rerun_of_id for one in position.annulments.all()] == [ballot.pk, second.pk]


# --- what was voted on is what is adopted


def prepared_elsewhere(cast, position: Position, digest: str, day: int) -> Ballot:
    """As a ballot on an earlier wording could be left over."""
    question = Question(
        title="Adopt: On approvals",
        raw=f"In the wording `{digest}`.",
        body=cast.ceos,
        opens_at=later(cast, day + 1),
        closes_at=later(cast, day + 11),
        time_zone="UTC",
        seen_by=cast.ceos.circle.audience_id,
    )
    at = later(cast, day)
    return ballots.call_ballot(question, by=cast.staff, at=at, about=position.entry, about_hash=digest)


def test_a_ballot_adopts_the_wording_it_was_about_and_no_later_one(cast, position):
    first = position.presented
    annul(cast, put(cast, position))
    later_one = redraft(cast, position)
    voted(cast, prepared_elsewhere(cast, position, first.digest, 175), "yes", "yes", day=175)
    found = fresh(position)
    assert (found.entry.state, found.current, found.adopted) == ("adopted", later_one, first)
    assert found.steps.last().revision == first
    assert Event.objects.filter(name="position.moved").latest("pk").facts["digest"] == first.digest


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_a_ballot_that_names_none_of_its_wordings_adopts_none(cast, position, digest):
    ballot = put(cast, position)
    Ballot.objects.filter(pk=ballot.pk).update(about_hash=digest)
    ballot, at = voted(cast, ballot, "yes", "yes", day=130)
    assert (ballot.outcome, fresh(position).entry.state, fresh(position).adopted) == ("passed", "ballot", None)
    with refused("The ballot about it names none of its wordings: annul it, and put the wording to the vote."):
        move(cast, position, "adopted", at=at, reason="By hand.")


def test_against_it_such_a_ballot_counts_all_the_same(cast, position):
    ballot = put(cast, position)
    Ballot.objects.filter(pk=ballot.pk).update(about_hash="")
    voted(cast, ballot, "no", "no", day=130)
    assert fresh(position).entry.state == "not-adopted"


def test_whoever_changes_the_question_leaves_the_wording_in_it(cast, position):
    ballot = put(cast, position)
    told: dict[str, Any] = {
        "title": "Adopt it",
        "body": cast.ceos,
        "opens_at": later(cast, 131),
        "closes_at": later(cast, 141),
        "time_zone": "UTC",
        "seen_by": cast.ceos.circle.audience_id,
    }
    at = later(cast, 130)
    with refused("It is about a wording, which the question names by its hash: leave the hash in it."):
        ballots.change_ballot(ballot, Question(raw="Shall we?", **told), viewer=cast.viewer("staff", at), at=at)
    raw = f"Shall we? `{ballot.about_hash}`"
    ballots.change_ballot(ballot, Question(raw=raw, **told), viewer=cast.viewer("staff", at), at=at)
    assert Ballot.objects.get().call.raw == raw


def test_ballots_from_before_learn_their_wording_from_their_question(cast, position):
    ballot = put(cast, position)
    Ballot.objects.filter(pk=ballot.pk).update(about_hash="")
    name = "collegium.rooms.ballots.migrations.0006_wordings_of_ballots_from_before"
    with connection.cursor() as cursor:
        cursor.execute(import_module(name).READ)
    assert Ballot.objects.get().about_hash == position.presented.digest
