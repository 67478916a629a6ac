"""The access table's rows of rosters that come in as files, with canaries in what they say and are called."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from collegium.core.people import actions
from collegium.core.people.roster.reading import read

from .table import AWAY, PAGE, REFUSED, Row, nothing
from .world import OFFICE, World


def roster(world: World) -> dict[str, Any]:
    return {"pk": world.made["roster"].pk}


def unknown(world: World) -> dict[str, Any]:
    return {"pk": 999_999}


def handed_in(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("r.csv", b"Society,Function,Name,E-mail\nlagoon,cio,Ada,ada@x.example")}


ROWS = [
    Row("office:rosters", {PAGE: OFFICE}),
    Row("office:rosters", {AWAY: OFFICE}, post=handed_in, state="a file"),
    Row("office:rosters", {REFUSED: OFFICE}, post=nothing, state="no file"),
    Row("office:roster", {PAGE: OFFICE}, roster),
    Row("office:roster", {}, unknown, state="unknown"),
    Row("office:confirm_roster", {AWAY: OFFICE}, roster, nothing),
    Row("office:confirm_roster", {}, unknown, nothing, state="unknown"),
    Row("office:abandon_roster", {AWAY: OFFICE}, roster, nothing),
    Row("office:refused_lines", {PAGE: OFFICE}, roster),
    Row("office:refused_lines", {}, unknown, state="unknown"),
    Row("office:present_roster", {PAGE: OFFICE}),
    Row("office:roster_template", {PAGE: OFFICE}),
]


def furnish(world: World) -> None:
    """A roster that waits, with a line that is new and one that is refused."""
    file, name, title = (world.canary(f"roster{what}", OFFICE) for what in ("file", "name", "title"))
    text = f"Society,Function,Name,E-mail,Title\nlagoon,membership,{name},ada@x.example,{title}\n,cfo,{title},,"
    content, at = text.encode(), timezone.now()
    taken = actions.receive_roster(read(content), name=f"{file}.csv", content=content, by=world.cast.staff, at=at)
    world.made["roster"] = actions.look_through_roster(taken, at=at)
