"""What tests of publication stand on: a list of supporters that a room could tell, and ballots that decide."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.core.calls import actions as calls
from collegium.rooms.ballots import actions as ballots
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.ballots.tests.scene import certified, fresh, vote
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position
from collegium.rooms.positions.queries.publishing import digest_of_list, supporting_now
from collegium.rooms.positions.registry import related, supporters

from .factories import later

LINES: list[tuple[Any, str, str]] = []
BESIDE: list[tuple[str, str, str]] = []


def told_lines(position: Position) -> list[tuple[Any, str, str]]:
    """As a room that counts support tells them."""
    return LINES


def told_beside(position: Position, viewer: Any) -> list[tuple[str, str, str]]:
    """As a room whose letters rely on positions tells them."""
    return BESIDE


@pytest.fixture
def counts_support(monkeypatch: Any) -> Any:
    """Only what this fixture is given supports anything: `counts_support((society, stance, words), …)`."""
    for registry, told in ((supporters, told_lines), (related, told_beside)):
        monkeypatch.setattr(registry, "_paths", {"tests": f"{__name__}.{told.__name__}"})
        monkeypatch.setattr(registry, "_things", {"tests": told})
    LINES.clear()
    BESIDE.clear()

    def tell(*lines: tuple[Any, str, str]) -> None:
        LINES[:] = lines

    yield tell
    LINES.clear()
    BESIDE.clear()


def confirm(cast: Any, position: Position, *, at: Any = None, by: str = "staff", digest: str = "") -> Any:
    """The list as it is, confirmed."""
    at = at or cast.at
    digest = digest or digest_of_list(supporting_now(position))
    return actions.confirm_supporters(position, digest=digest, viewer=cast.viewer(by, at), at=at)


def decided_by_ballot(cast: Any, position: Position, *votes: str, day: int = 130) -> tuple[Ballot, Any]:
    """The chief executives of Harbour and Lagoon vote; the result is certified by two."""
    at = later(cast, day)
    ballot = actions.put_to_ballot(
        position,
        body=cast.ceos,
        opens_at=later(cast, day + 1),
        closes_at=later(cast, day + 11),
        zone="UTC",
        viewer=cast.viewer("staff", at),
        at=at,
    )
    return voted(cast, ballot, *votes, day=day)


def voted(cast: Any, ballot: Ballot, *votes: str, day: int) -> tuple[Ballot, Any]:
    """Announced, opened, voted on, certified."""
    ballots.announce_ballot(ballot, viewer=cast.viewer("staff", later(cast, day)), at=later(cast, day))
    at = later(cast, day + 2)
    calls.open_call(ballot.call, at=at)
    for person, choice in zip((cast.chair, cast.delegate), votes, strict=False):
        vote(fresh(ballot), person, choice, at)
    return certified(cast, ballot)
