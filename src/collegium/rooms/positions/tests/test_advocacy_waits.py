"""A letter that follows from a position stays locked until the support that was set beforehand is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from collegium.core.access.errors import Refused
from collegium.rooms.signons.models import Letter
from collegium.rooms.signons.tests import scene as letters

from .asking import asked_for_support, say
from .factories import in_state, later, move

pytestmark = pytest.mark.django_db


def letter_on(cast, position, **facts: Any) -> Letter:
    """Advocacy on the ground of the position, before whoever clears it."""
    delivers_on = later(cast, 300).date()
    letter = letters.drafted(cast, grounds=position.pk, is_advocacy=True, delivers_on=delivers_on, **facts)
    letters.move(cast, letter, "clearance", cast.at)
    return letter


def ask_to_sign(cast, letter: Letter, days: float) -> None:
    at = later(cast, days)
    letters.move(cast, letter, "circulating", at, closes_at=at + timedelta(days=10), reason="It is urgent.")


def test_it_waits_until_societies_have_answered_and_the_rule_holds(cast):
    position = asked_for_support(cast)
    letter = letter_on(cast, position)
    with pytest.raises(Refused, match="Societies are being asked where they stand"):
        ask_to_sign(cast, letter, 90)
    say(cast, position, "lagoon", "decline")
    say(cast, position, "harbour", "support")
    with pytest.raises(Refused, match="has not the support it takes: Of the societies it touches these are against it"):
        ask_to_sign(cast, letter, 123)
    say(cast, position, "lagoon", "support", days=100)
    ask_to_sign(cast, letter, 123)
    assert letters.fresh(letter).entry.state == "circulating"


def test_what_is_adopted_carries_it_and_what_failed_does_not(cast):
    position = in_state(cast, "adopted")
    letter = letter_on(cast, position)
    ask_to_sign(cast, letter, 260)
    assert letters.fresh(letter).entry.state == "circulating"
    position = asked_for_support(cast)
    letter = letter_on(cast, position)
    move(cast, position, "withdrawn", at=later(cast, 90), reason="The rule was dropped.")
    with pytest.raises(Refused, match="is not held any more"):
        ask_to_sign(cast, letter, 123)


def test_what_is_no_advocacy_does_not_wait(cast):
    letter = letters.drafted(
        cast, grounds=asked_for_support(cast).pk, is_advocacy=False, delivers_on=later(cast, 300).date()
    )
    letters.move(cast, letter, "clearance", cast.at)
    ask_to_sign(cast, letter, 90)
    assert letters.fresh(letter).entry.state == "circulating"
