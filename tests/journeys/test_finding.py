"""Somebody looks for what was said: suggestions, results as one types, narrowing, order, the post, and nothing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from collegium.rooms.discussions.tests.factories import make_answer, make_topic

from . import then
from .accessibility import faults
from .reader import Reader
from .scene import Scene

FIELD = "Words to look for"
SMALL = 390


def masthead(reader: Reader):
    return reader.page.locator(".masthead .search input")


def they_begin_to_type(reader: Reader, typed: str, *suggested: str) -> None:
    """Into the field in the masthead."""
    masthead(reader).press_sequentially(typed)
    rows = reader.page.locator(".suggestions .suggested")
    expect(rows).to_have_text(list(suggested))
    assert faults(reader.page) == []
    # On a telephone, where that also looked, the masthead has no field: there the focus was lost.
    masthead(reader).focus()


def they_see(reader: Reader, *titles: str) -> None:
    expect(reader.page.locator(".result-row h2")).to_have_text(list(titles))
    assert faults(reader.page) == []
    then.nothing_runs_over(reader, width=SMALL)


def test_a_peer_finds_an_answer_by_its_words(scene: Scene) -> None:
    topic = make_topic(scene.cast, title="How large a reserve?", raw="We keep nine months.")
    make_answer(scene.cast, topic, raw="The auditor wants a **quorum** of three to sign.")
    peer = scene.reader("peer")
    peer.open("/groups/")
    they_begin_to_type(peer, "reser", "How large a reserve?")
    # By the keyboard to the suggestion, back by Escape, and on to all results.
    peer.page.keyboard.press("Tab")
    expect(peer.page.locator(".suggestions a").first).to_be_focused()
    peer.page.keyboard.press("Escape")
    expect(peer.page.locator(".suggestions a")).to_have_count(0)
    expect(masthead(peer)).to_be_focused()
    peer.page.keyboard.press("Enter")
    they_see(peer, "How large a reserve?")
    # As one types, without sending the form.
    field = peer.page.get_by_label(FIELD)
    field.fill("")
    field.press_sequentially("quor")
    they_see(peer, "How large a reserve?")
    expect(peer.page.locator(".result-text mark")).to_have_text("quorum")
    peer.page.get_by_role("link", name="Newest first").click()
    they_see(peer, "How large a reserve?")
    peer.page.locator("#found").get_by_role("link", name=re.compile("^People")).click()
    peer.says("Nothing that you may read fits")
    assert faults(peer.page) == []
    peer.page.get_by_role("link", name="Search everything").click()
    peer.page.get_by_role("link", name="How large a reserve?").click()
    expect(peer.page.locator("article.post")).to_have_count(2)


def test_what_cannot_be_searched_for_stays_in_its_field(scene: Scene) -> None:
    peer = scene.reader("peer")
    peer.open("/search/?q=-quorum", status=422)
    peer.says("Say what to look for as well, not only what to leave out.")
    expect(peer.page.get_by_label(FIELD)).to_have_value("-quorum")
    assert faults(peer.page) == []
    then.nothing_runs_over(peer, width=SMALL)
