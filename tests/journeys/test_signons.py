"""A sign-on letter that is changed in substance late: signed, asked about again, closed, assembled and sent."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from collegium.core.calls import actions as calls
from collegium.core.calls.tests.scene import mandates
from collegium.rooms.signons.models import Letter

from . import when

TEXT = "Dear Director,\n\nPlans should answer within two days.\n\nRefusals should be reviewed by a physician."
NEWER = TEXT.replace("two days", "one day")
DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
TELEPHONE = {"viewport": {"width": 390, "height": 844}}


def letter_now() -> Letter:
    return Letter.objects.select_related("current", "round__call").get()


def test_a_letter_changed_in_substance_is_signed_again_and_sent(scene):
    mandates(scene.cast, "sign")
    staff, delegate = scene.reader("staff"), scene.reader("delegate")
    chair = scene.reader("chair", **TELEPHONE)
    they_begin_a_letter(staff, scene)
    they_ask_the_societies(staff, scene)

    first = letter_now().current.digest
    they_sign(delegate)
    they_sign_with_a_reservation(chair)
    staff.open(letter_now().get_absolute_url())
    staff.says("2 of 3")

    they_change_it_in_substance(staff, scene)
    delegate.open(letter_now().get_absolute_url())
    delegate.says("What was signed before counts no more")
    delegate.follow("What changed", within="#main")
    assert delegate.page.locator(".redline ins").all_text_contents() == ["added: one day"]
    they_sign(delegate)
    chair.open(letter_now().get_absolute_url())
    # Harbour says nothing more, and so has not signed.
    letter = letter_now()
    assert letter.current.digest != first

    when.the_clock_moves(scene, letter.round.call.closes_at + AN_HOUR)
    calls.advance_calls(at=scene.now)
    they_assemble(scene.reader("staff"), letter)
    when.the_clock_moves(scene, scene.now + 25 * AN_HOUR)
    they_send(scene.reader("staff"), letter)
    everybody_finds_the_file_with_its_hash(scene, letter)


def they_begin_a_letter(staff, scene):
    staff.open("/sign-on-letters/")
    staff.follow("New letter")
    staff.field("To whom does it go?").fill("Orla Penhaligon")
    staff.page.get_by_label("Their office").fill("Director, Bureau of Tides")
    staff.field("Subject").fill("Delays of approvals")
    staff.field("Text").fill(TEXT)
    staff.field("What does it ask?").fill("We ask for answers within two days.")
    staff.field("On the clock of").select_option("UTC")
    # That day is too soon; what was typed stands there again.
    staff.field("When is it delivered?").fill(scene.now.date().isoformat())
    staff.press("Begin the letter", status=422)
    assert staff.field("Text").input_value() == TEXT
    staff.field("When is it delivered?").fill((scene.now + 30 * DAY).date().isoformat())
    staff.press("Begin the letter")
    staff.says("In draft")


def they_ask_the_societies(staff, scene):
    staff.follow("Submit it for clearance")
    staff.press("Submit it for clearance")
    staff.follow("Ask the societies to sign")
    staff.says("Of 3 societies, 0 cannot answer by then")
    staff.field("Until when can societies sign?").fill((scene.now + 10 * DAY).strftime("%Y-%m-%dT%H:%M"))
    staff.page.get_by_label("On what support does it go out?").fill("Nine societies asked for it.")
    staff.press("Ask the societies to sign")
    staff.says("Open for signature")


def they_sign(reader):
    reader.open(letter_now().get_absolute_url())
    reader.follow("Sign or decline")
    reader.says("Refusals should be reviewed by a physician.")
    reader.follow("Prepare or give the answer")
    reader.page.get_by_label("We sign", exact=True).check()
    reader.press("Answer for SLC")
    reader.says("Signed")


def they_sign_with_a_reservation(reader):
    reader.open(letter_now().get_absolute_url())
    reader.follow("Sign or decline")
    reader.follow("Prepare or give the answer")
    reader.page.get_by_label("We sign, with a reservation", exact=True).check()
    reader.press("Answer for CHS", status=422)
    reader.page.get_by_label("In words").fill("Not for emergencies.")
    reader.press("Answer for CHS")
    reader.says("Signed with a reservation")


def they_change_it_in_substance(staff, scene):
    staff.follow("Write", within="#main")
    staff.field("Text").fill(NEWER)
    staff.page.get_by_label("Substantive: says something else").check()
    staff.press("Save as a version")
    staff.says("Changed: signatures are asked for again")


def they_assemble(staff, letter):
    staff.open(letter.get_absolute_url())
    staff.says("Closed for signature")
    staff.follow("Assemble it: fix names and order")
    staff.press("Assemble it: fix names and order")
    staff.says("Assembled: the proof is out")
    staff.says("it is sent after that")


def they_send(staff, letter):
    staff.open(letter.get_absolute_url())
    staff.follow("Send it")
    staff.field("How was it delivered, and to whom?").fill("By courier.")
    staff.press("Send it")
    staff.says("As it was sent")


def everybody_finds_the_file_with_its_hash(scene, letter):
    stranger = scene.stranger()
    stranger.open(letter.get_absolute_url())
    stranger.says("Society of Lagoon Cardiology")
    assert "College of Harbour Surgeons" not in stranger.page.locator("#signatories").inner_text()
    shown = stranger.page.locator(".digest[data-form=pdf]").inner_text()
    answer = stranger.context.request.get(f"{scene.address}{letter.get_absolute_url()}files/letter.pdf")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    assert hashlib.sha256(answer.body()).hexdigest() == shown
