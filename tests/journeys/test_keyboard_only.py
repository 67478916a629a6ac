"""Reading and answering without a mouse."""

from playwright.sync_api import expect

from . import given, then
from .keyboard import Keyboard


def test_a_peer_reads_and_answers_with_the_keyboard_alone(scene):
    given.a_question_about_reserves(scene, by="leaver")
    peer = scene.reader("peer")
    keyboard = Keyboard(peer)

    peer.open("/")
    keyboard.tab_to(given.RESERVES)
    keyboard.enter()
    assert peer.title == given.RESERVES

    keyboard.tab_to("Your answer")
    keyboard.type("Three months were *enough* for us.")
    keyboard.tab_to("Answer")
    keyboard.enter()
    then.they_read_in_order(
        peer,
        ("Kekoa Lindgren", "Ours cover four months. Is that too little?\n\nrent\nsalaries"),
        ("Tomasz Halloran", "We keep six months, after a hard year."),
        ("Ines Okafor", "Three months were enough for us."),
    )


def test_the_first_stop_leads_past_the_masthead(scene):
    topic = given.a_question_about_reserves(scene, by="leaver")
    peer = scene.reader("peer")
    keyboard = Keyboard(peer)

    peer.open(topic.get_absolute_url())
    keyboard.tab_to("Skip to the content")
    keyboard.press("Enter")
    expect(peer.page.locator("#main")).to_be_focused()
    keyboard.tab_to("Chief Financial Officers")
    keyboard.enter()
    assert peer.title == "Chief Financial Officers"


def test_one_passes_the_parts_of_a_page_in_their_order(scene):
    topic = given.a_question_about_reserves(scene, by="leaver")
    peer = scene.reader("peer")
    keyboard = Keyboard(peer)

    for path in ("/", "/groups/cfos/", topic.get_absolute_url()):
        peer.open(path)
        assert keyboard.parts_in_order() == ["skip", "demo-strip", "masthead", "main", "margin", "colophon"]


def test_a_menu_opens_and_closes_without_a_mouse(scene):
    peer = scene.reader("peer")
    keyboard = Keyboard(peer)
    menu = peer.page.locator("details.account")

    peer.open("/")
    keyboard.tab_to("Account of Ines Okafor")
    keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    keyboard.tab_to("Ines Okafor")
    keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    keyboard.press("Enter")
    keyboard.tab_to("Your account")
    keyboard.enter()
    assert peer.title == "Your profile"
