"""A letter from its draft to the addressee: who takes each step, what hinders it, and what it leaves."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, Call
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Letter, Paper, Step

from .scene import DAY, assembled, closed, drafted, fresh, move, names, open_letter, row_of, sent, sign, steps, told


def test_a_letter_goes_from_draft_to_sent(cast):
    letter, _at = sent(cast)
    assert steps(letter) == [
        ("draft", "clearance"),
        ("clearance", "circulating"),
        ("circulating", "closed"),
        ("closed", "assembled"),
        ("assembled", "sent"),
    ]
    assert (letter.entry.state, letter.entry.audience_id, letter.holder) == ("sent", PUBLIC, "nobody")
    # By the register, which orders by name; not in the order they signed.
    assert names(letter) == ["College of Harbour Surgeons", "Society of Lagoon Cardiology"]
    moved = Event.objects.filter(name="signon.moved", entry=letter.entry).order_by("pk")
    assert [(event.facts["was"], event.facts["now"]) for event in moved] == steps(letter)
    assert [event.actor_id for event in moved] == [cast.staff.pk, cast.staff.pk, None, cast.staff.pk, cast.staff.pk]


def test_what_was_sent_is_kept_with_its_hash_and_nothing_changes_it(cast):
    letter, at = sent(cast)
    papers = list(Paper.objects.filter(letter=letter).order_by("form"))
    assert [(paper.kind, paper.form) for paper in papers] == [("letter", "docx"), ("letter", "pdf")]
    for paper in papers:
        assert paper.digest == hashlib.sha256(bytes(paper.content)).hexdigest()
    assert bytes(papers[1].content).startswith(b"%PDF-")
    before = [(paper.pk, bytes(paper.content)) for paper in papers]
    for change in (
        lambda: Paper.objects.filter(letter=letter).update(digest="0" * 64),
        lambda: Paper.objects.filter(letter=letter).delete(),
        lambda: Paper.objects.create(letter=letter, kind="letter", form="pdf", content=b"x", digest="0" * 64, at=at),
        lambda: letter.versions.update(raw="Other words."),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert [(paper.pk, bytes(paper.content)) for paper in Paper.objects.order_by("form")] == before


def test_no_action_replaces_what_was_sent(cast):
    letter, at = sent(cast, late_until=cast.at + 40 * DAY)
    before = list(Paper.objects.filter(letter=letter, kind="letter").order_by("pk").values_list("pk", "digest"))
    actions.withdraw_signature(
        letter.signatures.get(society=cast.lagoon), line="We disagree.", viewer=cast.viewer("delegate", at), at=at
    )
    move(cast, letter, "addendum-open", at)
    sign(cast, letter, "leaver", at + DAY)
    closed(letter)
    for to in ("sent", "assembled", "cancelled"):
        with pytest.raises(Refused):
            move(cast, letter, to, at + 2 * DAY, reason="Again.")
    after = list(Paper.objects.filter(letter=letter, kind="letter").order_by("pk").values_list("pk", "digest"))
    assert after == before


# --- who, and what hinders


@pytest.mark.parametrize("part", [None, "outsider", "peer", "delegate", "chair", "liaison"])
def test_the_councils_own_letter_is_moved_by_its_team_alone(cast, part):
    letter = drafted(cast)
    with pytest.raises(Refused, match="cannot take this step"):
        move(cast, letter, "clearance", cast.at, by=part)
    assert fresh(letter).entry.state == "draft"


def test_a_society_submits_its_own_letter_and_does_not_clear_it(cast):
    letter = drafted(cast, host=cast.lagoon, by="delegate")
    move(cast, letter, "clearance", cast.at, by="delegate")
    assert told("signon.moved", cast.at) == ["LetterToClear: Mara Quist", "LetterToClear: Olu Fenwick"]
    with pytest.raises(Refused, match="cannot take this step"):
        move(cast, letter, "circulating", cast.at, by="delegate", closes_at=cast.at + 10 * DAY)
    move(cast, letter, "draft", cast.at, reason="Shorten it.")
    assert told("signon.moved", cast.at) == ["HostedLetterMoved: Ines Okafor", "HostedLetterMoved: Ingvild Sorensen"]
    assert fresh(letter).holder == "host"


@pytest.mark.parametrize(
    ("days", "refusal"),
    [(None, "Say until when"), (2, "at least 3 days"), (19.5, "at least one day before the day of delivery")],
)
def test_societies_have_three_days_and_a_day_lies_before_the_delivery(cast, days, refusal):
    letter = drafted(cast)
    move(cast, letter, "clearance", cast.at)
    with pytest.raises(Refused, match=refusal):
        move(cast, letter, "circulating", cast.at, closes_at=cast.at + days * DAY if days else None)
    assert not Call.objects.exists()


def test_new_advocacy_asks_for_the_reason_and_what_is_no_advocacy_does_not(cast):
    letter = drafted(cast, is_advocacy=True)
    move(cast, letter, "clearance", cast.at)
    with pytest.raises(Refused, match="on what support"):
        move(cast, letter, "circulating", cast.at, closes_at=cast.at + 10 * DAY)
    move(cast, letter, "circulating", cast.at, closes_at=cast.at + 10 * DAY, reason="Nine societies asked for it.")
    assert Step.objects.get(now="circulating").reason == "Nine societies asked for it."


def test_all_member_societies_are_asked_and_see_the_letter(cast):
    letter, _at = open_letter(cast)
    assert letter.entry.audience_id == MEMBERS
    call = letter.round.call
    roll = call.roll.values_list("organization__slug", flat=True)
    assert (call.about_id, call.entry.audience_id, sorted(roll)) == (letter.pk, MEMBERS, ["harbour", "lagoon", "reef"])
    assert Call.objects.get().state_at(cast.at) == Call.State.OPEN


def test_too_few_signatures_keep_it_from_being_sent(cast):
    letter, at = open_letter(cast, minimum=2)
    sign(cast, letter, "delegate", at)
    letter, at = assembled(cast, *closed(letter))
    with pytest.raises(Refused, match="1 societies have signed, and it needs 2"):
        move(cast, letter, "sent", at + DAY, reason="By courier.")
    assert not Paper.objects.exists()


def test_it_says_how_it_was_delivered(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    letter, at = assembled(cast, *closed(letter))
    with pytest.raises(Refused, match="Give the reason"):
        move(cast, letter, "sent", at)


def test_signers_have_four_hours_to_read_the_proof(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    letter, at = closed(letter)
    for locks_at in (None, at + timedelta(hours=3)):
        with pytest.raises(Refused, match="at least four hours"):
            move(cast, letter, "assembled", at, locks_at=locks_at)
    assembled(cast, letter, at)
    assert told("signon.moved", at) == [
        "SignedLetterMoved: Ines Okafor",
        "SignedLetterMoved: Ingvild Sorensen",
        # The council's team hosts it; who did it is not told.
        "HostedLetterMoved: Olu Fenwick",
    ]


def test_it_is_cancelled_before_it_was_sent_and_its_call_with_it(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    with pytest.raises(Refused, match="Give the reason"):
        move(cast, letter, "cancelled", at)
    move(cast, letter, "cancelled", at, reason="The rule was withdrawn.")
    call = Call.objects.get()
    assert (fresh(letter).entry.state, call.cancelled_for) == ("cancelled", "The rule was withdrawn.")
    # What was said is kept, and counts for nothing.
    assert Answer.objects.get().ended_at is None
    assert steps(letter)[-1] == ("circulating", "cancelled")


def test_who_cancels_the_call_cancels_the_letter(cast):
    letter, at = open_letter(cast)
    calls.cancel_call(letter.round.call, reason="No longer needed.", by=cast.staff, at=at)
    letter = fresh(letter)
    assert (letter.entry.state, letter.steps.last().reason) == ("cancelled", "No longer needed.")


def test_what_goes_wrong_on_the_way_leaves_nothing(cast, monkeypatch):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    letter, at = assembled(cast, *closed(letter))
    before = (Event.objects.count(), Step.objects.count(), Paper.objects.count())
    monkeypatch.setattr("collegium.rooms.signons.actions.sending.as_docx", lambda content: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        move(cast, letter, "sent", at + DAY, reason="By courier.")
    assert (Event.objects.count(), Step.objects.count(), Paper.objects.count()) == before
    assert (fresh(letter).entry.state, fresh(letter).sent_at) == ("assembled", None)


def test_the_clock_closes_it(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "leaver", at, choice="declined")
    letter, at = closed(letter)
    assert (letter.entry.state, letter.holder, names(letter)) == ("closed", "team", ["Society of Lagoon Cardiology"])
    with pytest.raises(Refused, match="time for answers is over"):
        calls.answer_call(
            row_of(letter, cast.harbour),
            choice="signed",
            facts={"text": letter.current.digest},
            viewer=cast.viewer("chair", at),
            at=at,
        )
    assert Letter.objects.get().rounds.count() == 1


def test_its_end_is_moved_as_long_as_a_day_lies_before_the_delivery(cast):
    letter, at = open_letter(cast)
    told = {"reason": "Boards meet.", "by": cast.staff, "at": at}
    with pytest.raises(Refused, match="at least one day before the day of delivery"):
        calls.extend_call(letter.round.call, closes_at=cast.at + 19 * DAY, **told)
    calls.extend_call(letter.round.call, closes_at=cast.at + 12 * DAY, **told)
    assert fresh(letter).round.call.closes_at == cast.at + 12 * DAY
