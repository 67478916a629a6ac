"""A signature taken back after the close, before and after the letter was sent; and one that lapses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls.tests.scene import mandate
from collegium.core.people import actions as people
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Paper, Signature
from collegium.rooms.signons.queries.signatories import signatories

from .scene import DAY, assembled, closed, fresh, move, names, open_letter, sent, sign, told

LAGOON, HARBOUR = "Society of Lagoon Cardiology", "College of Harbour Surgeons"


def signature(letter, society) -> Signature:
    return Signature.objects.get(letter=letter, society=society)


def withdraw(cast, letter, part, at, **facts):
    society = cast.tenures[part].seat.organization
    return actions.withdraw_signature(signature(letter, society), viewer=cast.viewer(part, at), at=at, **facts)


@pytest.fixture
def listed(cast):
    """Signed by Lagoon and Harbour, and closed."""
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "chair", at)
    return closed(letter)


# --- closed, not sent


def test_until_the_lock_a_name_comes_off_and_a_new_proof_is_out(cast, listed):
    letter, at = assembled(cast, *listed)
    assert (letter.proof, names(letter)) == (1, [HARBOUR, LAGOON])
    withdraw(cast, letter, "delegate", at, line="Never shown.")
    letter = fresh(letter)
    assert (letter.proof, names(letter)) == (2, [HARBOUR])
    assert signature(letter, cast.lagoon).line == ""
    event = Event.objects.get(name="signature.withdrawn")
    # Nobody but its society and the council's team learns whose it was.
    assert (event.audience_id, event.facts["phase"], event.facts["proof"]) == (cast.lagoon.audience_id, "assembled", 2)
    shown = signatories(letter, cast.viewer("chair", at))
    assert ([name.name for name in shown.members], shown.today) == ([HARBOUR], 1)


def test_all_who_are_left_are_told_of_the_new_proof(cast, listed):
    letter, at = assembled(cast, *listed)
    withdraw(cast, letter, "delegate", at)
    # The event is the society's own; that a proof is out is for all who see the letter.
    assert told("signon.proof_made", at) == [
        "ProofMade: Mara Quist",
        "ProofMade: Olu Fenwick",
        "ProofMade: Ruth Alder",
    ]


def test_before_it_is_assembled_a_name_comes_off_at_once(cast, listed):
    letter, at = listed
    withdraw(cast, letter, "delegate", at)
    assert (names(letter), fresh(letter).proof) == ([HARBOUR], 0)
    letter, at = assembled(cast, fresh(letter), at)
    assert names(letter) == [HARBOUR]


def test_after_the_lock_it_waits_until_the_letter_is_sent(cast, listed):
    letter, _at = assembled(cast, *listed)
    assert letter.locks_at is not None
    with pytest.raises(Refused, match="The list is locked"):
        withdraw(cast, letter, "delegate", letter.locks_at)
    withdraw(cast, letter, "delegate", letter.locks_at - timedelta(microseconds=1))


def test_while_it_is_open_the_answer_itself_is_withdrawn(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("part", ["liaison", "chair", "staff", "outsider", None])
def test_only_who_signs_for_the_society_withdraws(cast, listed, part):
    letter, at = listed
    with pytest.raises(Refused, match="no mandate"):
        actions.withdraw_signature(signature(letter, cast.lagoon), viewer=cast.viewer(part, at), at=at)
    assert sorted(names(letter)) == [HARBOUR, LAGOON]


def test_an_alternate_does_not_take_back_what_the_primary_signed(cast, listed):
    letter, at = listed
    with pytest.raises(Refused, match="an alternate cannot change that"):
        actions.withdraw_signature(signature(letter, cast.lagoon), viewer=cast.viewer("peer", at), at=at)


def test_nobody_withdraws_twice(cast, listed):
    letter, at = listed
    withdraw(cast, letter, "delegate", at)
    with pytest.raises(Refused, match="no longer on the letter"):
        withdraw(cast, letter, "delegate", at)


# --- sent


def test_after_sending_the_file_stays_and_the_page_says_who_left(cast):
    letter, at = sent(cast)
    before = list(Paper.objects.values_list("pk", "digest"))
    withdraw(cast, letter, "delegate", at, line="Our board did not agree.")
    assert list(Paper.objects.values_list("pk", "digest")) == before
    shown = signatories(fresh(letter), cast.viewer(None, at))
    found = [(name.name, name.withdrawn_at, name.line) for name in shown.members]
    assert found == [(HARBOUR, None, ""), (LAGOON, at, "Our board did not agree.")]
    assert (shown.sent, shown.today) == (2, 1)


def test_its_host_decides_whether_the_addressee_is_told(cast):
    letter, at = sent(cast)
    withdraw(cast, letter, "delegate", at)
    assert told("signature.withdrawn", at) == ["SignatoriesChanged: Mara Quist", "SignatoriesChanged: Olu Fenwick"]
    left = signature(letter, cast.lagoon)
    decide = {"viewer": cast.viewer("staff", at), "at": at}
    for facts, refusal in (({"told": "maybe"}, "Say whether"), ({"told": "yes"}, "Say it in a line")):
        with pytest.raises(Refused, match=refusal):
            actions.decide_on_telling(left, **facts, **decide)
    with pytest.raises(Refused, match="Only its host"):
        actions.decide_on_telling(left, told="no", viewer=cast.viewer("chair", at), at=at)
    actions.decide_on_telling(left, told="yes", how="By letter on the same day.", **decide)
    left.refresh_from_db()
    assert (left.told, left.told_how, left.told_by) == ("yes", "By letter on the same day.", cast.staff)
    with pytest.raises(Refused, match="decided already"):
        actions.decide_on_telling(left, told="no", **decide)
    with pytest.raises(Refused, match="Only of a withdrawal"):
        actions.decide_on_telling(signature(letter, cast.harbour), told="no", **decide)


def test_of_what_was_withdrawn_before_sending_nobody_is_told(cast, listed):
    letter, at = assembled(cast, *listed)
    withdraw(cast, letter, "delegate", at)
    at += DAY
    move(cast, letter, "sent", at, reason="By courier.")
    with pytest.raises(Refused, match="Only of a withdrawal"):
        actions.decide_on_telling(
            signature(letter, cast.lagoon), told="no", viewer=cast.viewer("staff", at), at=at + DAY
        )
    shown = signatories(fresh(letter), cast.viewer("staff", at))
    assert [name.name for name in shown.members] == [HARBOUR]


# --- lapsed


def leaves(cast, society, at):
    people.change_standing(society, status="former", from_day=at.date(), by=cast.staff, at=at)


def test_a_society_that_leaves_loses_its_place_on_the_list(cast, listed):
    letter, at = assembled(cast, *listed)
    leaves(cast, cast.harbour, at + DAY)
    later = at + 2 * DAY
    with pytest.raises(Refused, match="no longer a member"):
        move(cast, letter, "sent", later, reason="By courier.")
    assert actions.advance_letters(at=later) == 1
    assert (names(letter), fresh(letter).proof) == ([LAGOON], 2)
    event = Event.objects.get(name="signature.lapsed")
    assert (event.actor_id, event.facts["phase"]) == (None, "assembled")
    move(cast, letter, "sent", later, reason="By courier.")


def test_a_society_that_leaves_keeps_what_was_sent(cast):
    letter, at = sent(cast)
    leaves(cast, cast.lagoon, at)
    assert actions.advance_letters(at=at + 2 * DAY) == 0
    assert actions.lapse_signatures(letter, at=at + 2 * DAY) == 0
    assert names(letter) == [HARBOUR, LAGOON]


def test_what_goes_wrong_on_the_way_leaves_nothing(cast, listed, monkeypatch):
    letter, at = assembled(cast, *listed)
    monkeypatch.setattr("collegium.rooms.signons.actions.withdrawing.assemble", lambda letter: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        withdraw(cast, letter, "delegate", at)
    assert (names(letter), Event.objects.filter(name="signature.withdrawn").count()) == ([HARBOUR, LAGOON], 0)


def test_an_alternate_takes_back_what_they_signed(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "peer", at)
    mandate(cast.tenures["two_seats"], "sign", is_alternate=True)
    letter, at = closed(letter)
    withdraw(cast, letter, "two_seats", at)
    assert names(letter) == []


def test_it_is_not_sent_while_a_signature_can_be_withdrawn(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    letter, at = closed(letter)
    move(cast, letter, "assembled", at, locks_at=at + DAY)
    with pytest.raises(Refused, match="Signatures can be withdrawn until"):
        move(cast, letter, "sent", at + DAY - timedelta(minutes=1), reason="By courier.")
    move(cast, letter, "sent", at + DAY, reason="By courier.")
    assert fresh(letter).entry.state == "sent"
