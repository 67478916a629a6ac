"""From an issue to a position: raised, decided, drafted, commented on paragraph by paragraph, answered, compared."""

from __future__ import annotations

from datetime import timedelta

from collegium.core.people import actions as people
from collegium.rooms.positions.actions import move_position, take_due_steps
from collegium.rooms.positions.models import Position
from collegium.rooms.positions.tests.factories import WORDS

from . import when

TEXT = "# What we ask\n\nPlans answer within two days.\n\nRefusals are reviewed by a physician."
NEWER = "# What we ask\n\nPlans answer within one day.\n\nRefusals are reviewed by a physician."


def test_an_issue_becomes_a_position_that_societies_comment_on(scene):
    tenure = scene.cast.tenures["delegate"]
    people.give_mandate(tenure, act="comment", starts_on=tenure.starts_on, by=None, at=scene.cast.at)
    peer, staff, delegate = scene.reader("peer"), scene.reader("staff"), scene.reader("delegate")

    they_raise_an_issue(peer)
    staff.open("/issues/")
    staff.follow("Delays of approvals")
    staff.follow("Decide")
    staff.page.get_by_label("Accept it: the council takes it up").check()
    staff.field("The reason").fill("It touches most of us.")
    staff.press("Decide")
    staff.says("It touches most of us.")
    when.the_worker_has_told_everybody()
    peer.open("/")
    when.they_read_their_notices(peer)
    peer.says("Mara Quist decided of the issue you raised")

    they_begin_a_position(staff)
    they_declare_and_write(peer, staff)
    they_ask_the_societies(staff, scene)
    they_comment(delegate)
    when.the_clock_moves(scene, scene.now + timedelta(days=33))
    take_due_steps(at=scene.now)
    # Whoever was away for so long signs in anew.
    peer, delegate = scene.reader("peer"), scene.reader("delegate")
    they_answer(peer, delegate)
    peer.follow("What changed")
    peer.says("1 paragraph changed")
    assert peer.page.locator(".redline del").all_text_contents() == ["removed: two days"]
    assert peer.page.locator(".redline ins").all_text_contents() == ["added: one day"]


def they_raise_an_issue(peer):
    peer.open("/positions/")
    peer.follow("Issues", within="#main")
    peer.follow("Raise an issue")
    peer.field("What is it about?").fill("Delays of approvals")
    peer.page.get_by_label(WORDS["importance"]).check()
    peer.field("Why the council?").fill("Together we are heard.")
    peer.field("What is known?").fill("A survey of 412 practices.")
    peer.field("What should the council do?").fill("A position.")
    # Whom it touches was forgotten; what was typed stands there again.
    peer.press("Raise it", status=422)
    assert peer.field("What is known?").input_value() == "A survey of 412 practices."
    peer.page.get_by_label("Society of Lagoon Cardiology", exact=True).first.check()
    peer.press("Raise it")
    peer.says("A survey of 412 practices.")
    peer.says("Waiting for triage")


def they_begin_a_position(staff):
    staff.follow("Begin a position from it")
    staff.page.get_by_label("Position paper").check()
    staff.page.get_by_label("Which society leads the drafting?").select_option(label="Society of Lagoon Cardiology")
    staff.press("Begin")
    staff.says("Name at least one drafter first.")
    staff.follow("Who leads, drafts and is touched")
    label = "Ines Okafor, Chief Financial Officer, Society of Lagoon Cardiology"
    staff.field("Who drafts it as well?").select_option(label=label)
    staff.press("Name them")
    staff.says("interests not declared")


def they_declare_and_write(peer, staff):
    peer.open("/positions/")
    peer.follow("Delays of approvals", within="#main")
    peer.follow("Declare them")
    peer.page.get_by_label("No", exact=True).check()
    peer.press("Declare")
    staff.follow("Delays of approvals", within="#main")
    staff.follow("Begin drafting")
    staff.press("Begin drafting")
    peer.reload()
    peer.follow("Write")
    peer.field("Text").fill(TEXT)
    peer.press("Save as a revision")
    peer.says("Plans answer within two days.")


def they_ask_the_societies(staff, scene):
    staff.reload()
    staff.says("Say first how much support it needs")
    staff.follow("How much support it needs")
    staff.field("How many societies have to be for it, at least?").fill("2")
    staff.press("Set it")
    staff.follow("Ask the societies to comment")
    staff.field("Until when?").fill((scene.now + timedelta(days=31)).date().isoformat())
    staff.press("Ask the societies to comment")
    staff.says("Open for comment")


def they_comment(delegate):
    delegate.open("/positions/")
    delegate.follow("Delays of approvals", within="#main")
    delegate.arrive(delegate.page.locator("#b2").get_by_role("link").last.click)
    delegate.page.get_by_label("Which words of the paragraph?").fill("within two days")
    delegate.field("The comment").fill("For a child that is too long.")
    delegate.page.get_by_label("What should it say instead?").fill("within one day")
    delegate.press("Comment", within="form[action*='comments/new']")
    delegate.says("For a child that is too long.")


def they_answer(peer, delegate):
    peer.open(f"/positions/{Position.objects.get().pk}/")
    peer.says("Comments are answered")
    peer.follow("Comments", within=".page-head")
    peer.arrive(peer.page.locator("#comment-1").get_by_role("link", name="Answer it").click)
    peer.page.get_by_label("Accepted", exact=True).check()
    peer.field("The reason").fill("One day it is.")
    peer.press("Answer it")
    delegate.open(f"/positions/{Position.objects.get().pk}/comments/")
    delegate.arrive(delegate.page.locator("#comment-1").get_by_role("link", name="Does it satisfy?").click)
    delegate.page.get_by_label("Satisfied", exact=True).check()
    delegate.press("Say so")
    delegate.says("satisfied")
    peer.open(f"/positions/{Position.objects.get().pk}/text/")
    peer.field("Text").fill(NEWER)
    peer.page.get_by_label("Substantive: says something else").check()
    peer.press("Save as a revision")


def test_everybody_reads_what_is_published(scene):
    from collegium.rooms.positions.tests.factories import in_state

    position = in_state(scene.cast, "adopted", title="On approvals")
    viewer = scene.cast.viewer("staff", scene.now + timedelta(days=300))
    move_position(position, to="public", viewer=viewer, at=viewer.at)
    anybody = scene.stranger()
    anybody.open("/")
    anybody.follow("Positions", within="header")
    anybody.follow("On approvals")
    anybody.says("How to cite it")
    anybody.says("In force")
    anybody.does_not_say("Ines Okafor")
    assert anybody.page.locator('script[type="application/ld+json"]').count() == 1
