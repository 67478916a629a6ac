"""A position before the governing body: its ballot is prepared, and what is certified becomes of it by itself."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.core.calls import actions as calls
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions as ballots
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.ballots.tests.scene import certified, fresh, vote
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position
from collegium.web.tests.reading import texts

from .factories import fail_after, in_state, later, move, refused

pytestmark = pytest.mark.django_db
UNDER_WAY = "A ballot about it is under way: once it is certified, the position moves by itself."


@pytest.fixture
def position(cast) -> Position:
    return in_state(cast, "ballot", title="On approvals")


def put(cast, position: Position, *, by: str = "staff", **facts: Any) -> Ballot:
    told: dict[str, Any] = {
        "body": cast.ceos,
        "opens_at": later(cast, 131),
        "closes_at": later(cast, 141),
        "zone": "UTC",
    }
    at = later(cast, 130)
    return actions.put_to_ballot(position, **told | facts, viewer=cast.viewer(by, at), at=at)


def decide(cast, position: Position, *votes: str) -> tuple[Ballot, Any]:
    """The chief executives of Harbour and Lagoon vote; the result is certified by two."""
    ballot = put(cast, position)
    ballots.announce_ballot(ballot, viewer=cast.viewer("staff", later(cast, 130)), at=later(cast, 130))
    at = later(cast, 132)
    calls.open_call(ballot.call, at=at)
    for person, choice in zip((cast.chair, cast.delegate), votes, strict=False):
        vote(fresh(ballot), person, choice, at)
    return certified(cast, ballot)


def state(position: Position) -> str:
    return Position.objects.get(pk=position.pk).entry.state


def test_the_ballot_is_about_the_wording_the_societies_were_shown(cast, position):
    ballot = put(cast, position)
    assert (ballot.entry.title, ballot.about, ballot.body) == ("Adopt: On approvals", position.entry, cast.ceos)
    assert position.presented is not None
    assert position.presented.digest in ballot.call.raw
    assert state(position) == "ballot"


@pytest.mark.parametrize(
    ("votes", "becomes"), [(("yes", "yes"), "adopted"), (("no", "no"), "not-adopted"), (("yes", "no"), "not-adopted")]
)
def test_what_was_certified_becomes_of_the_position_by_itself(cast, position, votes, becomes):
    ballot, at = decide(cast, position, *votes)
    assert state(position) == becomes
    step = position.steps.last()
    assert (step.now, step.by, step.at) == (becomes, None, at)
    assert step.reason.endswith(": Adopt: On approvals.")
    moved = Event.objects.filter(name="position.moved").order_by("-pk")[0]
    assert (moved.actor, moved.facts["now"]) == (None, becomes)
    assert Position.objects.get(pk=position.pk).adopted == (position.current if becomes == "adopted" else None)
    assert ballot.certified_at == at
    # Told of it once more, nothing moves.
    actions.follow_ballot(ballot, at)
    assert (state(position), position.steps.last()) == (becomes, step)


def test_without_a_quorum_nothing_is_decided_and_another_ballot_may_follow(cast, position):
    ballot, at = decide(cast, position, "yes")
    assert (ballot.outcome, state(position)) == ("no_quorum", "ballot")
    again = put(cast, position)
    assert again.pk != ballot.pk
    ballots.annul_ballot(again, reason="Not now.", viewer=cast.viewer("staff", at), at=at)
    move(cast, position, "disposition", at=at, reason="The council asks for another wording.")
    assert state(position) == "disposition"


def test_while_it_is_voted_on_nobody_decides_otherwise(cast, position):
    put(cast, position)
    with refused(UNDER_WAY):
        move(cast, position, "adopted", at=later(cast, 131), reason="By hand.")
    with refused("There is a ballot about it already."):
        put(cast, position)


def test_it_is_put_by_the_team_to_a_governing_body_once_it_is_before_it(cast, position):
    with refused("Only the council's team prepares ballots."):
        put(cast, position, by="chair")
    with refused("A governing body adopts positions."):
        put(cast, position, body=cast.cfos)
    with refused("Bring the position before the governing body first."):
        put(cast, in_state(cast, "comment"))
    fail_after(lambda: put(cast, position))


def test_its_page_leads_to_the_ballot(cast, client, position):
    client.force_login(cast.staff)
    url = f"/positions/{position.pk}/ballot/"
    sent = {"body": cast.ceos.pk, "opening": "2090-01-02", "day": "2090-01-20", "time": "17:00", "zone": "UTC"}
    assert client.get(url).status_code == 200
    for wrong in ({"body": "999999"}, {"day": "2089-01-01"}, {"opening": "soon"}, {"zone": "Mars"}, {"body": "x\x00"}):
        assert client.post(url, sent | wrong).status_code == 422, wrong
    made = client.post(url, sent)
    ballot = Ballot.objects.get()
    assert (made.status_code, made["Location"]) == (303, ballot.get_absolute_url())
    beside = " ".join(texts(client.get(f"/positions/{position.pk}/"), "aside"))
    assert "Adopt: On approvals In preparation" in beside
