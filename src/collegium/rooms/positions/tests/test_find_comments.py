"""Comments on positions are found by their words, by whoever reads them."""

from __future__ import annotations

import pytest

from collegium.core.entries.queries import misplaced_passages
from collegium.rooms.positions.tests.factories import in_state, later, make_comment, move

pytestmark = pytest.mark.django_db


def found(visit, part, words):
    return visit(part).get("/search/", {"q": words}).content.decode()


def test_a_comment_is_found_by_its_words_and_its_proposal_by_member_societies(cast, visit):
    position = in_state(cast, "comment", title="On approvals")
    make_comment(cast, position, raw="A *quokka* waits too long.", proposal="within one wombat")
    for words in ("quokka", "wombat"):
        page = found(visit, "newcomer", words)
        assert f"/positions/{position.pk}/comments/#comment-1" in page
        assert "Society of Lagoon Cardiology" in page
        assert f"/positions/{position.pk}/comments/" not in found(visit, "outsider", words)


def test_comments_on_what_is_public_stay_with_member_societies(cast, visit):
    position = in_state(cast, "comment")
    comment = make_comment(cast, position, raw="A quokka waits too long.")
    from collegium.rooms.positions import actions

    at = later(cast, 41)
    move(cast, position, "disposition", at=at)
    actions.dispose_comment(comment, outcome="rejected", reason="No.", viewer=cast.viewer("peer", at), at=at)
    for number, state in enumerate(("sign-on", "ballot", "adopted", "public")):
        move(cast, position, state, at=later(cast, 42 + 41 * number), reason="So decided.")
    assert "#comment-1" in found(visit, "newcomer", "quokka")
    assert "#comment-1" not in found(visit, None, "quokka")
    assert list(misplaced_passages()) == []
