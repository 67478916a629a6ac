"""What changed between two revisions, block by block and word by word."""

from __future__ import annotations

from collegium.design.redline import Kind, redline
from collegium.rooms.positions.models import Block


def blocks(*rows):
    return [Block(key=key, ordinal=n, raw=raw, html=f"<p>{raw}</p>") for n, (key, raw) in enumerate(rows)]


OLD = blocks((1, "Aims"), (2, "Plans answer within two days."), (3, "Refusals are reviewed."))


def told(new, old=OLD):
    return [(line.kind, line.key, str(line.html)) for line in redline(old, new)]


def test_the_same_is_drawn_as_it_reads():
    assert told(OLD) == [
        (Kind.SAME, 1, "<p>Aims</p>"),
        (Kind.SAME, 2, "<p>Plans answer within two days.</p>"),
        (Kind.SAME, 3, "<p>Refusals are reviewed.</p>"),
    ]


def test_words_that_changed_are_marked():
    new = blocks((1, "Aims"), (2, "Plans answer within one day."), (3, "Refusals are reviewed."))
    assert told(new)[1] == (
        Kind.CHANGED,
        2,
        "Plans answer within <del>two days</del><ins>one day</ins>.",
    )


def test_what_came_and_what_went_stand_in_their_places():
    new = blocks((1, "Aims"), (4, "New & <b>bold</b>."), (3, "Refusals are reviewed."))
    assert told(new) == [
        (Kind.SAME, 1, "<p>Aims</p>"),
        (Kind.WENT, 2, "<del>Plans answer within two days.</del>"),
        (Kind.CAME, 4, "<ins>New &amp; &lt;b&gt;bold&lt;/b&gt;.</ins>"),
        (Kind.SAME, 3, "<p>Refusals are reviewed.</p>"),
    ]


def test_what_was_moved_is_said_to_be_moved():
    new = blocks((3, "Refusals are reviewed."), (1, "Aims"), (2, "Plans answer within two days."))
    assert [(line.kind, line.key, line.was_moved) for line in redline(OLD, new)] == [
        (Kind.MOVED, 3, True),
        (Kind.SAME, 1, False),
        (Kind.SAME, 2, False),
    ]


def test_a_block_that_moved_and_changed_is_both():
    new = blocks((3, "Refusals are reviewed soon."), (1, "Aims"), (2, "Plans answer within two days."))
    assert next((line.kind, line.was_moved) for line in redline(OLD, new)) == (Kind.CHANGED, True)


def test_nothing_before_is_all_new():
    assert {line.kind for line in redline([], OLD)} == {Kind.CAME}
    assert {line.kind for line in redline(OLD, [])} == {Kind.WENT}


def test_what_is_too_much_to_compare_is_shown_as_a_whole():
    old = blocks(*((n, f"{n} " + "a b " * 400) for n in range(1, 60)))
    new = blocks(*((n, f"{n} " + "b a " * 400) for n in range(1, 60)))
    lines = redline(old, new)
    assert str(lines[-1].html).startswith("<del>59 a b ")
    assert len(lines) == 59
