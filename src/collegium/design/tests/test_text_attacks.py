"""Texts written to do harm: scripts, handlers, styles, and texts that would take a parser all day."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.design.markdown import as_plain_paragraphs, too_costly
from collegium.design.text import plain_text, render_blocks, render_markdown

from .attacks import BOMBS, MARKS, SCRIPTS

PLAIN = "p br hr h3 h4 h5 h6 em strong s blockquote ul li code pre table thead tbody tr"
ALLOWED: dict[str, set[str]] = {tag: set() for tag in PLAIN.split()} | {
    "ol": {"start"},
    "a": {"href", "rel", "class"},
    "div": {"class", "tabindex"},
    "th": {"class"},
    "td": {"class"},
}
CLASSES = {"scroll", "right", "center", "external", "mention", "external picture"}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def assert_harmless(html):
    reader = Reader()
    reader.feed(html)
    for tag, attrs in reader.seen:
        assert set(attrs) <= ALLOWED[tag], (tag, attrs)
        if "href" in attrs:
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", attrs["href"] or "")
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel"}, attrs
        assert attrs.get("class", "scroll") in CLASSES, attrs


@pytest.mark.parametrize("raw", SCRIPTS)
def test_no_script_style_or_handler_comes_through(raw):
    for text in (raw, f"> {raw}", f"- {raw}", f"**{raw}**", f"[{raw}]({raw})", f"| {raw} |\n| - |\n| {raw} |"):
        assert_harmless(render_markdown(text, link_mention=lambda handle: f"/people/{handle}/"))


def test_nothing_of_a_script_is_lost():
    assert plain_text(render_markdown("Try <script>alert(1)</script> now")) == "Try <script>alert(1)</script> now"


@settings(deadline=None)
@given(st.text(max_size=2000))
def test_any_text_renders_harmlessly(raw):
    assert_harmless(render_markdown(raw, link_mention=lambda handle: handle))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=60).map("".join), st.integers(1, 40))
def test_any_marks_render_harmlessly(unit, times):
    assert_harmless(render_markdown((unit * times)[:20_000], link_mention=lambda handle: "/" + handle))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_a_moment_and_loses_nothing(name):
    raw = BOMBS[name]
    started = time.process_time()
    html = render_markdown(raw, link_mention=lambda handle: "/" + handle)
    assert time.process_time() - started < 5
    assert len(html) < 5_000_000
    assert_harmless(html)


def test_what_is_too_costly_comes_out_as_it_was_typed():
    raw = "Dear all,\nsee [this]\n\n" + "[" * 3000
    assert too_costly(raw)
    assert render_markdown(raw) == f"<p>Dear all,<br>\nsee [this]</p>\n<p>{'[' * 3000}</p>"


def test_ordinary_long_texts_are_not_too_costly():
    minutes = (
        "## 3. Report\n\nThe chair *thanked* the [committee](https://x.org/3) & closed at 17:05.\n\n- a | b\n- `c`\n\n"
    )
    assert not too_costly(minutes * 240)
    assert render_markdown(minutes * 240).count("<h3>") == 240


def test_plain_paragraphs_keep_every_word():
    assert as_plain_paragraphs("a <b>\nc\n\n \n\nd") == "<p>a &lt;b&gt;<br>\nc</p>\n<p>d</p>\n"


@pytest.mark.parametrize("depth", [6, 7, 8, 9, 15, 40])
def test_lists_in_lists_in_lists_lose_no_words(depth):
    raw = "\n".join("  " * level + f"- level{level}" for level in range(depth))
    words = [f"level{level}" for level in range(depth)]
    assert re.findall(r"level\d+", plain_text(render_markdown(raw))) == words
    assert re.findall(r"level\d+", " ".join(plain_text(html) for _source, html in render_blocks(raw))) == words
