"""`collegium import-mbox`: brings in, says what was left out, and fails with a sentence where nothing can be read."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from collegium.config import command, installation
from collegium.config.commands import archives
from collegium.core.trail.models import Event
from collegium.rooms.archives.tests.lists import conversation, letter, mailbox
from collegium.rooms.discussions.models import Post


@pytest.fixture
def run(cast, monkeypatch, tmp_path):
    """Hands a file to the command; the words of its answer and its exit. Set up and held open is what is there."""
    monkeypatch.setattr(installation, "current", lambda: None)
    monkeypatch.setattr(command, "carry_out", lambda _deed, **words: archives.import_mbox(**words))

    def run(content, group="cfos"):
        file = tmp_path / "list.mbox"
        file.write_bytes(content)
        return CliRunner().invoke(command.main, ["import-mbox", str(file), "--group", group])

    return run


def test_it_brings_the_archive_in_and_says_what_was_left_out(run):
    letters = [
        *conversation(),
        letter(5, extra=["Auto-Submitted: auto-replied"]),
        letter(6, text=" "),
        letter(7, at=""),
    ]
    result = run(mailbox(letters))
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[-5:] == [
        "7 letters, 0 of them known before; 5 are posts now.",
        "1 left out: Nothing is written in it",
        "1 left out: Written by a machine: out of office, a report, a subscription",
        "1 without a date of their own, which the letters around them give.",
        "It is sealed: only the officers of Chief Financial Officers read it until they open it, "
        "at /groups/cfos/archive/.",
    ]
    assert Post.objects.count() == 5


def test_the_same_again_adds_nothing(run):
    run(mailbox(conversation()))
    result = run(mailbox(conversation()))
    assert result.output.splitlines()[-1] == "4 letters, all of which were brought in before; nothing was added."
    assert (result.exit_code, Post.objects.count(), Event.objects.filter(name="archive.brought_in").count()) == (
        0,
        4,
        1,
    )


@pytest.mark.parametrize(
    ("content", "group", "words"),
    [
        (b"", "cfos", "There are no letters in it"),
        (b"\0\1\2" * 1000, "cfos", "There are no letters in it"),
        (b"\x1f\x8b\x08", "cfos", "ends in the middle"),
        (mailbox(conversation()), "none-such", "there is no group 'none-such'"),
        (mailbox(conversation()), "x" * 100_000, "there is no group"),
        (mailbox(conversation()), "a\0b", "there is no group"),
    ],
    ids=["empty", "binary", "cut", "unknown", "long", "nul"],
)
def test_what_cannot_be_brought_in_fails_with_a_sentence(run, content, group, words):
    result = run(content, group)
    assert (result.exit_code, words in result.output, Post.objects.count()) == (1, True, 0)
    assert "Traceback" not in result.output


def test_a_file_that_is_not_there_is_told_before_anything_is_done(run):
    result = CliRunner().invoke(command.main, ["import-mbox", "/nowhere.mbox", "--group", "cfos"])
    assert (result.exit_code, "does not exist" in result.output) == (2, True)
