"""The council's team registers a society, looks what a change of standing brings, and keeps its seats."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from collegium.core.people.models import Organization, Standing, Tenure

from . import then
from .reader import Reader
from .scene import Scene

NAME = "Academy of Tidepool Medicine"
PAGE = "/office/societies/academy-of-tidepool-medicine/"
SMALL = 390


def fill(reader: Reader, **typed: str) -> None:
    """Fields by how their labels begin; `_` stands for a space."""
    for label, text in typed.items():
        reader.page.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).fill(text)


def choose(reader: Reader, label: str, option: str) -> None:
    reader.page.get_by_label(re.compile(f"^{label}")).select_option(label=option)


def they_register_the_society(reader: Reader) -> None:
    reader.open("/societies/")
    reader.follow("Office")
    reader.follow("Societies", within="#main")
    reader.follow("Register an organization", within="#main")
    choose(reader, "Kind", "Member society")
    fill(reader, Name=NAME, Acronym="ATM", City="Rockpool")
    reader.page.get_by_label("Time zone").select_option("Pacific/Honolulu")
    reader.press("Register it")
    assert (reader.title, reader.path) == (NAME, PAGE)
    then.nothing_runs_over(reader, width=SMALL)


def they_change_its_standing(reader: Reader, day: str) -> None:
    """First they are shown what follows; then they say yes."""
    reader.follow("Change the standing …")
    choose(reader, "Standing", "Member")
    fill(reader, From=day)
    reader.press("Show what follows")
    reader.says("What follows")
    assert Standing.objects.filter(organization__slug="academy-of-tidepool-medicine").count() == 0
    then.nothing_runs_over(reader, width=SMALL)
    reader.press("Change the standing")
    reader.says(f"Member society since {day[:4]}")


def they_start_a_tenure(reader: Reader, day: str) -> None:
    reader.follow("Start a tenure")
    choose(reader, "Seat", "CEO")
    fill(reader, Title="Chief Executive Officer", First_day=day, Somebody_new="Marina Tidewell")
    reader.press("Record the tenure", status=422)
    reader.says("A first address.")
    fill(reader, Their_first_address="marina@tidepool.example")
    reader.press("Record the tenure")
    reader.says("Marina Tidewell", within="#seats")


def test_the_team_keeps_the_registry(scene: Scene, tmp_path: Path) -> None:
    staff = scene.reader("staff")
    today, tomorrow = scene.now.date(), scene.now.date() + timedelta(days=1)
    they_register_the_society(staff)
    they_change_its_standing(staff, today.isoformat())
    they_start_a_tenure(staff, today.isoformat())

    staff.follow("Change Marina Tidewell, CEO", within="#seats")
    staff.follow("Give a mandate")
    choose(staff, "May", "Vote")
    fill(staff, First_day=today.isoformat())
    staff.press("Give it")
    staff.says("Vote", within="#mandates")
    fill(staff, Last_day=tomorrow.isoformat())
    staff.press("Record the end")
    assert Tenure.objects.get(person__name="Marina Tidewell").last_day == tomorrow

    staff.open("/office/societies/?q=tidepool")
    with staff.page.expect_download() as download:
        staff.page.get_by_role("link", name="Download this list (CSV)").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines] == [["Name", "Acronym"], [NAME, "ATM"]]
    assert Organization.objects.filter(entry__title=NAME).count() == 1


def test_the_team_looks_for_somebody_and_at_a_function(scene: Scene) -> None:
    staff = scene.reader("staff")
    staff.open("/office/")
    staff.follow("People", within="#main")
    fill(staff, Name_or_address="halloran")
    staff.press("Show", within="#main")
    staff.follow("Tomasz Halloran", within="#main")
    staff.says("Chief Financial Officers", within="#groups")
    then.nothing_runs_over(staff, width=SMALL)
    staff.follow("Propose an address")
    fill(staff, New_address="tomasz@new.example")
    staff.press("Propose it")
    staff.says("tomasz@new.example", within="#addresses")
    staff.open("/office/functions/")
    then.nothing_runs_over(staff, width=SMALL)
    staff.follow("CFO", within="#main")
    staff.says("College of Harbour Surgeons", within="#seats")
    staff.follow("Rename")
    fill(staff, Name="Finance Chief")
    staff.press("Rename it")
    assert staff.title == "Finance Chief"

    peer = scene.reader("peer")
    for path in ("/office/societies/", "/office/people/", "/office/functions/", "/office/people/people.csv"):
        then.the_page_is_unknown(peer, path)
