"""`collegium import-roster`: shows, asks, does, and says by its exit whether all went in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from collegium.config import command, installation
from collegium.config.commands import rosters
from collegium.core.people.models import Person, RosterImport

GOOD = "Society,Function,Name,E-mail\nlagoon,membership,Ada Pell,ada@lagoon.example\n"
BAD = f"{GOOD}atlantis,membership,Bo Quay,bo@x.example\n"


@pytest.fixture
def run(cast, monkeypatch, tmp_path):
    """Hands a text to the command; the words of its answer and its exit. Set up and held open is what is there."""
    monkeypatch.setattr(installation, "current", lambda: None)
    monkeypatch.setattr(command, "carry_out", lambda _deed, **words: rosters.import_roster(**words))

    def run(text, *words, answer="n"):
        file = tmp_path / "roster.csv"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(command.main, ["import-roster", str(file), *words], input=f"{answer}\n")

    return run


def test_it_shows_and_asks_and_does_nothing_on_no(run):
    result = run(GOOD)
    assert "0 refused, 1 new, 0 changed, 0 unchanged" in result.output
    assert (result.exit_code, Person.objects.filter(name="Ada Pell").exists()) == (0, False)
    assert RosterImport.objects.get().state == "abandoned"


def test_it_does_what_was_confirmed(run):
    result = run(GOOD, answer="y")
    assert "1 lines were carried out." in result.output
    assert (result.exit_code, Person.objects.filter(name="Ada Pell").exists()) == (0, True)


def test_a_refused_line_is_told_and_shows_in_the_exit(run):
    result = run(BAD, "--yes")
    assert "line 3, Society: No society is called “atlantis”." in result.output
    assert (result.exit_code, Person.objects.filter(name="Ada Pell").exists()) == (1, True)


def test_the_same_file_again_has_nothing_to_change(run):
    run(GOOD, "--yes")
    assert "There is nothing to change." in run(GOOD, "--yes").output


def test_a_file_that_is_no_roster_is_refused(run):
    result = run("Name\nAda\n")
    assert result.exit_code == 1
    assert "The first line must have these headings" in result.output
