"""The council's team prepares a ballot, changes it, announces it; another room calls one about its own thing."""

from __future__ import annotations

import hashlib

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.calls.models import Call
from collegium.core.calls.queries import Roll
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.actions.preparing import text_hash
from collegium.rooms.ballots.models import Ballot, Option
from collegium.rooms.ballots.queries.showing import ballots_about

from .scene import DAY, announced, fresh, prepared, question, told

ELECTION = {"method": "stv", "seats": 2}


def test_a_prepared_ballot_is_the_teams_alone(cast):
    ballot = prepared(cast, **ELECTION)
    assert (ballot.entry.audience_id, ballot.entry.state, ballot.call.kind) == (OFFICE, "prepared", "stv")
    assert [str(option) for option in ballot.options.all()] == ["Ada Birch", "Bo Cedar", "Cy Dogwood"]
    assert ballot.call.about == ballot.entry
    assert Event.objects.get(name="ballot.prepared").facts == {"method": "stv"}
    assert not Ballot.objects.visible_to(cast.viewer("chair")).exists()


@pytest.mark.parametrize("part", ["chair", "delegate", "outsider", None])
def test_only_the_team_prepares(cast, part):
    with pytest.raises(Refused, match="council’s team"):
        actions.prepare_ballot(question(cast), viewer=cast.viewer(part), at=cast.at)
    assert (Ballot.objects.count(), Call.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"method": "shouting"}, "no such method"),
        ({"publication": "everything"}, "no such"),
        ({"rule": {"threshold": "most"}}, "no such rule"),
        ({"rule": {"base": "everybody"}}, "no such rule"),
        ({"rule": {"quorum_base": "valid"}}, "no such rule"),
        ({"rule": {"tie": "coin"}}, "no such rule"),
        ({"rule": {"notice_days": 121}}, "no such rule"),
        ({"options": (("Ada", ""), ("Bo", ""))}, "has no candidates"),
        ({"seats": 2}, "has no candidates"),
        (ELECTION | {"options": (("Ada", ""),)}, "at least two"),
        (ELECTION | {"options": (("Ada", ""), ("ada ", ""), ("Bo", ""))}, "a name of its own"),
        (ELECTION | {"seats": 3}, "fewer places"),
        (ELECTION | {"seats": 0}, "at least one"),
        ({"tellers": (0,)}, "no such person"),
        ({"title": " "}, "Give it a title"),
        ({"is_secret": True, "publication": "by_society"}, "nobody knows it"),
        ({"is_secret": True, "rule": {"takes_objections": True}}, "takes none"),
        ({"is_secret": True, "rule": {"tie": "casting"}}, "a tie is not carried"),
    ],
)
def test_what_cannot_be_asked_is_refused(cast, facts, refusal):
    with pytest.raises(Refused, match=refusal):
        prepared(cast, **facts)
    assert (Ballot.objects.count(), Call.objects.count()) == (0, 0)


def test_in_a_secret_ballot_all_votes_weigh_the_same(cast):
    weights = Roll(weights={cast.lagoon.pk: 3})
    assert prepared(cast, roll=weights).call.roll_rule["weights"] == {str(cast.lagoon.pk): 3}
    with pytest.raises(Refused, match="known by it"):
        prepared(cast, roll=weights, is_secret=True)


def test_it_is_changed_until_it_is_announced(cast):
    ballot = prepared(cast, **ELECTION)
    options = (("Di Elm", ""), ("Ed Fir", "of Reef"))
    changed = question(cast, method="stv", seats=1, title="Who chairs?", options=options, rule={"quorum": "none"})
    ballot = actions.change_ballot(ballot, changed, viewer=cast.viewer("staff"), at=cast.at)
    ballot = fresh(ballot)
    assert (str(ballot), ballot.call.entry.title, ballot.seats) == ("Who chairs?", "Who chairs?", 1)
    assert (ballot.ruleset.quorum, Option.objects.count()) == ("none", 2)
    actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)
    with pytest.raises(Refused, match="is not changed"):
        actions.change_ballot(ballot, changed, viewer=cast.viewer("staff"), at=cast.at)


@pytest.mark.parametrize("facts", [{"method": "approval", "seats": 1}, {"method": "stv", "is_secret": True}])
def test_its_method_and_secrecy_stay(cast, facts):
    ballot = prepared(cast, **ELECTION)
    with pytest.raises(Refused, match="stay"):
        actions.change_ballot(ballot, question(cast, **facts), viewer=cast.viewer("staff"), at=cast.at)


# --- announced


def test_the_announcement_shows_it_with_its_hash_and_the_lots(cast):
    ballot = fresh(announced(cast, **ELECTION))
    assert ballot.entry.audience == cast.ceos.circle.audience
    assert ballot.entry.state == "announced"
    assert ballot.text_hash == text_hash(ballot, list(ballot.options.all()))
    by_hash = sorted(ballot.lots, key=lambda pk: hashlib.sha256(f"{ballot.lot_seed}:{pk}".encode()).hexdigest())
    assert (sorted(ballot.lots), ballot.lots) == ([option.pk for option in ballot.options.all()], by_hash)
    recorded = Event.objects.get(name="ballot.announced").facts
    assert recorded == {"text": ballot.text_hash, "seed": ballot.lot_seed, "lots": ballot.lots}


def test_the_members_of_the_body_are_told(cast):
    announced(cast)
    assert told("ballot.announced", cast.at) == ["BallotAnnounced: Ingvild Sorensen", "BallotAnnounced: Ruth Alder"]


def test_the_notice_its_rule_asks_for_is_kept(cast):
    ballot = prepared(cast, rule={"notice_days": 7})
    with pytest.raises(Refused, match="asks for 7 days"):
        actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)
    early = cast.at - 6 * DAY
    assert actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=early).call.announced_at == early


def test_an_opening_that_has_passed_is_no_notice(cast):
    ballot = prepared(cast)
    with pytest.raises(Refused, match="opening has passed"):
        actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at + 2 * DAY)
    assert fresh(ballot).entry.state == "prepared"


def test_it_is_announced_once_and_by_the_team(cast):
    ballot = prepared(cast)
    with pytest.raises(Refused, match="council’s team"):
        actions.announce_ballot(ballot, viewer=cast.viewer("chair"), at=cast.at)
    actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)
    with pytest.raises(Refused, match="is not changed"):
        actions.announce_ballot(ballot, viewer=cast.viewer("staff"), at=cast.at)


def test_its_call_is_not_announced_without_it(cast):
    from collegium.core.calls import actions as calls

    ballot = prepared(cast)
    with pytest.raises(Refused, match="on its own page"):
        calls.announce_call(ballot.call, by=cast.staff, at=cast.at)
    assert fresh(ballot).call.announced_at is None


# --- for another room


def test_another_room_calls_a_ballot_about_its_own_thing(cast):
    ballot = actions.call_ballot(question(cast), by=cast.chair, at=cast.at, about=cast.cfos.entry)
    assert ballot.about == cast.cfos.entry
    assert list(ballots_about(cast.cfos.entry, cast.viewer("staff"))) == [ballot]
    assert list(ballots_about(cast.cfos.entry, cast.viewer("chair"))) == []
