"""What becomes of an objection: said by those who run the ballot, shown beside the result, printed in the protocol."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import ObjectionAnswer
from collegium.rooms.ballots.protocol import _given
from collegium.rooms.ballots.queries.showing import page_of
from collegium.rooms.ballots.queries.told import told_of

from .scene import certified, closed, fresh, opened, row_of, told, vote
from .test_pages_running import clock, signed_in

__all__ = ["clock"]
pytestmark = pytest.mark.django_db


def objected(cast, **facts):
    """Counted and certified: the chair's society objected."""
    ballot, at = opened(cast, rule={"takes_objections": True}, publication="by_society", **facts)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "objection", at, raw="Too *wide*.", remedy="Name the journals.")
    return certified(cast, ballot)


def say(cast, ballot, at, *, by="staff", outcome="in-part", reason="Two are named.", row=None):
    row = row or row_of(ballot, cast.chair)
    return actions.answer_objection(ballot, row=row, outcome=outcome, reason=reason, viewer=cast.viewer(by, at), at=at)


def test_answer_objection_says_what_becomes_of_the_remedy(cast):
    ballot, at = objected(cast)
    before = told_of(ballot, verifies=True)
    say(cast, ballot, at)
    (one,) = told_of(fresh(ballot), verifies=True).objections
    assert one.answer is not None
    assert (one.remedy, one.answer.outcome, one.answer.reason) == ("Name the journals.", "in-part", "Two are named.")
    event = Event.objects.get(name="objection.answered")
    assert (event.actor, event.facts) == (cast.staff, {"row": one.row_id, "outcome": "in-part"})
    assert told_of(fresh(ballot), verifies=True).count.digest == before.count.digest


def test_what_was_said_before_stays_and_the_newest_counts(cast):
    ballot, at = objected(cast)
    say(cast, ballot, at)
    say(cast, ballot, at, by="chair", outcome="taken-up", reason="All are named.")
    (one,) = told_of(fresh(ballot), verifies=True).objections
    assert one.answer is not None
    assert one.answer.outcome == "taken-up"
    assert ObjectionAnswer.objects.count() == 2


def test_answer_objection_is_refused_before_the_count_to_others_and_where_nobody_objected(cast):
    ballot, at = opened(cast, rule={"takes_objections": True}, publication="by_society")
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "objection", at, raw="No.", remedy="Other.")
    with pytest.raises(Refused, match="once the votes of an open ballot are counted"):
        say(cast, ballot, at)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="team and the officers"):
        say(cast, ballot, at, by="delegate")
    with pytest.raises(Refused, match="There is no objection"):
        say(cast, ballot, at, row=row_of(ballot, cast.delegate))
    with pytest.raises(Refused, match="what becomes of the remedy"):
        say(cast, ballot, at, outcome="perhaps")
    with pytest.raises(Refused, match="Say why"):
        say(cast, ballot, at, reason=" ")
    actions.annul_ballot(ballot, reason="Off.", viewer=cast.viewer("chair", at), at=at)
    with pytest.raises(Refused, match="annulled"):
        say(cast, ballot, at)
    assert not ObjectionAnswer.objects.exists()


def test_whoever_may_vote_for_whom_objected_is_told(cast):
    ballot, at = objected(cast)
    say(cast, ballot, at)
    assert told("objection.answered", at) == [f"ObjectionAnswered: {cast.chair.name}"]


def test_it_stands_in_the_protocol(cast):
    ballot, at = objected(cast)
    say(cast, ballot, at)
    ballot = fresh(ballot)
    given = _given(page_of(ballot, cast.viewer("staff", at)), told_of(ballot, verifies=True), at)
    ((name, words, remedy, became),) = given["objections"]
    assert (name, words) == (cast.harbour.name, "Too wide.")
    assert (remedy, became) == (
        "Remedy: Name the journals.",
        "The remedy is taken up in part: Two are named.",
    )


def test_it_is_said_on_a_page_and_read_beside_the_result(cast, clock):
    ballot, at = objected(cast)
    clock.move_to(at)
    url = f"/ballots/{ballot.pk}/objections/{row_of(ballot, cast.chair).pk}/"
    staff = signed_in(cast.staff)
    assert url in staff.get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Name the journals." in staff.get(url).content.decode()
    sent = {"outcome": "declined", "reason": "Kept words."}
    for bad in ({"outcome": ""}, {"outcome": "x\x00"}, {"reason": ""}, {"reason": "x" * 100_000}, {"reason": "a\x00b"}):
        assert staff.post(url, sent | bad).status_code == 422, bad
    assert staff.post(url, sent).status_code == 303
    page = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "The remedy is not taken up" in page
    assert "Kept words." in page
    assert url not in page
    assert signed_in(cast.delegate).get(url).status_code == 404
    assert staff.get(f"/ballots/{ballot.pk}/objections/999999/").status_code == 404


def test_answer_objection_is_rolled_back_whole(cast):
    from django.db import transaction

    ballot, at = objected(cast)
    events = Event.objects.count()
    with transaction.atomic():
        say(cast, ballot, at)
        transaction.set_rollback(True)
    assert (ObjectionAnswer.objects.count(), Event.objects.count()) == (0, events)
