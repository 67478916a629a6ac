"""Commenting for a society: with a mandate, on words of a paragraph, late ones marked; how comments follow the text."""

from __future__ import annotations

import pytest

from collegium.core.access.standard import MEMBERS
from collegium.core.people.actions import end_mandate
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Comment, Consultation, Position
from collegium.rooms.positions.queries.comments import table

from .factories import (
    TEXT,
    fail_after,
    give_mandate,
    in_state,
    later,
    make_comment,
    move,
    refused,
    tell,
    write,
)

pytestmark = pytest.mark.django_db
NO_MANDATE = "You comment for a society that gave you a mandate to do so; ask its liaison."


@pytest.fixture
def asked(cast):
    return in_state(cast, "comment")


def test_make_comment_is_the_societys_and_says_by_whom(cast, asked):
    comment = make_comment(cast, asked, proposal="within one day")
    assert (comment.number, comment.society, comment.by, comment.tenure) == (
        1,
        cast.lagoon,
        cast.delegate,
        cast.tenures["delegate"],
    )
    assert (comment.revision, comment.block_key, comment.quote, comment.proposal) == (
        asked.presented,
        2,
        "within two days",
        "within one day",
    )
    assert (comment.prefix, comment.suffix) == ("Plans should answer ", ".")
    assert (comment.html, comment.is_late, comment.is_orphan) == (
        "<p>Two days are <em>too long</em> for a child.</p>",
        False,
        False,
    )
    event = Event.objects.get(name="comment.made")
    assert (event.entry, event.acting_for, event.audience_id) == (
        comment.consultation.entry,
        cast.lagoon,
        MEMBERS,
    )
    assert event.facts == {"comment": comment.pk, "number": 1}


def test_make_comment_tells_the_drafters(cast, asked):
    tell()
    make_comment(cast, asked)
    assert tell() == [("ines-okafor", "CommentMade")]


def test_comments_stay_with_member_societies_when_the_position_is_public(cast):
    position = in_state(cast, "public")
    consultation = Consultation.objects.get(position=position)
    assert consultation.entry.audience_id == MEMBERS
    assert consultation.entry.title == position.entry.title


def test_make_comment_after_the_window_is_late_and_never_dropped(cast, asked):
    assert not make_comment(cast, asked, at=later(cast, 39.9)).is_late
    assert make_comment(cast, asked, at=later(cast, 40)).is_late
    move(cast, asked, "disposition", at=later(cast, 41))
    assert make_comment(cast, asked, at=later(cast, 42)).is_late


def test_make_comment_needs_a_mandate_of_ones_own(cast, asked):
    def commenting(part, tenure):
        return actions.make_comment(
            asked, raw="x", tenure=cast.tenures.get(tenure), viewer=cast.viewer(part), at=cast.at
        )

    for part, tenure in (("delegate", "delegate"), ("staff", "staff"), ("outsider", "outsider")):
        with refused(NO_MANDATE):
            commenting(part, tenure)
    give_mandate(cast, "delegate", "vote")
    with refused(NO_MANDATE):
        commenting("delegate", "delegate")
    give_mandate(cast, "delegate")
    with refused(NO_MANDATE):
        commenting("peer", "delegate")
    mandate = cast.tenures["delegate"].mandates.get(act="comment")
    end_mandate(mandate, last_day=cast.at.date(), by=None, at=cast.at)
    assert commenting("delegate", "delegate").number == 1
    with refused(NO_MANDATE):
        viewer = cast.viewer("delegate", later(cast, 2))
        actions.make_comment(asked, raw="x", tenure=cast.tenures["delegate"], viewer=viewer, at=later(cast, 2))


@pytest.mark.parametrize("state", ["sign-on", "ballot", "adopted", "public"])
def test_make_comment_is_over_when_support_is_asked(cast, state):
    position = in_state(cast, state)
    give_mandate(cast)
    with refused("No comments are taken now."):
        make_comment(cast, position)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"raw": " "}, "Write the comment first."),
        ({"raw": "x" * 20_001}, "This is too long: 20,001 characters, and there is room for 20,000."),
        ({"block": 99}, "The text has no such paragraph."),
        ({"block": None}, "Say in which paragraph these words stand."),
        (
            {"quote": "not there"},
            "These words do not stand there exactly once: copy some more of them, or leave them out.",
        ),
        (
            {"quote": "s"},
            "These words do not stand there exactly once: copy some more of them, or leave them out.",
        ),
    ],
)
def test_make_comment_refuses_what_is_none(cast, asked, facts, reason):
    give_mandate(cast)
    with refused(reason):
        make_comment(cast, asked, **facts)


def test_comments_follow_their_words_within_the_block_or_are_orphans(cast, asked):
    kept = make_comment(cast, asked)
    gone = make_comment(cast, asked, block=3, quote="same specialty")
    removed = make_comment(cast, asked, block=4, quote="")
    whole = make_comment(cast, asked, block=None, quote="")
    move(cast, asked, "disposition", at=later(cast, 41))
    for comment in (kept, gone, removed, whole):
        actions.dispose_comment(
            comment, outcome="accepted", reason="Done.", viewer=cast.viewer("peer"), at=later(cast, 42)
        )
    text = "# What we ask\n\nAll plans should answer within two days.\n\n"
    text += "Physicians of any sort should review a refusal of care."
    write(cast, asked, text, at=later(cast, 43))
    assert not Comment.objects.filter(is_orphan=True).exists()  # societies still read the earlier text
    move(cast, asked, "recirculation", at=later(cast, 44))
    assert set(Comment.objects.filter(is_orphan=True)) == {gone, removed}
    assert [row.comment for row in table(whole.consultation)] == [whole, kept, gone, removed]
    move(cast, asked, "disposition", at=later(cast, 90))
    write(cast, asked, TEXT, at=later(cast, 91))
    move(cast, asked, "recirculation", at=later(cast, 92))
    # Back in its paragraph; a paragraph that was away comes back as another.
    assert set(Comment.objects.filter(is_orphan=True)) == {removed}


def test_make_comment_is_rolled_back_whole(cast, asked):
    give_mandate(cast)
    fail_after(lambda: make_comment(cast, asked))
    assert Position.objects.count() == 1
