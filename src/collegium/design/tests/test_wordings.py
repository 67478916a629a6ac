"""Two wordings side by side."""

import re

import pytest

from collegium.design.wordings import compared


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("same", "same", "same"),
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("two keys", "three keys", "<del>two</del><ins>three</ins> keys"),
        ("Thank you, Tomasz", "Many thanks, Tomasz", "<del>Thank you</del><ins>Many thanks</ins>, Tomasz"),
        ("a\n\nb", "a\n\nb\n\nc", "a\n\nb<ins>\n\nc</ins>"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
        ("x & y", "x &amp; y", "x &amp;<ins>amp;</ins> y"),
    ],
)
def test_what_came_and_what_went_is_marked(before, after, shown):
    assert str(compared(before, after)) == shown


def test_taking_the_marks_away_gives_both_wordings_back():
    before, after = "one two three four five", "one 2 three 4 five six"
    html = str(compared(before, after))
    assert _without(html, "del") == after
    assert _without(html, "ins") == before


def _without(html, tag):
    return re.sub(r"</?(ins|del)>", "", re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL))


def test_much_changed_is_compared_by_lines_and_all_changed_not_at_all():
    lines = [f"line {number} of many words and more" for number in range(200)]
    other = [line.replace("many", "few") if number % 2 else line for number, line in enumerate(lines)]
    by_line = str(compared("\n".join(lines), "\n".join(other)))
    assert "<del>line 1 of many words and more\n</del>" in by_line
    assert "line 2 of many words and more\n" in by_line
    before, after = "\n".join("a" * 1000), "\n".join("b" * 1000)
    assert str(compared(before, after)) == f"<del>{before}</del><ins>{after}</ins>"


@pytest.mark.parametrize("unit", ["a ", "a\n", "ab", " \n", "é"])
def test_a_long_text_of_one_thing_over_and_over_is_compared_too(unit):
    before, after = unit * 30_000, f"b{unit * 20_000}c{unit * 9_000}"
    html = str(compared(before, after))
    assert (_without(html, "del"), _without(html, "ins")) == (after, before)
