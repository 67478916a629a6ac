"""Light or dark as one likes, on paper, and in a narrow window."""

import pytest
from playwright.sync_api import expect

from . import given, then, when

PAPER, NIGHT = "rgb(252, 251, 248)", "rgb(21, 23, 27)"

PAGES = {
    "peer": (
        "/",
        "/groups/",
        "/groups/cfos/",
        "/groups/cfos/roster/",
        "/groups/cfos/history/",
        "/groups/cfos/topics/new/",
        "/topics/{topic}/",
        "/topics/{topic}/audience/",
        "/topics/{topic}/history/",
        "/topics/{topic}/title/",
        "/topics/{topic}/posts/1/edit/",
        "/topics/{topic}/posts/1/deletion/",
        "/societies/",
        "/societies/lagoon/",
        "/people/",
        "/people/tomasz-halloran/",
    ),
    "colleague": (
        "/account/",
        "/account/visibility/",
        "/account/addresses/",
        "/account/security/",
        "/account/sessions/",
        "/account/notices/",
        "/account/download/",
        "/account/closing/",
        "/notifications/",
        "/welcome/",
    ),
    "staff": ("/", "/groups/counsels/", "/groups/board/", "/groups/ceos/charter/", "/office/addresses/", "/personas/"),
    None: ("/", "/groups/", "/groups/cfos/", "/account/login/", "/office/letters/"),
}


def background(reader):
    return reader.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_a_theme_is_chosen_and_stays(scene):
    peer = scene.reader("peer")
    peer.open("/")
    assert background(peer) == PAPER
    when.they_choose_the_theme(peer, "Dark")
    assert (peer.path, background(peer)) == ("/", NIGHT)
    peer.open("/groups/")
    assert background(peer) == NIGHT
    when.they_choose_the_theme(peer, "Auto")
    assert (peer.path, background(peer)) == ("/groups/", PAPER)


def test_on_paper_only_what_was_said_is_left(scene):
    topic = given.a_question_about_reserves(scene)
    peer = scene.reader("peer")
    peer.open(topic.get_absolute_url())
    when.they_choose_the_theme(peer, "Dark")
    peer.page.emulate_media(media="print")
    assert background(peer) == "rgb(255, 255, 255)"
    for part in (".mainnav", ".your-answer", ".margin", ".demo-strip"):
        expect(peer.page.locator(part)).to_be_hidden()
    peer.says(given.RESERVES)
    peer.says("We keep six months, after a hard year.")


@pytest.mark.parametrize("part", PAGES)
def test_no_page_runs_over_in_a_narrow_window(scene, part):
    topic = given.a_question_about_reserves(scene)
    reader = scene.reader(part) if part else scene.stranger()
    for path in PAGES[part]:
        reader.open(path.format(topic=topic.pk))
        then.nothing_runs_over(reader, width=320)
