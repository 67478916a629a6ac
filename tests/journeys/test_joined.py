"""Registered twice: one person proves both accounts and has one; the team asks for another, and both links are used."""

from __future__ import annotations

import re

from collegium.core.mail.models import Letter
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions.tests.factories import make_topic

from . import then
from .reader import Reader
from .scene import Scene

OTHER = "ines@reef.example"


def a_second_account(scene: Scene):
    """Of the peer, from another society, which asked something among the finance officers."""
    cast = scene.cast
    second = make_person("Ines Ferreira", email=OTHER, handle="ines-ferreira")
    cast.second = second
    cast.tenures["second"] = make_tenure(second, cast.harbour, "treasurer", title="Treasurer")
    return second


def they_open_the_link_sent_to(reader: Reader, email: str) -> None:
    """As somebody would who reads that box in another window of the same browser."""
    text = Letter.objects.filter(to=email, kind="account.joining_link").latest("pk").text
    found = re.search(r"http://\S+(/account/joining/by-letter/\S+)", text)
    assert found, "the letter holds no link"
    reader.open(found[1])


def test_two_accounts_become_one(scene):
    a_second_account(scene)
    topic = make_topic(scene.cast, by="colleague", title="Who audits you?", raw="@ines-ferreira may know.")
    peer = scene.reader("peer")
    peer.open("/account/addresses/")
    peer.follow("Join another account …")
    peer.field("An address of the other account").fill(OTHER)
    peer.press("Send the link")
    peer.says(f"If somebody signs in with {OTHER}, a letter with a link is on its way there.")
    then.nothing_runs_over(peer, width=390)

    they_open_the_link_sent_to(peer, OTHER)
    assert peer.title == "Join these two accounts"
    peer.says("Ines Ferreira (@ines-ferreira)")
    peer.says("This cannot be undone.")
    then.nothing_runs_over(peer, width=390)
    peer.press("Join them for good")
    peer.says("What was the other account’s is here now")
    peer.says(OTHER)

    colleague = scene.reader("colleague")
    colleague.open("/people/ines-ferreira/")
    assert (colleague.path, colleague.title) == ("/people/ines-okafor/", "Ines Okafor")
    colleague.says("Treasurer")
    colleague.open(topic.get_absolute_url())


def test_the_link_is_for_the_account_that_stays_alone(scene):
    second = a_second_account(scene)
    peer = scene.reader("peer")
    peer.open("/account/joining/")
    peer.field("An address of the other account").fill(OTHER)
    peer.press("Send the link")
    text = Letter.objects.filter(to=OTHER).latest("pk").text
    found = re.search(r"http://\S+(/account/joining/by-letter/\S+)", text)
    assert found
    then.they_are_asked_to_sign_in(scene.stranger(), found[1])
    then.they_are_refused(scene.reader(second), found[1], "This link is not for the account you are signed in to.")


def test_the_team_asks_and_the_person_uses_both_links(scene):
    a_second_account(scene)
    team = scene.reader("staff")
    team.open("/office/people/ines-okafor/")
    team.follow("Join with another account")
    team.field("The other account").fill("ines-ferreira")
    team.field("Reason").fill("The roster has her twice.")
    team.press("Send both letters")
    team.says("Neither link was used yet.")
    then.nothing_runs_over(team, width=390)

    peer = scene.reader("peer")
    they_open_the_link_sent_to(peer, "peer@lagoon.example")
    peer.says("The roster has her twice.")
    peer.press("Both are mine: join them once the other link is used")
    peer.says("Now follow the link in the letter to the other address")
    they_open_the_link_sent_to(peer, OTHER)
    peer.press("Join them for good")
    peer.says(OTHER)

    team.open("/office/people/ines-ferreira/")
    assert team.path == "/office/people/ines-okafor/"
    team.says("Joined to this account")
