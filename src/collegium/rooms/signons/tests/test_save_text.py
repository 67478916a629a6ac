"""The text of a letter: versions with their hashes, and what a change does to signatures while it circulates."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls.models import Answer, Call
from collegium.core.calls.tests.scene import steps as rows_of_call
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Version
from collegium.rooms.signons.wording import canonical, compared, digest_of

from .scene import DAY, NEWER, TEXT, closed, drafted, fresh, move, names, open_letter, save, sign, steps, told, wording


def test_each_saving_is_a_version_with_a_hash_of_its_own(cast):
    letter = drafted(cast)
    save(cast, letter, NEWER, cast.at + DAY)
    found = list(letter.versions.values_list("number", "change", "round"))
    assert found == [(1, "draft", None), (2, "draft", None)]
    digests = set(letter.versions.values_list("digest", flat=True))
    assert len(digests) == 2
    event = Event.objects.get(name="signon.text_saved")
    assert event.facts == {
        "number": 2,
        "change": "draft",
        "digest": fresh(letter).current.digest,
        "shown": False,
    }


def test_the_hash_covers_addressee_subject_and_text_in_one_spelling():
    text = canonical(["Orla", "Bureau"], "Delays", "Dear Orla,\n\n\n\nPlans *answer*.  \n")
    assert text == "Orla\nBureau\n\nDelays\n\nDear Orla,\n\nPlans *answer*."
    assert digest_of(["Orla"], "A", "B") == hashlib.sha256(b"Orla\n\nA\n\nB").hexdigest()
    same = digest_of(["Orla"], "Re\u0301sume\u0301", "One.\n\nTwo.")
    assert same == digest_of(["Orla"], "R\u00e9sum\u00e9", "One.\r\n\r\n\r\nTwo.\n".replace("\r\n", "\n"))
    assert len({same, digest_of(["Olaf"], "R\u00e9sum\u00e9", "One.\n\nTwo.")}) == 2


def test_what_changed_between_two_versions_is_shown_word_by_word(cast):
    letter = drafted(cast)
    told = wording(raw=NEWER, addressee="Olaf Penhaligon")
    actions.save_text(letter, told, base=1, viewer=cast.viewer("staff"), at=cast.at)
    old, new = letter.versions.order_by("number")
    aloud = r'<span class="aloud">[^<]*</span>'
    changed = {re.sub(aloud, "", str(line.html)) for line in compared(old, new) if line.word}
    assert changed == {
        "<del>Orla</del><ins>Olaf</ins> Penhaligon\nDirector, Bureau of Tides\n1 Quay Street\nPort Wrack",
        "Plans should answer within <del><em>two</em></del><ins><em>one</em></ins> days.",
    }
    assert {line.word for line in compared(new, new)} == {""}


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", "Write the text first"),
        (" \n ", "Write the text first"),
        ("a\x00b", "NUL character"),
        ("x" * 100_000, "too long"),
        ("\n\n".join("abcdefg"[n % 7] for n in range(401)), "at most 400 paragraphs"),
        (TEXT, "Nothing was changed"),
    ],
)
def test_what_is_no_text_is_refused(cast, raw, refusal):
    letter = drafted(cast)
    with pytest.raises(Refused, match=refusal):
        save(cast, letter, raw, cast.at)
    assert letter.versions.count() == 1


def test_nobody_writes_over_what_they_have_not_seen(cast):
    letter = drafted(cast)
    save(cast, letter, NEWER, cast.at)
    with pytest.raises(Refused, match="Meanwhile somebody wrote version 2"):
        actions.save_text(letter, wording(raw="Third."), base=1, viewer=cast.viewer("staff"), at=cast.at)


@pytest.mark.parametrize("part", ["peer", "chair", "outsider", None])
def test_only_its_host_writes(cast, part):
    letter, at = open_letter(cast)
    with pytest.raises(Refused, match="Only its host"):
        save(cast, letter, NEWER, at, by=part)


def test_signers_are_told_of_a_minor_change_and_need_do_nothing(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "leaver", at, choice="declined")
    save(cast, letter, NEWER, at, change="clarifying")
    people = ["SignedTextChanged: Ines Okafor", "SignedTextChanged: Ingvild Sorensen"]
    assert told("signon.text_saved", at) == people
    letter, _at = closed(letter)
    assert names(letter) == ["Society of Lagoon Cardiology"]


# --- a change in substance


def test_a_change_in_substance_asks_everybody_again_and_keeps_what_was_said(cast):
    letter, at = open_letter(cast)
    first = letter.round
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "chair", at, choice="reserved", raw="Not for emergencies.")
    sign(cast, letter, "leaver", at, choice="declined")
    save(cast, letter, NEWER, at, change="substantive")
    letter = fresh(letter)
    assert (letter.entry.state, letter.round.kind, letter.round.number) == ("reconsent", "again", 2)
    # Every row of the roll is pending again.
    assert set(rows_of_call(letter.round.call).values()) == {"unseen"}
    assert Answer.objects.filter(row__call=first.call, ended_at=None).count() == 3
    first.call.refresh_from_db()
    assert (first.call.closed_at, letter.round.call.closes_at) == (at, at + 4 * DAY)
    assert steps(letter)[-1] == ("circulating", "reconsent")
    assert told("signon.asked_again", at) == [
        "SignatureAskedAgain: Ines Okafor",
        "SignatureAskedAgain: Ingvild Sorensen",
        "SignatureAskedAgain: Ruth Alder",
    ]


def test_silence_is_no_signature(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "chair", at)
    save(cast, letter, NEWER, at, change="substantive")
    sign(cast, letter, "delegate", at + DAY)
    letter, _at = closed(letter)
    assert (letter.entry.state, names(letter)) == ("closed", ["Society of Lagoon Cardiology"])
    assert letter.signatures.get().digest == letter.current.digest


def test_a_second_change_in_substance_asks_a_third_time(cast):
    letter, at = open_letter(cast)
    save(cast, letter, NEWER, at, change="substantive")
    sign(cast, letter, "delegate", at)
    save(cast, letter, NEWER + "\n\nAnd more.", at + DAY, change="substantive", closes_at=at + 5 * DAY)
    letter = fresh(letter)
    assert (letter.round.number, [kind for _was, kind in steps(letter)][-1]) == (3, "reconsent")
    assert set(rows_of_call(letter.round.call).values()) == {"unseen"}
    assert Call.objects.running().count() == 1


def test_who_signed_the_old_text_cannot_be_held_to_the_new_one(cast):
    letter, at = open_letter(cast)
    seen = letter.current.digest
    save(cast, letter, NEWER, at, change="substantive")
    with pytest.raises(Refused, match="changed meanwhile"):
        sign(cast, letter, "delegate", at, text=seen)


@pytest.mark.parametrize(
    ("ends", "refusal"),
    [(None, "Say until when"), (timedelta(days=2), "at least 3 days"), (timedelta(days=18.5), "one day before")],
)
def test_societies_have_three_days_for_it_and_a_day_before_the_delivery(cast, ends, refusal):
    letter, at = open_letter(cast)
    with pytest.raises(Refused, match=refusal):
        save(cast, letter, NEWER, at, change="substantive", closes_at=at + ends if ends else None)
    assert (fresh(letter).entry.state, Version.objects.count(), letter.rounds.count()) == ("circulating", 1, 1)


@pytest.mark.parametrize(
    ("edits", "change", "refusal"),
    [
        ("none", "editorial", "stays as it circulates"),
        ("minor", "substantive", "take no change in substance"),
        ("all", "", "how much the text changes"),
        ("all", "draft", "how much the text changes"),
    ],
)
def test_the_text_changes_as_far_as_the_terms_say(cast, edits, change, refusal):
    letter, at = open_letter(cast, edits=edits)
    with pytest.raises(Refused, match=refusal):
        save(cast, letter, NEWER, at, change=change)


def test_once_closed_the_text_is_fixed(cast):
    letter, at = open_letter(cast)
    letter, at = closed(letter)
    with pytest.raises(Refused, match="The text is fixed"):
        save(cast, letter, NEWER, at)


def test_while_it_is_cleared_it_is_still_written(cast):
    letter = drafted(cast)
    move(cast, letter, "clearance", cast.at)
    assert save(cast, letter, NEWER, cast.at).change == "draft"
