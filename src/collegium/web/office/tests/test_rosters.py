"""The pages on which a roster comes in: handed in, looked at, confirmed, mended."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.people import jobs
from collegium.core.people.models import Person, RosterImport
from collegium.core.people.tests.spreadsheets import spreadsheet

HEAD = ["Society", "Function", "Name", "E-mail", "Title"]
ADA = ["lagoon", "membership", "Ada Pell", "ada@lagoon.example", "Head of Membership"]
BAD = ["atlantis", "membership", "Bo Quay", "bo@x.example", "Head"]
FORMULA = ["atlantis", "membership", "Bo Quay", "bo@x.example", "=HEAD"]


@pytest.fixture
def team(cast, client):
    client.force_login(cast.staff)
    return client


def as_csv(*rows):
    written = io.StringIO()
    csv.writer(written).writerows([HEAD, *rows])
    return written.getvalue().encode()


def hand_in(client, content, name="roster.csv", **more):
    return client.post("/office/roster/", {"file": SimpleUploadedFile(name, content), **more})


def work():
    """As the worker would, until nothing waits."""
    for name, job in (("look_through", jobs.look_through), ("carry_out", jobs.carry_out)):
        while found := ProcrastinateJob.objects.filter(task_name__endswith=name).first():
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [found.pk])
            job(**found.args)


@pytest.mark.parametrize("content", [as_csv(ADA, BAD), spreadsheet([HEAD, ADA, BAD])], ids=["csv", "xlsx"])
def test_a_roster_is_handed_in_looked_at_and_carried_out(team, content):
    page = hand_in(team, content)["Location"]
    assert "0 of 2" in team.get(page).content.decode()
    work()
    shown = team.get(page).content.decode()
    assert "No society is called “atlantis”." in shown
    assert "Ada Pell" not in shown  # what is refused is shown first
    assert "Ada Pell" in team.get(f"{page}?show=new").content.decode()
    assert not Person.objects.filter(name="Ada Pell").exists()
    team.post(f"{page}confirmation/")
    work()
    assert Person.objects.filter(name="Ada Pell").exists()
    assert "One line was carried out." in team.get(page).content.decode()


def test_the_refused_lines_come_back_to_be_mended_with_formulas_as_text(team):
    page = hand_in(team, as_csv(ADA, FORMULA))["Location"]
    work()
    answer = team.get(f"{page}refused/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        [*HEAD, "Line", "Why it was refused"],
        ["atlantis", "membership", "Bo Quay", "bo@x.example", "'=HEAD", "3", "This is a formula, not a value."],
    ]


def test_the_present_roster_handed_in_changes_nothing(team):
    content = b"".join(team.get("/office/roster/present/").streaming_content)
    page = hand_in(team, content)["Location"]
    work()
    assert "There is nothing to change" in team.get(page).content.decode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"Name\nAda", "The first line must have these headings"),
        (b"PK\x03\x04", "The spreadsheet cannot be read"),
        (b"x" * 10_000_001, "The file is larger than 10 MB."),
    ],
    ids=["empty", "headings", "archive", "size"],
)
def test_what_is_no_roster_is_refused_beside_the_field(team, content, reason):
    answer = hand_in(team, content)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_an_unknown_encoding_is_refused(team):
    assert hand_in(team, as_csv(ADA), encoding="rot13").status_code == 422


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "\x00"])
def test_a_place_in_the_lines_that_is_none_is_the_first(team, after):
    page = hand_in(team, as_csv(ADA))["Location"]
    work()
    assert "Ada Pell" in team.get(page, {"show": "new", "after": after}).content.decode()


def test_a_page_of_lines_costs_the_same_for_1_and_250(team):
    counted = []
    for number in (1, 250):
        rows = [["lagoon", "membership", f"Ada {n}", f"ada{n}@x.example", ""] for n in range(number)]
        page = hand_in(team, as_csv(*rows))["Location"]
        work()
        with CaptureQueriesContext(connection) as queries:
            shown = team.get(f"{page}?show=new").content.decode()
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert ("Ada 99<" in shown, "Ada 100<" in shown) == (True, False)
    assert "Ada 100<" in team.get(f"{page}?show=new&after=101").content.decode()


def test_a_roster_that_is_being_carried_out_is_abandoned_on_its_page(team):
    page = hand_in(team, as_csv(ADA))["Location"]
    work()
    team.post(f"{page}confirmation/")
    assert "Abandon the rest" in team.get(page).content.decode()
    team.post(f"{page}abandonment/")
    work()
    assert "0 lines were carried out before and stay; the rest is forgotten." in team.get(page).content.decode()
    assert not Person.objects.filter(name="Ada Pell").exists()


def test_an_abandoned_roster_is_gone(team):
    page = hand_in(team, as_csv(ADA))["Location"]
    work()
    team.post(f"{page}abandonment/")
    shown = team.get(page).content.decode()
    assert "Its lines are forgotten." in shown
    assert "Ada Pell" not in shown
