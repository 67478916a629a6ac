"""What changed between two revisions, block by block and word by word."""

from __future__ import annotations

import re

from collegium.design.redline import Kind, redline
from collegium.design.text import render_markdown
from collegium.rooms.positions.models import Block


def blocks(*rows):
    return [Block(key=key, ordinal=n, raw=raw, html=f"<p>{raw}</p>") for n, (key, raw) in enumerate(rows)]


OLD = blocks((1, "Aims"), (2, "Plans answer within two days."), (3, "Refusals are reviewed."))


def told(new, old=OLD):
    return [(line.kind, line.key, unspoken(line.html)) for line in redline(old, new)]


def unspoken(html):
    """Without what is said aloud before what came and what went."""
    return re.sub(r'<span class="aloud">[^<]*</span>', "", str(html))


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
    new = blocks((1, "Aims"), (4, "New &amp; &lt;b&gt;."), (3, "Refusals are reviewed."))
    assert told(new) == [
        (Kind.SAME, 1, "<p>Aims</p>"),
        (Kind.WENT, 2, "<del>Plans answer within two days.</del>"),
        (Kind.CAME, 4, "<ins>New &amp; &lt;b&gt;.</ins>"),
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
    assert unspoken(lines[-1].html).startswith("<del>59 a b ")
    assert len(lines) == 59


def changed(before, after):
    """The redline of one block written in Markdown."""
    old, new = (Block(key=1, ordinal=0, raw=raw, html=render_markdown(raw)) for raw in (before, after))
    (line,) = redline([old], [new])
    return line


def test_marks_are_drawn_and_not_shown():
    line = changed("Plans **must** answer in *two* days.", "Plans **must** answer in `one` day.")
    assert unspoken(line.html) == (
        "Plans <strong>must</strong> answer in <del><em>two</em> days</del><ins><code>one</code> day</ins>."
    )


def test_what_came_and_what_went_is_said_aloud():
    line = changed("in two days", "in one day")
    assert str(line.html) == (
        'in <del><span class="aloud">removed: </span>two days</del><ins><span class="aloud">added: </span>one day</ins>'
    )


def test_lists_tables_and_links_are_words():
    line = changed("3. a\n4. b", "3. a\n4. c")
    assert unspoken(line.html) == "3. a\n4. <del>b</del><ins>c</ins>"
    line = changed("- a\n  - b", "- a\n  - c")
    assert unspoken(line.html) == "• a\n• <del>b</del><ins>c</ins>"
    line = changed("| a | b |\n|--|--|\n| c | d |", "| a | b |\n|--|--|\n| c | e |")
    assert unspoken(line.html) == "a | b\nc | <del>d</del><ins>e</ins>"
    line = changed("see [here](https://a.example)", "see [there](https://a.example)")
    assert unspoken(line.html) == "see <del>here</del><ins>there</ins>"


def test_the_same_words_otherwise_emphasised_are_formatted_otherwise():
    line = changed("Plans answer *soon*.", "Plans answer **soon**.")
    assert (line.kind, str(line.html)) == (Kind.DRAWN, "<p>Plans answer <strong>soon</strong>.</p>")


def test_nothing_that_was_written_is_markup_in_the_redline():
    line = changed("a `<script>`", "b `<img onerror=x>` <b>")
    assert "<script" not in str(line.html)
    assert set(re.findall(r"<(\w+)", str(line.html))) == {"del", "ins", "code", "span"}
