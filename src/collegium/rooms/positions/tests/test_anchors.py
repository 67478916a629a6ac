"""Words of a block are found again in the same block, or said to be gone; never guessed elsewhere."""

from __future__ import annotations

import pytest

from collegium.rooms.positions.anchors import Anchor, anchored, stands_in

TEXT = "Plans should answer within two days. Refusals are reviewed by physicians of the same specialty."


def test_words_are_anchored_with_what_stands_around_them():
    assert anchored("within\n two days", TEXT) == Anchor(
        "within two days", "Plans should answer ", ". Refusals are reviewed by physicians of"
    )


@pytest.mark.parametrize("quote", ["not there", "re"])
def test_words_that_stand_there_never_or_more_than_once_have_no_anchor(quote):
    assert anchored(quote, TEXT) is None


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (TEXT, True),
        ("PLANS should answer within  two days.", True),
        ("Refusals are reviewed by two physicians of the same specialty.", True),
        ("Refusals are reviewed by a board.", False),
        ("Same specialty: refusals may of course be seen by any of the physicians who are there.", False),
        ("", False),
    ],
)
def test_words_are_found_again_if_most_of_them_are_there(text, stands):
    anchor = Anchor("Refusals are reviewed by physicians of the same specialty")
    if text.startswith("PLANS"):
        anchor = Anchor("should answer within two days")
    assert stands_in(anchor, text) is stands


def test_no_words_stand_wherever_the_block_is():
    assert stands_in(Anchor(""), "Anything.")


def test_endless_words_are_not_compared():
    assert not stands_in(Anchor("a b " * 2_000), "b c " * 2_000)
