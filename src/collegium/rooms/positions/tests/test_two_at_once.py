"""Two write, or take a step, at the same time: the second waits, sees what the first did, and loses nothing unseen."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls.models import Answer
from collegium.core.groups.tests.cast import build_cast
from collegium.core.groups.tests.meeting import Other
from collegium.rooms.ballots import actions as ballots
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Comment, Position

from .asking import mandates, say
from .factories import give_mandate, in_state, later, make_comment, make_drafter, move, write

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds):
    first = Other(deeds[0]).hold()
    second = Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    return second


def test_of_two_who_write_from_the_same_revision_the_second_is_told():
    cast = build_cast()
    position = in_state(cast, "drafting")
    make_drafter(cast, position, "colleague")
    with pytest.raises(Refused, match="somebody wrote revision 2"):
        together(
            lambda: write(cast, position, "Mine.", base=1),
            lambda: write(cast, position, "Theirs.", base=1, by="colleague"),
        ).let_go()
    assert Position.objects.get().current.blocks.get().raw == "Mine."


def test_of_two_who_take_the_same_step_the_second_is_refused():
    cast = build_cast()
    position = in_state(cast, "drafting")
    with pytest.raises(Refused, match="does not go there"):
        together(
            lambda: move(cast, position, "comment"), lambda: move(cast, position, "comment", by="second_staff")
        ).let_go()
    assert position.steps.filter(now="comment").count() == 1


def test_a_comment_that_waits_for_the_last_step_is_refused_and_never_half_made():
    cast = build_cast()
    position = in_state(cast, "disposition")
    give_mandate(cast)
    with pytest.raises(Refused, match="No comments are taken now"):
        together(
            lambda: move(cast, position, "sign-on", at=later(cast, 45)),
            lambda: make_comment(cast, position, at=later(cast, 45)),
        ).let_go()
    assert not Comment.objects.exists()


def test_an_answer_that_waits_for_the_last_step_is_refused_with_its_comment():
    cast = build_cast()
    mandates(cast, "comment")
    position = in_state(cast, "comment")
    with pytest.raises(Refused, match=r"The time for answers is over|This call was cancelled"):
        together(
            lambda: move(cast, position, "withdrawn", at=later(cast, 5), reason="It is off."),
            lambda: say(cast, position, "lagoon", "commented", "Too short.", days=5),
        ).let_go()
    assert not Comment.objects.exists()
    assert not Answer.objects.exists()


def test_a_step_waits_for_an_answer_and_takes_it_along():
    cast = build_cast()
    mandates(cast, "comment")
    position = in_state(cast, "comment")
    together(
        lambda: say(cast, position, "lagoon", "commented", "Too short.", days=5),
        lambda: move(cast, position, "withdrawn", at=later(cast, 5), reason="It is off."),
    ).let_go()
    assert Comment.objects.get().society == cast.lagoon
    assert Answer.objects.get().choice == "commented"
    assert Position.objects.get().entry.state == "withdrawn"


def test_of_two_ballots_that_are_called_at_once_about_one_position_the_second_is_refused():
    cast = build_cast()
    position = in_state(cast, "ballot")
    at = later(cast, 130)
    team = cast.viewer("staff", at)
    window = {"opens_at": later(cast, 131), "closes_at": later(cast, 141), "zone": "UTC"}

    def put():
        return actions.put_to_ballot(position, body=cast.ceos, **window, viewer=team, at=at)

    old = put()
    ballots.annul_ballot(old, reason="Wrong text.", viewer=team, at=at)
    with pytest.raises(Refused, match="There is a ballot about it already"):
        together(put, lambda: ballots.rerun_ballot(old, viewer=team, at=at)).let_go()
    standing = Ballot.objects.get(annulled_at=None)
    ballots.annul_ballot(standing, reason="Wrong text.", viewer=team, at=at)
    with pytest.raises(Refused, match="There is a ballot about it already"):
        together(lambda: ballots.rerun_ballot(old, viewer=team, at=at), put).let_go()
    assert Ballot.objects.get(annulled_at=None).rerun_of == old
