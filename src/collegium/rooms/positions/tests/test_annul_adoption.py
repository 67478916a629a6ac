"""A ballot that decided of a position is annulled: it goes back before the body, or is marked if it is published."""

from __future__ import annotations

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions as ballots
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Annulment, Position
from collegium.rooms.positions.queries.reviewing import annulment_of

from .factories import in_state, move, refused, tell
from .publishing import decided_by_ballot, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def position(cast) -> Position:
    return in_state(cast, "ballot", title="On approvals")


def state(position: Position) -> str:
    return Position.objects.get(pk=position.pk).entry.state


def annul(cast, ballot, at, reason="Wrong text."):
    return ballots.annul_ballot(ballot, reason=reason, viewer=cast.viewer("chair", at), at=at)


def again(cast, ballot, at):
    """The body votes anew, linked to the annulled ballot: its roll is as of tomorrow."""
    return ballots.rerun_ballot(ballot, viewer=cast.viewer("staff", at), at=at)


@pytest.mark.parametrize(("votes", "was"), [(("yes", "yes"), "adopted"), (("no", "no"), "not-adopted")])
def test_what_was_decided_by_it_goes_back_before_the_body(cast, position, votes, was):
    ballot, at = decided_by_ballot(cast, position, *votes)
    assert state(position) == was
    moves = Event.objects.filter(name="position.moved").count()
    annul(cast, ballot, at)
    found = Position.objects.get(pk=position.pk)
    assert (found.entry.state, found.adopted, found.adopted_at) == ("ballot", None, None)
    step = found.steps.last()
    assert (step.was, step.by, step.reason) == (was, None, "The ballot was annulled: Wrong text.")
    assert Event.objects.filter(name="position.moved").count() == moves + 1
    assert not Annulment.objects.exists()


def test_the_body_votes_again_and_decides_of_it_anew(cast, position):
    ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    annul(cast, ballot, at)
    voted(cast, again(cast, ballot, at), "no", "no", day=142)
    assert state(position) == "not-adopted"


def published(cast, position):
    ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    move(cast, position, "public", at=at)
    return ballot, at


def test_what_was_published_stays_and_is_marked(cast, position):
    ballot, at = published(cast, position)
    tell()
    annul(cast, ballot, at)
    assert (state(position), annulment_of(position).ballot) == ("public", ballot)
    event = Event.objects.get(name="position.adoption_shaken")
    assert (event.entry_id, event.actor, event.facts) == (position.pk, None, {"ballot": ballot.pk})
    told = {notice for _handle, notice in tell()}
    assert told == {"AdoptionShaken"}
    # Told of it once more, nothing happens: the ballot is what is annulled, once.
    assert Annulment.objects.count() == 1


def test_another_ballot_upholds_what_was_published(cast, position):
    ballot, at = published(cast, position)
    annul(cast, ballot, at)
    second, then = voted(cast, again(cast, ballot, at), "yes", "yes", day=142)
    assert (state(position), annulment_of(position)) == ("public", None)
    kept = Annulment.objects.get()
    assert (kept.upheld_by, kept.upheld_at) == (second, then)
    assert Event.objects.filter(name="position.adoption_upheld").count() == 1


def test_another_ballot_that_goes_against_it_rescinds_it(cast, position):
    ballot, at = published(cast, position)
    annul(cast, ballot, at)
    move(cast, position, "under-review", at=at, reason="The ballot was annulled.")
    voted(cast, again(cast, ballot, at), "no", "no", day=142)
    assert state(position) == "rescinded"
    assert position.steps.last().by is None


def test_a_ballot_that_did_not_decide_changes_nothing(cast, position):
    ballot, at = decided_by_ballot(cast, position, "yes")
    assert state(position) == "ballot"
    annul(cast, ballot, at)
    assert (state(position), Annulment.objects.count()) == ("ballot", 0)


def test_nobody_takes_the_step_of_an_annulment_by_hand(cast, position):
    _ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    with refused("You cannot take this step: it is for the council's team or its policy chair."):
        move(cast, position, "ballot", at=at, reason="I want to.")
    with refused("The ballot that decided of it stands."):
        actions.move_position(position, to="ballot", viewer=None, at=at, reason="x")


def test_a_failed_annulment_leaves_everything_as_it_was(cast, position):
    ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    with refused("Say why."):
        annul(cast, ballot, at, reason=" ")
    with refused("The ballot that decided of it stands."):
        actions.follow_annulment(ballot, at)
    assert state(position) == "adopted"
