"""From the announcement to the certificate: an open motion is voted on, counted and certified by two."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions as calls
from collegium.core.groups import actions as groups
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import Ballot, CastingVote, Certification, Count
from collegium.rooms.ballots.queries.checking import unsound_ballots
from collegium.rooms.ballots.queries.showing import page_of
from collegium.rooms.ballots.views.offering import offered

from .scene import DAY, ceo, certified, closed, fill, fresh, opened, vote


def history(ballot: Ballot) -> list[str]:
    found = Event.objects.filter(entry=ballot.entry, name__startswith="ballot.").order_by("pk")
    return list(found.values_list("name", flat=True))


def test_a_motion_goes_its_whole_way(cast):
    others = fill(cast, 3)
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "no", at)
    vote(ballot, others[0], "yes", at)
    vote(ballot, others[1], "abstain", at)
    ballot, at = certified(cast, ballot)
    assert (ballot.outcome, ballot.certified_at, ballot.entry.state) == ("passed", at, "certified")
    result = Count.objects.get(ballot=ballot, number=1).result
    assert result["tally"] == {"yes": 2, "no": 1, "abstained": 1, "recused": 0, "silent": 1}
    assert result["quorum"] == {"votes": 4, "needed": 3, "base": 5, "is_met": True}
    assert result["in_favour"] == {"votes": 2, "needed": 2, "base": 3, "is_met": True}
    assert len(set(Count.objects.filter(ballot=ballot).values_list("digest", flat=True))) == 1
    assert history(ballot) == [
        "ballot.prepared",
        "ballot.announced",
        "ballot.counted",
        "ballot.verified",
        "ballot.verified",
        "ballot.certified",
    ]
    assert list(unsound_ballots()) == []


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        (["yes", "no", "abstain"], "tied"),
        (["no", "no", "yes"], "failed"),
        (["yes"], "no_quorum"),
        (["yes", "yes"], "no_quorum"),
        ([], "no_result"),
        (["yes", "recused", "yes"], "no_quorum"),
    ],
)
def test_each_outcome_has_its_name(cast, votes, outcome):
    voters = [cast.delegate, cast.chair, *fill(cast, 3)]
    ballot, at = opened(cast)
    for person, choice in zip(voters, votes, strict=False):
        vote(ballot, person, choice, at, raw="Because.")
    ballot, _at = closed(ballot)
    assert (ballot.outcome, ballot.entry.state) == (outcome, "counted")


def test_the_same_votes_pass_under_four_rules_and_fail_under_two(cast):
    """What is printed beside every result is the rule, for the numbers alone decide nothing."""
    voters = [cast.delegate, cast.chair, *fill(cast, 8)]
    said = ["yes"] * 6 + ["no"] * 1 + ["abstain"] + ["recused"] + [None]
    outcomes = {}
    for base in ("valid", "cast", "able", "entitled"):
        ballot, at = opened(cast, rule={"threshold": "three_quarters", "base": base})
        for person, choice in zip(voters, said, strict=True):
            if choice:
                vote(ballot, person, choice, at, raw="Because.")
        outcomes[base] = closed(ballot)[0].outcome
    assert outcomes == {"valid": "passed", "cast": "passed", "able": "failed", "entitled": "failed"}


def test_nothing_is_counted_while_a_vote_can_come_in(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    with pytest.raises(Refused, match="nothing to count"):
        actions.count_ballot(ballot, at=at)
    assert actions.advance_ballots(at=at) == 0


def test_it_closes_early_only_where_its_rule_says_so_and_all_have_voted(cast):
    ballot, at = opened(cast, rule={"closes_early": True, "quorum": "half"})
    vote(ballot, cast.delegate, "yes", at)
    assert actions.advance_ballots(at=at) == 0
    vote(ballot, cast.chair, "recused", at, raw="We wrote it.")
    actions.advance_ballots(at=at)
    assert (fresh(ballot).call.closed_at, fresh(ballot).outcome) == (at, "passed")
    other, at = opened(cast)
    vote(other, cast.delegate, "yes", at)
    vote(other, cast.chair, "yes", at)
    assert actions.advance_ballots(at=at) == 0


# --- certified by two


def test_one_person_does_not_certify_alone(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    ballot, at = closed(ballot)
    actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    with pytest.raises(Refused, match="takes a second person"):
        actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    assert fresh(ballot).certified_at is None
    actions.certify_ballot(ballot, viewer=cast.viewer("second_staff", at), at=at)
    assert fresh(ballot).certified_at == at


@pytest.mark.parametrize("part", ["delegate", "peer", "outsider", None])
def test_who_neither_runs_it_nor_counts_does_not_certify(cast, part):
    ballot, _at = opened(cast)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="Only those who run the ballot and its tellers"):
        actions.certify_ballot(ballot, viewer=cast.viewer(part, at), at=at)


def test_where_tellers_are_named_one_of_them_certifies(cast):
    ballot, at = opened(cast, tellers=(cast.delegate.pk,))
    vote(ballot, cast.delegate, "yes", at)
    ballot, at = closed(ballot)
    actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    with pytest.raises(Refused, match="One of the two is a teller"):
        actions.certify_ballot(ballot, viewer=cast.viewer("chair", at), at=at)
    actions.certify_ballot(ballot, viewer=cast.viewer("delegate", at), at=at)
    assert fresh(ballot).certified_at == at


def test_two_tellers_do_not_certify_without_an_officer(cast):
    ballot, _at = opened(cast, tellers=(cast.delegate.pk, cast.peer.pk))
    ballot, at = closed(ballot)
    actions.certify_ballot(ballot, viewer=cast.viewer("delegate", at), at=at)
    with pytest.raises(Refused, match="officer of the body or of the council"):
        actions.certify_ballot(ballot, viewer=cast.viewer("peer", at), at=at)


def test_a_count_that_differs_is_no_certificate(cast):
    ballot, at = opened(cast)
    answer = vote(ballot, cast.delegate, "yes", at)
    ballot, at = closed(ballot)
    type(answer).objects.filter(pk=answer.pk).update(choice="no")
    assert list(unsound_ballots()) == [f"ballot {ballot.pk}: its votes no longer give the result that was counted"]
    ballot = actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    assert (ballot.outcome, Certification.objects.count()) == ("count_error", 0)
    assert history(ballot)[-1] == "ballot.counts_differed"
    with pytest.raises(Refused, match="no count to certify"):
        actions.certify_ballot(ballot, viewer=cast.viewer("chair", at), at=at)


def test_what_cannot_be_counted_is_an_outcome_and_loses_nothing(cast):
    ballot, at = opened(cast, method="stv")
    answer = vote(ballot, cast.delegate, "ranked", at, options=ballot.lots[:2])
    type(answer).objects.filter(pk=answer.pk).update(facts={"options": [0, 0]})
    ballot, _at = closed(ballot)
    assert (ballot.outcome, Count.objects.get().result) == ("count_error", {})


# --- the chair's casting vote


def tied(cast, **rule):
    others = fill(cast, 2)
    ballot, at = opened(cast, rule=rule)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, others[0], "no", at)
    vote(ballot, others[1], "abstain", at)
    return ballot


def test_a_tie_is_decided_by_the_chair_where_the_rule_says_so(cast):
    ballot, at = closed(tied(cast, tie="casting"))
    actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    ballot = actions.cast_deciding_vote(ballot, choice="yes", viewer=cast.viewer("chair", at), at=at)
    assert ballot.outcome == "passed"
    # Whoever certified the tie has not certified this.
    for part in ("staff", "chair"):
        actions.certify_ballot(ballot, viewer=cast.viewer(part, at), at=at)
    assert fresh(ballot).certified_at == at


@pytest.mark.parametrize(
    ("tie", "part", "choice", "refusal"),
    [
        ("fails", "chair", "yes", "no tie for the chair"),
        ("casting", "staff", "yes", "Only an officer"),
        ("casting", "chair", "abstain", "no such answer"),
    ],
)
def test_a_casting_vote_that_is_none_is_refused(cast, tie, part, choice, refusal):
    ballot, at = closed(tied(cast, tie=tie))
    with pytest.raises(Refused, match=refusal):
        actions.cast_deciding_vote(ballot, choice=choice, viewer=cast.viewer(part, at), at=at)
    assert fresh(ballot).outcome == "tied"


def test_a_chair_whose_seat_has_voted_has_no_second_vote(cast):
    ballot, at = opened(cast, rule={"tie": "casting"})
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "no", at)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="has voted already"):
        actions.cast_deciding_vote(ballot, choice="no", viewer=cast.viewer("chair", at), at=at)


def officer(cast, tenure, role):
    """Somebody is an officer of the CEO Council, confirmed."""
    office = groups.name_officer(cast.ceos, tenure=tenure, role=role, viewer=cast.viewer("staff"), at=cast.at)
    groups.confirm_office(office, viewer=cast.viewer("second_staff"), at=cast.at)


def decide(cast, ballot, part, at, choice="no"):
    return actions.cast_deciding_vote(ballot, choice=choice, viewer=cast.viewer(part, at), at=at)


def test_a_vice_chair_whose_seat_is_silent_does_not_decide_for_the_chair_who_has_voted(cast):
    officer(cast, cast.tenures["delegate"], "vice_chair")
    others = fill(cast, 2)
    ballot, at = opened(cast, rule={"tie": "casting"})
    vote(ballot, cast.chair, "no", at)
    vote(ballot, others[0], "yes", at)
    vote(ballot, others[1], "abstain", at)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="The chair of the body alone decides a tie"):
        decide(cast, ballot, "delegate", at)
    with pytest.raises(Refused, match="has voted already"):
        decide(cast, ballot, "chair", at)
    assert (fresh(ballot).outcome, CastingVote.objects.count()) == ("tied", 0)


def test_an_officer_without_a_seat_on_the_roll_does_not_decide_for_the_chair(cast):
    officer(cast, cast.tenures["staff"], "liaison")
    ballot, at = closed(tied(cast, tie="casting"))
    with pytest.raises(Refused, match="The chair of the body alone decides a tie"):
        decide(cast, ballot, "staff", at)
    assert decide(cast, ballot, "chair", at).outcome == "failed"


def test_a_chair_whose_seat_the_deputy_has_used_has_no_second_vote(cast):
    deputy = ceo(cast, cast.harbour, "Dee Deputy", capacity="deputy")
    ballot, at = opened(cast, rule={"tie": "casting"})
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, deputy, "no", at)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="has voted already"):
        decide(cast, ballot, "chair", at)


def test_a_chair_who_is_recused_decides_nothing(cast):
    ballot = tied(cast, tie="casting")
    at = ballot.call.opens_at + DAY
    actions.declare_recusal(ballot, reason="My brother.", viewer=cast.viewer("chair", at), at=at)
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="You do not take part"):
        decide(cast, ballot, "chair", at)


def test_a_chair_of_a_recused_society_decides_nothing(cast):
    ballot = tied(cast, tie="casting")
    vote(ballot, cast.chair, "recused", ballot.call.opens_at + DAY, raw="We wrote it.")
    ballot, at = closed(ballot)
    with pytest.raises(Refused, match="or does not take part"):
        decide(cast, ballot, "chair", at)


def test_the_page_offers_the_tie_to_the_chair_alone(cast):
    officer(cast, cast.tenures["delegate"], "vice_chair")
    others = fill(cast, 3)
    ballot, at = opened(cast, rule={"tie": "casting"})
    for person, choice in zip(others, ("yes", "no", "abstain"), strict=True):
        vote(ballot, person, choice, at)
    ballot, at = closed(ballot)
    offers = {
        part: [one.label for one in offered(page_of(ballot, cast.viewer(part, at)), cast.viewer(part, at))]
        for part in ("chair", "delegate", "staff")
    }
    assert {part: "Decide the tie" in labels for part, labels in offers.items()} == {
        "chair": True,
        "delegate": False,
        "staff": False,
    }


def test_a_closed_call_is_counted_by_the_clock_once(cast):
    ballot, _at = opened(cast)
    at = ballot.call.closes_at
    calls.advance_calls(at=at)
    assert (actions.advance_ballots(at=at), actions.advance_ballots(at=at + DAY)) == (1, 0)
    assert fresh(ballot).counted_at == at
