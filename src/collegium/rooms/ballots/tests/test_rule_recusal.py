"""Not taking part: declared, asked for, ruled on; before and after somebody has voted, in the open and in secret."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer
from collegium.core.groups import actions as groups
from collegium.core.people.models import Tenure
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import Count, Recusal

from .scene import announced, ceo, closed, fresh, opened, row_of, secretly, told, vote


def deputy_chair(cast):
    tenure = cast.tenures["delegate"]
    office = groups.name_officer(cast.ceos, tenure=tenure, role="vice_chair", viewer=cast.viewer("staff"), at=cast.at)
    groups.confirm_office(office, viewer=cast.viewer("second_staff"), at=cast.at)


def ask(ballot, cast, at, **whom):
    whom = whom or {"organization": cast.lagoon}
    return actions.ask_recusal(ballot, **whom, reason="They wrote it.", viewer=cast.viewer("staff", at), at=at)


def tally(ballot) -> dict:
    return Count.objects.get(ballot=ballot, number=1).result["tally"]


def test_who_declares_it_does_not_vote_and_the_deputy_may(cast):
    deputy = ceo(cast, cast.lagoon, "Dee Deputy", capacity="deputy")
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    actions.declare_recusal(ballot, reason="My brother.", viewer=cast.viewer("delegate", at), at=at)
    # What they had voted is void, and kept.
    assert [answer.is_withdrawn for answer in Answer.objects.all()] == [True]
    with pytest.raises(Refused, match="You do not take part"):
        vote(ballot, cast.delegate, "yes", at)
    actions.cast_ballot(row_of(ballot, cast.delegate), choice="no", viewer=Viewer.of(deputy, at=at), at=at)
    assert Answer.objects.get(ended_at=None).choice == "no"
    assert Event.objects.filter(name="recusal.declared").count() == 1


def test_a_society_that_does_not_take_part_answers_so(cast):
    ballot, at = opened(cast, rule={"quorum_base": "able"})
    vote(ballot, cast.delegate, "recused", at, raw="We wrote it.")
    vote(ballot, cast.chair, "yes", at)
    ballot, _at = closed(ballot)
    assert (ballot.outcome, tally(ballot)["recused"]) == ("passed", 1)
    result = Count.objects.get(ballot=ballot, number=1).result
    # The quorum is shown over both bases.
    assert (result["quorum"]["base"], result["quorum_otherwise"]["base"]) == (1, 2)


def test_a_recusal_that_was_asked_for_is_ruled_on_by_the_chair(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    recusal = ask(ballot, cast, at)
    assert told("recusal.asked", at) == ["RecusalAsked: Ruth Alder"]
    actions.rule_recusal(recusal, upheld=True, reason="So it is.", viewer=cast.viewer("chair", at), at=at)
    standing = Answer.objects.get(ended_at=None)
    assert (standing.choice, standing.source, standing.evidence) == ("recused", "team", "So it is.")
    with pytest.raises(Refused, match="was ruled that it does not take part"):
        vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "yes", at)
    ballot, _at = closed(ballot)
    assert tally(ballot) == {"yes": 1, "no": 0, "abstained": 0, "recused": 1, "silent": 0}


def test_dismissed_it_changes_nothing_and_can_be_asked_for_again(cast):
    ballot, at = opened(cast)
    recusal = ask(ballot, cast, at)
    actions.rule_recusal(recusal, upheld=False, reason="No.", viewer=cast.viewer("chair", at), at=at)
    vote(ballot, cast.delegate, "yes", at)
    assert ask(ballot, cast, at).ruling == ""
    with pytest.raises(Refused, match="ruled on already"):
        actions.rule_recusal(recusal, upheld=True, reason="Yes.", viewer=cast.viewer("chair", at), at=at)


def test_what_was_ruled_before_the_opening_holds_on_the_roll(cast):
    ballot = announced(cast)
    recusal = ask(ballot, cast, cast.at)
    actions.rule_recusal(recusal, upheld=True, reason="So.", viewer=cast.viewer("chair"), at=cast.at)
    calls.advance_calls(at=ballot.call.opens_at)
    assert row_of(ballot, cast.delegate).is_answered
    assert Answer.objects.get().choice == "recused"


def test_nothing_is_counted_while_a_recusal_waits(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.chair, "yes", at)
    recusal = ask(ballot, cast, at)
    ballot, at = closed(ballot)
    assert ballot.counted_at is None
    with pytest.raises(Refused, match="before the votes are counted"):
        actions.count_ballot(ballot, at=at)
    actions.rule_recusal(recusal, upheld=True, reason="So.", viewer=cast.viewer("chair", at), at=at)
    actions.advance_ballots(at=at)
    assert (fresh(ballot).outcome, tally(ballot)["recused"]) == ("no_quorum", 1)


def test_a_member_who_votes_for_themselves_moves_to_the_recused(cast):
    ballot, at = opened(cast, addressed="members")
    recusal = ask(ballot, cast, at, person=cast.delegate)
    actions.rule_recusal(recusal, upheld=True, reason="So.", viewer=cast.viewer("chair", at), at=at)
    assert Answer.objects.get().row.person == cast.delegate


# --- what was ruled stands


def withdraw(ballot, cast, part, at):
    return calls.withdraw_answer(row_of(ballot, getattr(cast, part)), viewer=cast.viewer(part, at), at=at)


def uphold(recusal, cast, at):
    return actions.rule_recusal(recusal, upheld=True, reason="So it is.", viewer=cast.viewer("chair", at), at=at)


def test_a_ruled_recusal_is_not_withdrawn(cast):
    ballot, at = opened(cast, rule={"quorum_base": "able"})
    uphold(ask(ballot, cast, at), cast, at)
    with pytest.raises(Refused, match="was ruled that it does not take part"):
        withdraw(ballot, cast, "delegate", at)
    standing = Answer.objects.get()
    assert (standing.choice, standing.ended_at) == ("recused", None)
    # The quorum is one of the two who may vote, as it was ruled.
    vote(ballot, cast.chair, "yes", at)
    ballot, _at = closed(ballot)
    assert (ballot.outcome, tally(ballot)["recused"], tally(ballot)["silent"]) == ("passed", 1, 0)


def test_a_ruled_recusal_is_not_replaced_by_another_answer(cast):
    ballot, at = opened(cast)
    uphold(ask(ballot, cast, at), cast, at)
    for choice in ("recused", "abstain", "yes"):
        with pytest.raises(Refused, match="was ruled that it does not take part"):
            vote(ballot, cast.delegate, choice, at, raw="We say so ourselves.")
    standing = Answer.objects.get()
    assert (standing.source, standing.evidence, standing.ended_at) == ("team", "So it is.", None)


def test_a_member_who_has_recused_themselves_does_not_go_back_to_the_silent(cast):
    ballot, at = opened(cast, addressed="members")
    actions.declare_recusal(ballot, reason="My brother.", viewer=cast.viewer("delegate", at), at=at)
    with pytest.raises(Refused, match="was ruled that it does not take part"):
        withdraw(ballot, cast, "delegate", at)
    assert Answer.objects.get(ended_at=None).choice == "recused"


def test_who_does_not_take_part_does_not_take_back_what_the_deputy_voted(cast):
    deputy = ceo(cast, cast.lagoon, "Dee Deputy", capacity="deputy")
    ballot, at = opened(cast)
    actions.declare_recusal(ballot, reason="My brother.", viewer=cast.viewer("delegate", at), at=at)
    actions.cast_ballot(row_of(ballot, cast.delegate), choice="no", viewer=Viewer.of(deputy, at=at), at=at)
    with pytest.raises(Refused, match="You do not take part"):
        withdraw(ballot, cast, "delegate", at)
    assert Answer.objects.get(ended_at=None).by == deputy


def test_a_society_that_said_so_itself_may_take_it_back(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "recused", at, raw="We wrote it.")
    withdraw(ballot, cast, "delegate", at)
    assert not Answer.objects.filter(ended_at=None).exists()
    vote(ballot, cast.delegate, "yes", at)
    assert Answer.objects.get(ended_at=None).choice == "yes"


def test_a_recused_person_has_their_vote_voided_whatever_the_society_had_said_before(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "recused", at, raw="We wrote it.")
    vote(ballot, cast.delegate, "yes", at)
    uphold(ask(ballot, cast, at, person=cast.delegate), cast, at)
    answers = [(answer.choice, answer.is_withdrawn) for answer in Answer.objects.order_by("pk")]
    assert answers == [("recused", False), ("yes", True)]
    assert not row_of(ballot, cast.delegate).is_answered


def test_a_recused_person_leaves_standing_that_their_society_does_not_take_part(cast):
    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.delegate, "recused", at, raw="We wrote it.")
    uphold(ask(ballot, cast, at, person=cast.delegate), cast, at)
    assert Answer.objects.get(ended_at=None).choice == "recused"
    assert row_of(ballot, cast.delegate).is_answered


# --- who rules


def test_a_chair_who_is_concerned_leaves_it_to_the_deputy(cast):
    deputy_chair(cast)
    ballot, at = opened(cast)
    recusal = ask(ballot, cast, at, organization=cast.harbour)
    with pytest.raises(Refused, match="concerned yourself"):
        actions.rule_recusal(recusal, upheld=False, reason="No.", viewer=cast.viewer("chair", at), at=at)
    actions.rule_recusal(recusal, upheld=True, reason="Yes.", viewer=cast.viewer("delegate", at), at=at)
    assert Recusal.objects.get().ruled_by == cast.delegate


@pytest.mark.parametrize("part", ["staff", "delegate", "outsider", None])
def test_only_officers_of_the_body_rule(cast, part):
    ballot, at = opened(cast)
    recusal = ask(ballot, cast, at)
    with pytest.raises(Refused, match="Only an officer of the body"):
        actions.rule_recusal(recusal, upheld=True, reason="So.", viewer=cast.viewer(part, at), at=at)
    assert Recusal.objects.get().ruling == ""


def test_a_ruling_says_why(cast):
    ballot, at = opened(cast)
    with pytest.raises(Refused, match="Say why"):
        actions.rule_recusal(ask(ballot, cast, at), upheld=True, reason=" ", viewer=cast.viewer("chair", at), at=at)
    assert Recusal.objects.get().ruling == ""


# --- who asks


@pytest.mark.parametrize("part", ["peer", "outsider", None])
def test_only_those_who_vote_or_run_it_ask(cast, part):
    ballot, at = opened(cast)
    viewer = cast.viewer(part, at)
    for deed in (
        lambda: actions.ask_recusal(ballot, organization=cast.lagoon, reason="So.", viewer=viewer, at=at),
        lambda: actions.declare_recusal(ballot, reason="So.", viewer=viewer, at=at),
    ):
        with pytest.raises(Refused, match="Only those who may vote"):
            deed()
    assert Recusal.objects.count() == 0


def test_it_is_asked_for_once_and_before_the_end(cast):
    ballot, at = opened(cast)
    ask(ballot, cast, at)
    with pytest.raises(Refused, match="already"):
        ask(ballot, cast, at)
    with pytest.raises(Refused, match="before the ballot closes"):
        ask(ballot, cast, ballot.call.closes_at)


# --- in secret


def test_in_secret_who_waits_for_a_ruling_does_not_vote_yet(cast):
    ballot, at = opened(cast, is_secret=True)
    recusal = ask(ballot, cast, at)
    with pytest.raises(Refused, match="as soon as it is made"):
        secretly(ballot, cast.delegate, "yes", at)
    actions.rule_recusal(recusal, upheld=False, reason="No.", viewer=cast.viewer("chair", at), at=at)
    secretly(ballot, cast.delegate, "yes", at)
    with pytest.raises(Refused, match="lies in the box"):
        ask(ballot, cast, at)


def test_in_secret_a_society_says_in_the_open_that_it_does_not_take_part(cast):
    ballot, at = opened(cast, is_secret=True)
    vote(ballot, cast.delegate, "recused", at, raw="We stand.")
    with pytest.raises(Refused, match="does not take part"):
        secretly(ballot, cast.delegate, "yes", at)
    assert Tenure.objects.filter(person=cast.delegate).exists()


def test_in_secret_a_person_who_waits_for_a_ruling_does_not_vote_yet(cast):
    ballot, at = opened(cast, is_secret=True)
    recusal = ask(ballot, cast, at, person=cast.delegate)
    with pytest.raises(Refused, match="Your recusal waits"):
        secretly(ballot, cast.delegate, "yes", at)
    actions.rule_recusal(recusal, upheld=True, reason="Yes.", viewer=cast.viewer("chair", at), at=at)
    with pytest.raises(Refused, match="You do not take part"):
        secretly(ballot, cast.delegate, "yes", at)
