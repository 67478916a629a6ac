"""What people find."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .accessibility import overflow
from .reader import PATIENCE, Reader

expect.set_options(timeout=PATIENCE)


def the_page_is_unknown(reader: Reader, path: str) -> None:
    """As if there were nothing there."""
    reader.open(path, status=404)
    assert reader.title == "There is nothing here"


def they_are_refused(reader: Reader, path: str, reason: str) -> None:
    reader.open(path, status=403)
    reader.says(reason, within="main")


def they_are_asked_to_sign_in(reader: Reader, path: str) -> None:
    reader.open(path)
    assert (reader.title, reader.path.partition("?")[0]) == ("Sign in", "/account/login/")


def the_bell_says(reader: Reader, waiting: int) -> None:
    """How much has not been seen yet."""
    bell = reader.page.locator(".masthead-tools > a.tool:has-text('Notices')")
    expect(bell).to_have_count(1)
    assert bell.locator(".count .aloud").all_text_contents() == ([f"{waiting} unread"] if waiting else [])


def they_are_told(reader: Reader, *sentences: str) -> None:
    """These notices, newest first, and no others."""
    rows = reader.page.locator("#main .notice-row .name a")
    expect(rows).to_have_count(len(sentences))
    assert [text.partition("\n")[0] for text in rows.all_inner_texts()] == list(sentences)


def they_read_in_order(reader: Reader, *posts: tuple[str, str]) -> None:
    """The posts of the topic: who, and what."""
    found = reader.page.locator("article.post")
    expect(found).to_have_count(len(posts))
    names, texts = found.locator("h2").all_inner_texts(), found.locator(".prose").all_inner_texts()
    assert list(zip(names, texts, strict=True)) == list(posts)


def the_accepted_answer_is_by(reader: Reader, name: str) -> None:
    accepted = reader.page.locator("article.post.answer")
    expect(accepted).to_have_count(1)
    assert accepted.locator("h2").inner_text() == name
    reader.says("answered", within=".topic-head")


def only_the_public_page_is_left(reader: Reader, group: str) -> None:
    """Purpose and who may join; neither topics nor people."""
    reader.open(group)
    reader.says("Who may join")
    assert reader.page.locator("#topics, .topic-row").count() == 0
    assert reader.page.get_by_role("link", name="New topic").count() == 0
    assert reader.page.get_by_role("link", name="Roster").count() == 0


def nothing_runs_over(reader: Reader, *, width: int) -> None:
    """In a window this narrow one scrolls up and down only."""
    desk = reader.page.viewport_size
    assert desk is not None
    reader.page.set_viewport_size({"width": width, "height": 640})
    assert (reader.path, overflow(reader.page)) == (reader.path, 0)
    reader.page.set_viewport_size(desk)


def the_form_still_holds(reader: Reader, *, title: str, text: str, file: str) -> None:
    """All that was typed, the kind that was chosen, and the file that was uploaded."""
    expect(reader.page.locator(".form-errors")).to_be_focused()
    expect(reader.field("Title")).to_have_value(title)
    expect(reader.field("Your text")).to_have_value(text)
    expect(reader.page.get_by_label(re.compile("^A question"))).to_be_checked()
    expect(reader.page.get_by_label(re.compile(f"^{re.escape(file)}"))).to_be_checked()


def the_file_holds(reader: Reader, name: str, content: str) -> None:
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=name).click()
    assert download.value.path().read_text() == content
