"""The council asks its societies something; one prepares its answer among its people and gives it on a telephone."""

from __future__ import annotations

from datetime import timedelta

from collegium.core.calls.models import Answer, Call
from collegium.core.calls.tests.scene import mandates

from .scene import Scene

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def the_team_asks(scene: Scene, title: str) -> Call:
    """For tomorrow, as the form proposes it; what it says is typed."""
    team = scene.reader("staff")
    team.open("/office/calls/")
    team.follow("Ask something")
    team.field("Title").fill(title)
    team.field("What is asked").fill("Please say whether trainees pay dues.")
    team.look_over()
    team.press("Prepare it")
    team.says("Nobody of the 3 societies, by what they told of how long they need.")
    team.press("Announce it")
    team.says("The roll is taken when it opens.")
    return Call.objects.get(entry__title=title)


def test_a_society_prepares_its_answer_and_gives_it_on_a_telephone(scene: Scene):
    mandates(scene.cast)
    call = the_team_asks(scene, "How do you count trainees?")
    scene.clock.move_to(call.opens_at + timedelta(hours=2))

    liaison = scene.reader("liaison")
    liaison.open("/calls/")
    liaison.follow("How do you count trainees?")
    liaison.press("I am on it")
    liaison.field("In words").fill("Trainees pay a tenth.")
    liaison.press("Keep as draft")
    liaison.says("only your society sees it")
    liaison.field("A word to your colleagues").fill("Please look before it goes.")
    liaison.press("Say it")
    liaison.open("/desk/lagoon/")
    liaison.says("A draft is there")

    delegate = scene.reader("delegate", **PHONE)
    delegate.open("/calls/")
    delegate.follow("How do you count trainees?")
    delegate.says("Please look before it goes.")
    delegate.page.get_by_label("Answer", exact=True).check()
    delegate.look_over()
    delegate.press("Answer for SLC")
    delegate.says("The answer is given.")
    assert Answer.objects.get().raw == "Trainees pay a tenth."

    team = scene.reader("staff")
    team.open(f"/office/calls/{call.pk}/")
    team.says("by Ingvild Sorensen")
    row = team.page.locator("li.row", has_text="Academy of Reef Dermatology")
    team.arrive(row.get_by_role("button", name="Remind").click)
    team.says("A reminder goes to whoever can answer for Academy of Reef Dermatology.")


def test_a_society_says_how_long_it_needs_and_the_team_sees_whom_the_window_shuts_out(scene: Scene):
    mandates(scene.cast)
    liaison = scene.reader("liaison")
    liaison.open("/desk/lagoon/")
    liaison.follow("How long we need")
    liaison.page.get_by_label("To", exact=True).select_option("Answer")
    liaison.field("takes so many days").fill("60")
    liaison.press("Note it")
    liaison.says("60 days")
    team = scene.reader("staff")
    team.open("/office/calls/new/")
    team.field("Title").fill("In haste")
    team.press("Prepare it")
    team.says("needs 60 days, there is time for 30")
    team.look_over()
