"""After the certificate: published, contested, annulled, run again; and the room that asked hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls.models import Answer
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import Ballot, Contest
from collegium.rooms.ballots.models.ballots import CONTEST_WINDOW
from collegium.rooms.ballots.registry import annulments, outcomes, reruns

from .scene import DAY, announced, certified, closed, fresh, opened, question, told, vote


def decided(cast, **facts):
    ballot, at = opened(cast, **facts)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "yes", at)
    return certified(cast, ballot)


def contest(ballot, cast, at, part="delegate"):
    return actions.contest_ballot(ballot, reason="The text was another.", viewer=cast.viewer(part, at), at=at)


def test_a_certified_result_is_told_and_published(cast):
    ballot, at = decided(cast)
    assert told("ballot.certified", at) == ["BallotCertified: Ingvild Sorensen", "BallotCertified: Ruth Alder"]
    ballot = actions.publish_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    assert (ballot.published_at, ballot.entry.state) == (at, "published")
    with pytest.raises(Refused, match="and once"):
        actions.publish_ballot(ballot, viewer=cast.viewer("staff", at), at=at)


def test_what_is_not_certified_is_not_published_and_not_by_anybody(cast):
    ballot, _at = opened(cast)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="Only a certified result"):
        actions.publish_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    with pytest.raises(Refused, match="officers of the body"):
        actions.publish_ballot(ballot, viewer=cast.viewer("delegate", at), at=at)


# --- contested


def test_a_contest_holds_up_publication_until_it_is_ruled_on(cast):
    ballot, at = decided(cast)
    made = contest(ballot, cast, at)
    assert (fresh(ballot).entry.state, told("ballot.contested", at)) == (
        "contested",
        ["BallotContested: Ruth Alder"],
    )
    with pytest.raises(Refused, match="is contested"):
        actions.publish_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    actions.rule_contest(made, upheld=False, reason="It was not.", viewer=cast.viewer("chair", at), at=at)
    assert fresh(ballot).entry.state == "certified"
    actions.publish_ballot(ballot, viewer=cast.viewer("staff", at), at=at)


def test_upheld_it_annuls_the_ballot(cast):
    ballot, at = decided(cast)
    actions.rule_contest(
        contest(ballot, cast, at), upheld=True, reason="It was.", viewer=cast.viewer("chair", at), at=at
    )
    ballot = fresh(ballot)
    assert (ballot.annulled_at, ballot.annulled_for, ballot.entry.state) == (at, "It was.", "annulled")
    assert Answer.objects.filter(ended_at=None).count() == 2


def test_it_is_contested_within_seven_days_by_those_who_were_entitled(cast):
    ballot, at = decided(cast)
    with pytest.raises(Refused, match="Only those who were entitled"):
        contest(ballot, cast, at, part="staff")
    with pytest.raises(Refused, match="within seven days"):
        contest(ballot, cast, at + CONTEST_WINDOW)
    contest(ballot, cast, at + CONTEST_WINDOW - timedelta(microseconds=1))
    with pytest.raises(Refused, match="waits for a ruling"):
        contest(ballot, cast, at)
    assert Contest.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "reason", "refusal"),
    [("staff", "x", "Only an officer"), ("chair", "x", "concerned"), ("chair", " ", "why")],
)
def test_a_contest_is_ruled_on_by_an_officer_who_is_not_concerned(cast, part, reason, refusal):
    ballot, at = decided(cast)
    made = contest(ballot, cast, at, part="chair" if refusal == "concerned" else "delegate")
    with pytest.raises(Refused, match=refusal):
        actions.rule_contest(made, upheld=True, reason=reason, viewer=cast.viewer(part, at), at=at)
    assert Contest.objects.get().ruling == ""


# --- annulled, and run again


@pytest.mark.parametrize("make", [announced, lambda cast: opened(cast)[0], lambda cast: decided(cast)[0]])
def test_it_is_annulled_in_every_state_and_votes_are_kept(cast, make):
    ballot = make(cast)
    at = cast.at + 30 * DAY
    votes = Answer.objects.count()
    actions.annul_ballot(ballot, reason="Wrong text.", viewer=cast.viewer("chair", at), at=at)
    ballot = fresh(ballot)
    assert (ballot.annulled_for, ballot.entry.state, Answer.objects.count()) == ("Wrong text.", "annulled", votes)
    assert ballot.call.is_over
    with pytest.raises(Refused, match="is annulled"):
        actions.annul_ballot(ballot, reason="Again.", viewer=cast.viewer("chair", at), at=at)


@pytest.mark.parametrize(("part", "reason", "refusal"), [("delegate", "x", "officers"), ("chair", "", "Say why")])
def test_who_annuls_runs_it_and_says_why(cast, part, reason, refusal):
    ballot, at = opened(cast)
    with pytest.raises(Refused, match=refusal):
        actions.annul_ballot(ballot, reason=reason, viewer=cast.viewer(part, at), at=at)
    assert fresh(ballot).annulled_at is None


def test_whoever_cancels_its_call_annuls_it(cast):
    from collegium.core.calls import actions as calls

    ballot, at = opened(cast)
    calls.cancel_call(ballot.call, reason="Off.", by=cast.staff, at=at)
    ballot = fresh(ballot)
    assert (ballot.annulled_for, Event.objects.filter(name="ballot.annulled").count()) == ("Off.", 1)


def test_an_annulled_ballot_is_run_again_and_linked(cast):
    ballot, at = opened(cast, method="stv", seats=2, tellers=(cast.peer.pk,))
    with pytest.raises(Refused, match="Only an annulled"):
        actions.rerun_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    actions.annul_ballot(ballot, reason="Wrong text.", viewer=cast.viewer("chair", at), at=at)
    with pytest.raises(Refused, match="council’s team"):
        actions.rerun_ballot(ballot, viewer=cast.viewer("chair", at), at=at)
    again = actions.rerun_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    assert (again.rerun_of, again.entry.state, again.call.window) == (ballot, "prepared", ballot.call.window)
    assert [str(option) for option in again.options.all()] == [str(option) for option in ballot.options.all()]
    assert again.tellers.get().person == cast.peer
    with pytest.raises(Refused, match="already"):
        actions.rerun_ballot(ballot, viewer=cast.viewer("staff", at), at=at)


# --- the room that asked

heard: list[tuple] = []


def hear(ballot: Ballot, at) -> None:
    """As a room above would."""
    heard.append((ballot.about_id, ballot.outcome, ballot.annulled_at))


@pytest.fixture
def listening(monkeypatch):
    heard.clear()
    for registry in (outcomes, annulments):
        monkeypatch.setitem(registry._paths, "group", f"{__name__}.hear")
        monkeypatch.setitem(registry._things, "group", hear)


def test_the_room_that_asked_hears_of_the_certificate_and_of_the_annulment(cast, listening):
    ballot = actions.call_ballot(question(cast), by=cast.staff, at=cast.at, about=cast.cfos.entry)
    actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)
    at = cast.at + 2 * DAY
    from collegium.core.calls import actions as calls

    calls.advance_calls(at=at)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "yes", at)
    ballot, at = certified(cast, ballot)
    assert heard == [(cast.cfos.pk, "passed", None)]
    actions.annul_ballot(ballot, reason="Wrong text.", viewer=cast.viewer("chair", at), at=at)
    assert heard[1:] == [(cast.cfos.pk, "passed", at)]


def allow(ballot: Ballot) -> None:
    """As a room above would that knows when the thing no longer waits for this vote."""
    if not heard:
        raise Refused("It waits for nothing.")


def test_the_room_that_asked_is_asked_before_it_is_run_again(cast, monkeypatch):
    heard.clear()
    monkeypatch.setitem(reruns._paths, "group", f"{__name__}.allow")
    monkeypatch.setitem(reruns._things, "group", allow)
    wording = "a" * 64
    asked = question(cast, raw=f"In the wording `{wording}`.")
    ballot = actions.call_ballot(asked, by=cast.staff, at=cast.at, about=cast.cfos.entry, about_hash=wording)
    actions.annul_ballot(ballot, reason="Wrong text.", viewer=cast.viewer("chair"), at=cast.at)
    with pytest.raises(Refused, match="waits for nothing"):
        actions.rerun_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)
    heard.append(())
    again = actions.rerun_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)
    assert (again.rerun_of, again.about, again.about_hash) == (ballot, cast.cfos.entry, wording)


def test_a_question_about_a_wording_names_it(cast):
    with pytest.raises(Refused, match="names by its hash"):
        actions.call_ballot(question(cast), by=cast.staff, at=cast.at, about=cast.cfos.entry, about_hash="a" * 64)
    assert not Ballot.objects.exists()
