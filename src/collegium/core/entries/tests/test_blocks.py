"""A text split in blocks, and blocks that keep their keys from wording to wording."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collegium.core.entries.blocks import Keyed, keyed
from collegium.design.text import render_blocks, render_markdown

OLD = [Keyed(1, "# Aims"), Keyed(2, "Plans answer within two days."), Keyed(3, "Refusals are reviewed by a peer.")]


def keys(new, old=OLD, unused=4):
    return [block.key for block in keyed(old, new, unused=unused)]


def test_what_stays_keeps_its_key():
    assert keys([block.raw for block in OLD]) == [1, 2, 3]


def test_what_is_changed_a_little_keeps_its_key():
    assert keys(["# Aims", "Plans answer within one day.", "Refusals are reviewed by a peer of the specialty."]) == [
        1,
        2,
        3,
    ]


def test_what_is_new_gets_a_key_nobody_had():
    assert keys(["# Aims", "Something else altogether.", OLD[1].raw, OLD[2].raw], unused=9) == [1, 9, 2, 3]


def test_what_went_is_not_given_to_another():
    assert keys(["# Aims", OLD[2].raw]) == [1, 3]


def test_what_was_moved_keeps_its_key():
    assert keys([OLD[2].raw, "# Aims", OLD[1].raw]) == [3, 1, 2]


def test_the_same_words_twice_are_two_blocks():
    assert keys(["Same.", "Same."], old=[Keyed(1, "Same."), Keyed(2, "Same.")]) == [1, 2]


@given(st.lists(st.text("ab \n", max_size=12), max_size=8), st.lists(st.text("ab \n", max_size=12), max_size=8))
def test_keys_are_each_given_once(old, new):
    before = [Keyed(number, raw) for number, raw in enumerate(old, 1)]
    found = keyed(before, new, unused=100)
    assert [block.raw for block in found] == new
    assert len({block.key for block in found}) == len(new)


def test_every_block_is_drawn_as_in_the_whole():
    raw = (
        "# One\n\nText with [a link][x].\n\n[x]: https://example.org/\n\n## Two\n\n- a\n\n- b\n\n"
        "```\ncode\n\nmore\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    blocks = render_blocks(raw)
    assert [source.split("\n")[0] for source, _html in blocks] == [
        "# One",
        "Text with [a link][x].",
        "## Two",
        "- a",
        "```",
        "| a | b |",
    ]
    assert "\n".join(html for _source, html in blocks) == render_markdown(raw)
    assert "\n\n".join(source for source, _html in blocks) == raw
    assert "https://example.org/" in blocks[1][0]


@given(st.text("ab #-*>`\n|1.[]:", max_size=80))
def test_nothing_that_was_typed_is_lost(raw):
    """Every word stands in some block, in its order, and nothing unsafe is drawn."""
    blocks = render_blocks(raw)
    kept = "".join("".join(source.split()) for source, _html in blocks)
    # What draws nothing at all, such as the address of a link alone, is no block.
    assert kept in ("", "".join(raw.split()))
    assert bool(kept) == bool(blocks)


def test_markup_by_the_thousand_comes_out_as_plain_blocks():
    raw = "[" * 3000 + "\n\n" + "<b>" * 10
    assert [html.startswith("<p>") for _source, html in render_blocks(raw)] == [True, True]


def test_a_text_is_within_bounds():
    import pytest

    with pytest.raises(ValueError, match="too long"):
        render_blocks("é" * 60_000)
