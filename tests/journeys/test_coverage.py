"""The council's team finds an empty seat on the map, and lets another office into the group that wants it."""

from __future__ import annotations

from playwright.sync_api import expect

from collegium.core.people.actions import open_seat
from collegium.core.people.tests.factories import make_function
from collegium.web.office.health import jobs

from . import given

MAP = "/office/coverage/"
CFOS = "/office/groups/of/cfos/"


def test_the_team_finds_a_vacant_seat_and_admits_another_office_having_seen_whom_it_concerns(scene):
    topic = given.a_question_about_reserves(scene)
    open_seat(scene.cast.harbour, make_function("membership"))
    team, other = scene.reader("staff"), scene.reader("two_seats")

    team.open("/")
    team.follow("Office")
    team.says("Nothing waits")
    team.follow("Coverage", within="main")
    team.page.locator("select[name=state]").select_option("vacant")
    expect(team.page.locator("td.held")).to_have_count(0)
    expect(team.page.locator("td.vacant")).to_have_count(2)
    team.look_over()
    team.arrive(team.page.get_by_role("link", name="vacant: never held").first.click)
    team.says("never held")
    assert team.title == "College of Harbour Surgeons"

    team.open(f"{MAP}?groups=peer_group")
    team.follow("cfos", within="table")
    team.follow("Change whom it admits")
    team.page.get_by_label("CIO", exact=True).check()
    team.press("Show whom it concerns")
    team.says("what was written before stays closed")
    team.says("Bao Castellanos")
    other.open("/groups/cfos/roster/", status=404)
    team.press("Apply this")
    team.says("Whom the group admits is changed.")
    team.says("CFO, CIO")

    # Whoever came in finds the group, and not what was written before.
    other.open("/groups/cfos/roster/")
    other.open(topic.get_absolute_url(), status=404)
    team.open(f"{MAP}of/lagoon/")
    assert team.page.locator("#cfos").get_by_text("held", exact=True).count() == 1


def test_the_map_is_a_list_on_a_telephone_and_leads_to_one_society(scene):
    team = scene.reader("staff", viewport={"width": 390, "height": 800})
    team.open(MAP)
    assert not team.page.locator("table.map").is_visible()
    team.arrive(team.page.locator(".map-places").get_by_role("link", name="Society of Lagoon Cardiology").click)
    team.says("Ines Okafor")


def test_a_cell_says_who_sits_there_when_it_is_reached_by_keyboard(scene):
    team = scene.reader("staff")
    team.open(MAP)
    cell = team.page.locator("td.held a").first
    told = cell.locator(".told")
    assert told.bounding_box()["width"] <= 1
    cell.focus()
    assert told.bounding_box()["width"] > 40
    with team.page.expect_navigation():
        team.page.keyboard.press("Enter")
    assert team.path.startswith(f"{MAP}of/")


def test_without_scripts_the_map_is_narrowed_and_the_house_is_checked(scene):
    from procrastinate.contrib.django.models import ProcrastinateJob

    team = scene.reader("staff", java_script_enabled=False)
    team.open(MAP)
    team.page.locator("select[name=state]").select_option("lapsed")
    team.press("Show")
    assert team.page.locator("td.lapsed").count() == 1
    team.follow("Health", within="main")
    team.press("Check now")
    team.says("checks are done")
    for job in list(ProcrastinateJob.objects.filter(task_name=jobs.check_house.name)):
        jobs.check_house(**job.args)
    team.follow("Look again")
    team.says("asked for by Mara Quist")
