"""A comment period is a call: who has commented has answered, who has nothing to say says so, nobody is asked twice."""

from __future__ import annotations

import pytest

from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, RollRow
from collegium.core.calls.queries import tally
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Comment, Position

from .asking import asking_calls, mandates, row_for, say
from .factories import in_state, later, make_comment, move, refused, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def position(cast) -> Position:
    mandates(cast, "comment")
    return in_state(cast, "comment")


def stands(cast, position: Position, society: str = "lagoon") -> str:
    """What the society has answered, empty for nothing."""
    answer = Answer.objects.filter(row=row_for(cast, position, society), ended_at=None).first()
    return answer.choice if answer else ""


def test_all_members_are_asked_until_the_window_closes(cast, position):
    [call] = asking_calls(position)
    assert sorted(row.organization.slug for row in RollRow.objects.filter(call=call)) == ["harbour", "lagoon", "reef"]
    assert (call.opens_at, call.closes_at, call.about) == (cast.at, later(cast, 40), position.entry)
    assert call.entry.title == f"Comments on: {position.entry.title}"


def test_what_is_asked_beyond_the_text_stands_in_the_call(cast):
    position = in_state(cast, "drafting")
    move(cast, position, "comment", questions="Which *dates* can you keep?")
    [call] = asking_calls(position)
    assert "Which <em>dates</em> can you keep?" in call.html
    assert position.windows.get().questions == "Which *dates* can you keep?"
    with refused("This is too long: 5,001 characters, and there is room for 5,000."):
        move(cast, in_state(cast, "drafting"), "comment", questions="x" * 5001)


def test_who_comments_has_answered(cast, position):
    make_comment(cast, position)
    make_comment(cast, position, block=None, quote="", raw="And on the whole.")
    assert stands(cast, position) == "commented"
    assert Answer.objects.count() == 1
    [call] = asking_calls(position)
    assert tally(call, cast.at).by_choice == {"commented": 1}


def test_words_of_an_answer_are_a_comment_on_the_whole(cast, position):
    answer = say(cast, position, "lagoon", "commented", "Name the *review*.", days=3)
    comment = Comment.objects.get()
    assert (comment.raw, comment.society, comment.by, comment.block_key, comment.is_late) == (
        "Name the *review*.",
        cast.lagoon,
        cast.delegate,
        None,
        False,
    )
    assert comment.tenure == answer.tenure
    say(cast, position, "lagoon", "commented", "Name the *review*.", days=4)
    assert Comment.objects.count() == 1


def test_the_team_enters_what_was_sent(cast, position):
    row = row_for(cast, position, "reef")
    calls.enter_answer(
        row,
        choice="commented",
        raw="Too short.",
        evidence="A letter of Ada Reef.",
        viewer=cast.viewer("staff", later(cast, 2)),
        at=later(cast, 2),
    )
    comment = Comment.objects.get()
    assert (comment.society, comment.by, comment.tenure) == (cast.reef, cast.staff, None)


def test_commented_means_there_is_a_comment_and_nothing_that_there_is_none(cast, position):
    with refused("Write the comment here, or comment on a paragraph of the text."):
        say(cast, position, "lagoon", "commented", days=3)
    say(cast, position, "lagoon", "nothing", days=3)
    make_comment(cast, position, at=later(cast, 4))
    assert stands(cast, position) == "commented"
    with refused("Your society has commented: withdraw its comments first."):
        say(cast, position, "lagoon", "nothing", days=5)
    at = later(cast, 5)
    with refused("Withdraw the comments themselves, where they stand."):
        calls.withdraw_answer(row_for(cast, position, "lagoon"), viewer=cast.viewer("delegate", at), at=at)


def test_withdrawing_the_last_comment_takes_the_answer_back(cast, position):
    first, second = make_comment(cast, position), make_comment(cast, position)
    at = later(cast, 2)
    viewer = cast.viewer("delegate", at)
    actions.withdraw_comment(first, reason="Said twice.", viewer=viewer, at=at)
    assert stands(cast, position) == "commented"
    actions.withdraw_comment(second, reason="Solved.", viewer=viewer, at=at)
    assert stands(cast, position) == ""
    assert not row_for(cast, position, "lagoon").is_answered


def test_late_comments_are_taken_and_answer_nothing(cast, position):
    comment = make_comment(cast, position, at=later(cast, 41))
    assert comment.is_late
    assert stands(cast, position) == ""
    move(cast, position, "disposition", at=later(cast, 42))
    assert asking_calls(position)[0].closed_at == later(cast, 42)


def test_a_text_asked_about_again_goes_to_those_who_commented(cast, position):
    comment = make_comment(cast, position)
    at = later(cast, 41)
    move(cast, position, "disposition", at=at)
    how = {"outcome": "accepted", "reason": "Yes.", "viewer": cast.viewer("peer", at), "at": at}
    actions.dispose_comment(comment, **how)
    write(cast, position, "Plans answer within a day.", at=at)
    move(cast, position, "recirculation", at=at)
    [call] = asking_calls(position)
    assert [row.organization.slug for row in RollRow.objects.filter(call=call)] == ["lagoon"]
    assert stands(cast, position) == ""
