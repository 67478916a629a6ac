"""A new version of an undertaking is asked and bars; the team reads a closed group, and its members see that."""

from datetime import timedelta

from collegium.core.groups import actions as groups
from collegium.rooms.discussions.tests.factories import make_topic

from . import then, when

CEOS, CONDITIONS = "/groups/ceos/", "/groups/ceos/conditions/"
DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
BUDGET = "What the budget of the council should be"
TEXT = "I keep to myself what members write here.\n"


def a_topic_of_the_ceos(scene):
    cast = scene.cast
    return make_topic(cast, group=cast.ceos, by="chair", title=BUDGET, raw="Larger, I think.")


def an_undertaking_the_delegate_has_accepted(scene):
    cast = scene.cast
    staff = cast.viewer("staff", scene.now)
    made = groups.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=scene.now)
    version = groups.publish_version(made, text=TEXT, viewer=staff, at=scene.now)
    groups.begin_need(cast.ceos, undertaking=made, viewer=staff, at=scene.now)
    groups.accept_undertaking(version, viewer=cast.viewer("delegate", scene.now), at=scene.now)


def test_a_new_version_is_asked_at_once_and_bars_after_its_grace(scene):
    topic = a_topic_of_the_ceos(scene)
    an_undertaking_the_delegate_has_accepted(scene)
    staff, delegate = scene.reader("staff"), scene.reader("delegate")

    staff.open("/office/undertakings/")
    staff.follow("Confidentiality", within="#main")
    staff.field("Text").fill(f"{TEXT}Papers shared here stay here.\n")
    staff.press("Look at it first")
    staff.says("2 people will be asked")
    staff.press("Publish")
    staff.says("0 of 2 have accepted")
    when.the_worker_has_told_everybody()

    delegate.open(CEOS)
    delegate.says("Accept to read on")
    delegate.says(BUDGET)

    when.the_clock_moves(scene, scene.now + 14 * DAY + A_MINUTE)
    # The session of a fortnight ago is over.
    delegate = scene.reader("delegate")
    delegate.open(CEOS)
    delegate.says("Accept to enter")
    delegate.does_not_say(BUDGET)
    then.the_page_is_unknown(delegate, topic.get_absolute_url())

    delegate.open(CEOS)
    delegate.follow("Confidentiality", within="#main")
    delegate.says("What changed")
    delegate.press("I undertake this")
    delegate.says("You have undertaken this")
    delegate.open(CEOS)
    delegate.follow(BUDGET)
    delegate.says("Larger, I think.")


def test_the_team_reads_a_closed_group_with_a_reason_and_the_members_see_it(scene):
    topic = a_topic_of_the_ceos(scene)
    staff, second, delegate = scene.reader("staff"), scene.reader("second_staff"), scene.reader("delegate")

    staff.open(CEOS)
    staff.does_not_say(BUDGET)
    then.the_page_is_unknown(staff, topic.get_absolute_url())
    staff.open(CONDITIONS)
    staff.page.get_by_text("Ask to read this group", exact=True).click()
    staff.field("Why do you have to read it?").fill("A complaint about the budget")
    staff.press("Ask a second person")
    then.the_page_is_unknown(staff, topic.get_absolute_url())

    second.open(CONDITIONS)
    second.says("A complaint about the budget")
    second.press("Confirm for 24 hours")
    when.the_worker_has_told_everybody()

    staff.open(CEOS)
    staff.follow(BUDGET)
    staff.says("Larger, I think.")
    staff.says("you can look, but not write")
    delegate.open(CEOS)
    delegate.says("One of the council’s team reads along")
    delegate.says("A complaint about the budget")

    when.the_clock_moves(scene, scene.now + DAY + A_MINUTE)
    then.the_page_is_unknown(staff, topic.get_absolute_url())
    delegate.open(CEOS)
    delegate.does_not_say("reads along")
