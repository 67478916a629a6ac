"""The council's team brings in a roster of two thousand people, mends the bad lines and brings those in too."""

from __future__ import annotations

import csv
import io

from collegium.core.people.models import Person, RosterImport
from collegium.web.office.tests.test_rosters import work

HEAD = ["Society", "Function", "Name", "E-mail", "Title"]
SOCIETIES = ("lagoon", "harbour", "reef")


def roster_of(people: int, bad: int) -> bytes:
    """So many lines, the first `bad` of a society nobody knows."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow(HEAD)
    for number in range(people):
        society = "atlantis" if number < bad else SOCIETIES[number % len(SOCIETIES)]
        table.writerow([society, "membership", f"Member {number}", f"member{number}@{society}.example", "Manager"])
    return written.getvalue().encode("utf-8-sig")


def hand_in(reader, name, content):
    reader.open("/office/roster/")
    reader.page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
    reader.press("Look at it")


def test_the_team_brings_in_two_thousand_people_and_mends_thirty_lines(scene):
    team = scene.reader("staff")
    hand_in(team, "members.csv", roster_of(2_000, bad=30))
    team.says("lines looked through")
    work()
    team.page.reload()
    team.says("1970 lines would change something. 30 refused lines are left out.")
    team.says("No society is called “atlantis”.")
    assert Person.objects.filter(name__startswith="Member ").count() == 0

    team.press("Carry it out")
    team.says("0 of 1,970")
    work()
    team.page.reload()
    team.says("1970 lines were carried out.")
    assert Person.objects.filter(name__startswith="Member ").count() == 1_970

    with team.page.expect_download() as download:
        team.page.get_by_role("link", name="The refused lines").click()
    mended = download.value.path().read_text(encoding="utf-8-sig").replace("atlantis", "lagoon")
    hand_in(team, "mended.csv", mended.encode())
    work()
    team.page.reload()
    team.says("30 lines would change something.")
    team.press("Carry it out")
    work()
    assert Person.objects.filter(name__startswith="Member ").count() == 2_000
    assert set(RosterImport.objects.values_list("state", flat=True)) == {"done"}
