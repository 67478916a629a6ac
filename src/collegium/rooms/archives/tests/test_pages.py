"""The pages of an archive, as officers and members see them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collegium.rooms.archives.models import Archive
from collegium.rooms.discussions.models import Topic

from .lists import conversation, letter

PAGE = "/groups/cfos/archive/"


@pytest.fixture
def browse(cast):
    """A client of the person who plays a part."""

    def browse(part):
        client = Client()
        client.force_login(getattr(cast, part))
        return client

    return browse


def many(number):
    """So many of everything a page lists."""
    said = [
        letter(n, subject=f"Subject {n}", sender=f"Person Number{'abcdefgh'[n]} <p{n}@gone.example>")
        for n in range(1, number + 1)
    ]
    return said + [letter(100 + n, extra=["Auto-Submitted: auto-replied"]) for n in range(number)]


def test_an_officer_without_an_archive_is_told_how_one_comes(browse):
    answer = browse("colleague").get(PAGE)
    assert "Nothing was brought in yet" in answer.content.decode()
    assert browse("peer").get(PAGE).status_code == 404


def test_the_group_leads_there_whoever_may_see_it(browse, bring, open_it):
    def leads(part):
        return PAGE in browse(part).get("/groups/cfos/").content.decode()

    bring(conversation())
    assert [leads(part) for part in ("colleague", "peer", "staff")] == [True, False, False]
    open_it()
    assert [leads(part) for part in ("colleague", "peer", "staff")] == [True, True, False]


def test_an_officer_sees_what_came_and_what_did_not(browse, bring):
    bring([*many(2), letter(9, at="", subject="Undated")])
    page = browse("colleague").get(PAGE).content.decode()
    for words in ("Sealed archive", "list.mbox", "3 posts", "2 letters left out", "Written by a machine", "complete"):
        assert words in page
    page = browse("colleague").get(f"{PAGE}left-out/").content.decode()
    assert page.count("Written by a machine") == 2
    page = browse("colleague").get(f"{PAGE}authors/").content.decode()
    assert ("Person Numberb" in page, "the name alone" in page, "gone.example" in page) == (True, True, False)


@pytest.mark.parametrize("place", ["", "left-out/", "authors/", "opening/"])
def test_pages_ask_as_often_for_one_as_for_three(browse, bring, place):
    client, asked = browse("colleague"), []
    for number in (1, 3):
        bring(many(number), name=f"{number}.mbox")
        client.get(PAGE + place)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE + place).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_opening_asks_for_the_decision_and_keeps_what_was_typed(browse, bring):
    bring(conversation())
    client = browse("colleague")
    page = client.get(f"{PAGE}opening/").content.decode()
    assert "3 people of 3 societies" in page
    answer = client.post(f"{PAGE}opening/", {"words": " "})
    assert (answer.status_code, "Say what was decided" in answer.content.decode()) == (422, True)
    answer = client.post(f"{PAGE}opening/", {"words": "x" * 2001})
    assert (answer.status_code, "x" * 2001 in answer.content.decode()) == (422, True)
    assert Archive.objects.get().is_sealed


@pytest.mark.parametrize("words", ["a\0b", "\u202e", "x" * 100_000, ""])
def test_what_is_no_decision_opens_nothing(browse, bring, words):
    bring(conversation())
    assert browse("colleague").post(f"{PAGE}opening/", {"words": words}).status_code == 422
    assert Archive.objects.get().is_sealed


def test_what_was_opened_is_read_with_the_decision(browse, bring):
    bring(conversation())
    answer = browse("colleague").post(f"{PAGE}opening/", {"words": "Decided in spring."})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = browse("peer").get(PAGE).content.decode()
    assert ("Decided in spring." in page, "Opened archive" in page, "list.mbox" in page) == (True, True, False)
    assert browse("colleague").get(f"{PAGE}opening/").status_code == 404


def test_a_topic_says_that_it_is_of_an_archive(browse, bring, open_it):
    bring(conversation())
    url = Topic.objects.get(last_number=3).get_absolute_url()
    page = browse("colleague").get(url).content.decode()
    assert ("archive, sealed" in page, "it can be read, but not answered" in page) == (True, True)
    assert "Begun by Ines Okafor on the group’s mailing list" in page
    assert browse("peer").get(url).status_code == 404
    listed = browse("colleague").get("/groups/cfos/").content.decode()
    assert ("archive, sealed" in listed, "1 answer" in listed) == (True, False)
    open_it()
    page = browse("peer").get(url).content.decode()
    assert ("archive, sealed" in page, "Your answer" in page) == (False, True)


def test_a_long_archive_begins_at_its_beginning(browse, bring, open_it):
    bring([letter(n, answers=n - 1 if n > 1 else None) for n in range(1, 26)])
    open_it()
    page = browse("peer").get(Topic.objects.get().get_absolute_url()).content.decode()
    assert ('id="post-1"' in page, 'id="post-25"' in page) == (True, False)


def test_an_officer_takes_it_along(browse, bring):
    bring(conversation())
    answer = browse("colleague").post(f"{PAGE}export/")
    assert answer["Content-Disposition"].startswith('attachment; filename="collegium-cfos-')
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        assert package.namelist() == ["README.txt", "cfos.mbox", "topics.json", "archives.json"]
