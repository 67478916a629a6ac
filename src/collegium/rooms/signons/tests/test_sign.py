"""A society signs: bound to the hash it saw, withdrawn without a trace, entered by the team, lapsed."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer
from collegium.core.calls.queries import tally
from collegium.core.calls.tests.scene import mandate, steps
from collegium.core.people import actions as people
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.queries.signatories import signatories

from .scene import DAY, NEWER, closed, fresh, names, open_letter, row_of, save, sign


def shown(cast, letter, at, part="peer"):
    found = signatories(fresh(letter), cast.viewer(part, at))
    return [(name.name, name.is_reserved) for name in found.members]


def test_a_signature_is_bound_to_the_text_that_was_seen(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    answer = Answer.objects.get()
    assert (answer.choice, answer.facts) == ("signed", {"text": letter.current.digest})
    assert shown(cast, letter, at) == [("Society of Lagoon Cardiology", False)]
    letter, _at = closed(letter)
    signature = letter.signatures.get()
    assert (signature.answer, signature.digest, signature.is_reserved) == (answer, letter.current.digest, False)


@pytest.mark.parametrize("text", ["", "0" * 64, "x"])
def test_a_signature_to_another_text_is_refused(cast, text):
    letter, at = open_letter(cast)
    facts = {"text": text} if text else {}
    with pytest.raises(Refused, match="The text was changed meanwhile"):
        calls.answer_call(
            row_of(letter, cast.lagoon), choice="signed", facts=facts, viewer=cast.viewer("delegate", at), at=at
        )
    assert not Answer.objects.exists()


def test_a_reservation_has_words(cast):
    letter, at = open_letter(cast)
    with pytest.raises(Refused, match="needs words"):
        sign(cast, letter, "delegate", at, choice="reserved")
    sign(cast, letter, "delegate", at, choice="reserved", raw="Not for *emergencies*.")
    assert shown(cast, letter, at) == [("Society of Lagoon Cardiology", True)]


def test_who_declines_is_not_named(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at, choice="declined")
    assert shown(cast, letter, at) == []
    letter, _at = closed(letter)
    assert names(letter) == []


def test_while_it_is_open_a_signature_is_withdrawn_at_once_and_leaves_no_trace(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    calls.withdraw_answer(row_of(letter, cast.lagoon), viewer=cast.viewer("delegate", at), at=at)
    assert (shown(cast, letter, at), steps(letter.round.call)["lagoon"]) == ([], "withdrawn")
    event = Event.objects.get(name="answer.withdrawn")
    assert (event.audience_id, event.acting_for) == (cast.lagoon.audience_id, cast.lagoon)
    letter, _at = closed(letter)
    assert (names(letter), letter.signatures.count()) == ([], 0)


def test_the_team_enters_what_it_was_sent_with_the_mail_as_evidence(cast):
    letter, at = open_letter(cast)
    row, staff = row_of(letter, cast.reef), cast.viewer("staff", at)
    told = {"choice": "signed", "evidence": "Mail of 4 May", "viewer": staff, "at": at}
    with pytest.raises(Refused, match="changed meanwhile"):
        calls.enter_answer(row, **told)
    calls.enter_answer(row, facts={"text": letter.current.digest}, **told)
    answer = Answer.objects.get()
    assert (answer.source, answer.evidence, answer.facts) == ("team", "Mail of 4 May", {"text": letter.current.digest})


def test_nobody_signs_without_a_mandate(cast):
    letter, at = open_letter(cast)
    with pytest.raises(Refused, match="no mandate"):
        sign(cast, letter, "liaison", at)
    mandate(cast.tenures["liaison"], "vote")
    with pytest.raises(Refused, match="no mandate"):
        sign(cast, letter, "liaison", at)


def test_a_society_that_lapses_loses_what_it_signed_by_itself(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "chair", at)
    people.change_standing(cast.lagoon, status="former", from_day=(at + DAY).date(), by=cast.staff, at=at)
    assert actions.advance_letters(at=at) == 0
    later = at + 2 * DAY
    with pytest.raises(Refused, match="Only a member society can sign"):
        sign(cast, letter, "delegate", later, choice="reserved", raw="Yes, but.")
    assert actions.advance_letters(at=later) == 1
    assert actions.advance_letters(at=later) == 0
    assert (shown(cast, letter, later, "chair"), tally(letter.round.call, later).asked) == (
        [("College of Harbour Surgeons", False)],
        2,
    )
    event = Event.objects.get(name="signature.lapsed")
    assert (event.acting_for, event.facts["phase"], event.actor_id) == (cast.lagoon, "circulating", None)
    # What it said is kept.
    assert Answer.objects.filter(row__organization=cast.lagoon, ended_at=None).count() == 1


def test_a_society_that_lapsed_a_moment_ago_is_not_on_the_list(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    people.change_standing(cast.lagoon, status="former", from_day=(at + DAY).date(), by=cast.staff, at=at)
    letter, at = closed(letter)
    assert names(letter) == []
    assert Event.objects.get(name="signature.lapsed").facts["phase"] == "open"


def test_a_minor_change_keeps_signatures_bound_to_what_they_were_given_to(cast):
    letter, at = open_letter(cast)
    first = letter.current.digest
    sign(cast, letter, "delegate", at)
    save(cast, letter, NEWER, at + DAY)
    sign(cast, letter, "chair", at + DAY)
    letter, _at = closed(letter)
    found = dict(letter.signatures.values_list("society__slug", "digest"))
    assert found == {"lagoon": first, "harbour": letter.current.digest}
    assert letter.current.digest != first
