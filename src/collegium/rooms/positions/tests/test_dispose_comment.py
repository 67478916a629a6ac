"""What becomes of a comment: a disposition with its reason, and the society's word on it."""

from __future__ import annotations

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Comment

from .factories import fail_after, in_state, later, make_comment, make_drafter, move, refused, tell

pytestmark = pytest.mark.django_db
OUTCOMES = ["accepted", "principle", "part", "rejected", "duplicate", "out-of-scope"]


@pytest.fixture
def comment(cast):
    """A comment of Lagoon, whose drafters answer comments now."""
    position = in_state(cast, "comment")
    made = make_comment(cast, position)
    move(cast, position, "disposition", at=later(cast, 41))
    return made


def dispose(cast, comment, part="peer", **facts):
    facts = {"outcome": "part", "reason": "One day for children."} | facts
    return actions.dispose_comment(comment, viewer=cast.viewer(part), at=later(cast, 42), **facts)


def answer(cast, comment, part="delegate", **facts):
    facts = {"is_satisfied": False, "words": "Not for adults."} | facts
    return actions.answer_disposition(comment, viewer=cast.viewer(part), at=later(cast, 43), **facts)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_dispose_comment_says_what_becomes_of_it_and_why(cast, comment, outcome):
    made = dispose(cast, comment, outcome=outcome)
    comment.refresh_from_db()
    assert comment.disposition == made
    assert (made.outcome, made.reason, made.by, made.at) == (
        outcome,
        "One day for children.",
        cast.peer,
        later(cast, 42),
    )
    event = Event.objects.get(name="comment.disposed")
    assert event.facts == {"comment": comment.pk, "number": 1, "outcome": outcome, "society": cast.lagoon.pk}


def test_dispose_comment_tells_the_society(cast, comment):
    tell()
    dispose(cast, comment)
    assert tell() == [("ingvild-sorensen", "CommentDisposed")]


def test_dispose_comment_anew_keeps_what_was_said(cast, comment):
    first = dispose(cast, comment)
    answer(cast, comment)
    second = dispose(cast, comment, outcome="accepted", reason="One day for all.")
    comment.refresh_from_db()
    assert (comment.disposition, list(comment.dispositions.all())) == (second, [first, second])
    assert comment.disposition.is_satisfied is None


def test_dispose_comment_is_for_drafters_who_declared_interests_and_the_team(cast, comment):
    make_drafter(cast, comment.consultation.position, "colleague", declares=False)
    for part in ("colleague", "delegate", "chair"):
        with refused("Only its drafters and the council's team answer comments."):
            dispose(cast, comment, part)
    dispose(cast, comment, "staff")


@pytest.mark.parametrize("outcome", ["withdrawn", "", "perhaps"])
def test_dispose_comment_knows_its_outcomes(cast, comment, outcome):
    with refused("There is no such answer."):
        dispose(cast, comment, outcome=outcome)


def test_dispose_comment_needs_a_reason(cast, comment):
    with refused("Give the reason: it is shown and kept."):
        dispose(cast, comment, reason=" ")


def test_answer_disposition_is_the_societys_word(cast, comment):
    with refused("The comment has no answer yet."):
        answer(cast, comment)
    dispose(cast, comment)
    for part in ("peer", "chair", "staff"):
        with refused("Only whom the society gave a mandate to comment does this for it."):
            answer(cast, comment, part)
    made = answer(cast, comment)
    assert (made.is_satisfied, made.answer, made.answered_by) == (False, "Not for adults.", cast.delegate)
    assert Event.objects.get(name="comment.disposition_answered").facts == {
        "comment": comment.pk,
        "number": 1,
        "is_satisfied": False,
    }
    assert answer(cast, comment, is_satisfied=True, words="").is_satisfied


def test_answer_disposition_is_over_before_the_ballot(cast, comment):
    dispose(cast, comment)
    position = comment.consultation.position
    move(cast, position, "sign-on", at=later(cast, 44))
    answer(cast, comment)
    with refused("Comments are answered before the societies are asked for support."):
        dispose(cast, comment)
    move(cast, position, "ballot", at=later(cast, 90), reason="Supported.")
    with refused("This is before the governing body now, with what was said until then."):
        answer(cast, comment)


def test_withdraw_comment_is_for_the_society_and_stays_to_be_read(cast, comment):
    how = {"reason": "Said by others.", "at": later(cast, 42)}
    with refused("Only whom the society gave a mandate to comment does this for it."):
        actions.withdraw_comment(comment, viewer=cast.viewer("peer"), **how)
    made = actions.withdraw_comment(comment, viewer=cast.viewer("delegate"), **how)
    assert (made.outcome, Comment.objects.get().disposition) == ("withdrawn", made)
    assert Event.objects.get(name="comment.withdrawn").acting_for == cast.lagoon
    for deed in (
        lambda: actions.withdraw_comment(comment, viewer=cast.viewer("delegate"), **how),
        lambda: dispose(cast, comment),
        lambda: answer(cast, comment),
    ):
        with refused("The society withdrew this comment."):
            deed()


def test_withdraw_comment_is_over_when_support_is_asked(cast, comment):
    dispose(cast, comment)
    move(cast, comment.consultation.position, "sign-on", at=later(cast, 44))
    with refused("No comments are taken now."):
        actions.withdraw_comment(comment, reason="x", viewer=cast.viewer("delegate"), at=later(cast, 45))


def test_what_becomes_of_a_comment_is_rolled_back_whole(cast, comment):
    fail_after(lambda: dispose(cast, comment))
    fail_after(
        lambda: actions.withdraw_comment(comment, reason="x", viewer=cast.viewer("delegate"), at=later(cast, 42))
    )
    dispose(cast, comment)
    fail_after(lambda: answer(cast, comment))
