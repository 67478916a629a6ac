"""On a telephone an officer opens the letter, reads what waits and publishes it, without signing in."""

from __future__ import annotations

import re

from collegium.core.groups import actions as groups
from collegium.core.mail.models import Letter
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post
from collegium.rooms.discussions.queries import topic_for_page

from . import given, when
from .scene import Scene

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def something_waits(scene: Scene) -> str:
    """What a newcomer answered; the path of the link in the officer's letter."""
    topic, cast = given.a_question_about_reserves(scene), scene.cast
    groups.change_holding(
        cast.cfos, holding="newcomers", held_at_first=2, viewer=scene.viewer(cast.colleague), at=scene.now
    )
    viewer = scene.viewer(cast.leaver)
    actions.submit_answer(
        topic_for_page(viewer, topic.pk),
        raw="We keep *nine* months, and a line of credit for three more.\n\n- rent\n- salaries",
        tenure=cast.tenures["leaver"],
        viewer=viewer,
        at=scene.now,
    )
    when.the_worker_has_told_everybody()
    letter = Letter.objects.get(to="colleague@harbour.example", kind="discussions.held")
    found = re.search(r"https?://[^/\s]+(/held/by-letter/\S+)", letter.text)
    assert found
    return found[1]


def test_an_officer_publishes_from_the_letter(scene: Scene):
    reader = scene.stranger(**PHONE)
    link = something_waits(scene)
    reader.open(link)
    reader.says("You decide as Tomasz Halloran, without signing in.")
    reader.says("We keep nine months")
    reader.press("Release it")
    reader.says("It is published")
    assert Post.objects.filter(author=scene.cast.leaver).count() == 1


def test_an_officer_who_gives_no_reason_is_asked_for_one(scene: Scene):
    reader = scene.stranger(**PHONE)
    reader.open(something_waits(scene))
    reader.press("Do not publish it", status=422)
    reader.says("Say why: its author will read it.")
    reader.page.get_by_label("Your words").fill("Better asked among the treasurers.")
    reader.press("Do not publish it")
    reader.says("It is not published")
    reader.does_not_say("nine months")
