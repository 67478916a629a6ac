"""On a telephone a liaison opens the letter, looks at the seats and presses one button, without signing in."""

from __future__ import annotations

import re

from collegium.core.mail.models import Letter
from collegium.core.people import actions as people
from collegium.core.people.models import Attestation, Tenure

from .scene import Scene

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def the_link_in_the_letter(to: str) -> str:
    letter = Letter.objects.filter(to=to, kind="desk.ask_to_attest").latest("pk")
    found = re.search(r"https?://[^/\s]+(/desk/roster/\S+)", letter.text)
    assert found
    return found[1]


def test_a_liaison_confirms_the_seats_from_a_letter_on_a_telephone(scene: Scene):
    people.advance_attestations(at=scene.now)
    reader = scene.stranger(**PHONE)
    reader.open(the_link_in_the_letter("liaison@lagoon.example"))
    reader.says("Ines Okafor")
    reader.press("All 4 seats are right")
    reader.says("The seats are confirmed for this quarter, by Jonas Weil.")
    assert Attestation.objects.get(organization=scene.cast.lagoon).step == "confirmed"


def test_a_title_is_corrected_and_a_leaver_named_from_the_letter(scene: Scene):
    people.advance_attestations(at=scene.now)
    reader = scene.stranger(**PHONE)
    reader.open(the_link_in_the_letter("liaison@lagoon.example"))
    row = reader.page.locator(".attest-row", has_text="Ines Okafor")
    row.locator("summary").click()
    row.get_by_label(re.compile("^Title of Ines Okafor")).fill("Treasurer")
    other = reader.page.locator(".attest-row", has_text="Bao Castellanos")
    other.locator("summary").click()
    other.get_by_label(re.compile("no longer holds this seat")).check()
    reader.look_over()
    reader.press("Confirm with these corrections")
    reader.says("Thank you")
    assert Tenure.objects.get(pk=scene.cast.tenures["peer"].pk).title == "Treasurer"

    liaison = scene.reader("liaison")
    liaison.open("/desk/lagoon/")
    liaison.follow("Record the end of Bao Castellanos as CIO, or say that they stay")
    liaison.says("Jonas Weil said so when the seats were confirmed")
    liaison.press("They hold it")
    liaison.does_not_say("Record the end of Bao Castellanos")


def test_the_team_sees_who_is_silent_and_notes_a_call(scene: Scene):
    people.advance_attestations(at=scene.now)
    team = scene.reader("staff")
    team.open("/office/attestations/")
    row = team.page.locator("li.row", has_text="Society of Lagoon Cardiology")
    team.arrive(row.get_by_role("button", name="I have called").click)
    team.says("Telephone by Mara Quist")
