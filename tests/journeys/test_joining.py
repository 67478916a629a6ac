"""Somebody nobody knows comes in by two keys, and somebody with another role is told no."""

from __future__ import annotations

import re

from collegium.core.mail.models import Letter

from . import then, when
from .reader import Reader

EMAIL = "una@lagoon.example"


def they_follow_the_letter(reader: Reader, kind: str, *, to: str) -> None:
    """The link in the newest letter of this kind, as somebody would who reads their mail."""
    letter = Letter.objects.filter(kind=f"groups.{kind}", to=to).latest("pk")
    reader.open("/" + re.findall(r"https?://\S+", letter.text)[0].split("/", 3)[3])


def they_say_who_they_are(reader: Reader, *, title: str) -> None:
    reader.page.get_by_label("Your society").select_option(label="Society of Lagoon Cardiology")
    reader.page.get_by_label("What you do there").select_option(label="Membership")
    reader.page.get_by_label(re.compile("^Your title")).fill(title)


def test_a_newcomer_joins_by_two_keys(scene):
    una = scene.stranger()
    una.open("/groups/membership/")
    una.follow("No account yet? Ask to join")
    una.page.get_by_label("Your name").fill("Una Later")
    una.page.get_by_label(re.compile("^Your e-mail address at work")).fill(EMAIL)
    they_say_who_they_are(una, title="Director of Membership")
    una.press("Ask to join")
    assert una.title == "Look into your mailbox"
    they_follow_the_letter(una, "verify_application", to=EMAIL)
    una.press("Yes, ask my society")
    una.says("Your address is confirmed, and your society is asked.")

    liaison = scene.stranger()
    they_follow_the_letter(liaison, "role_to_confirm", to="liaison@lagoon.example")
    liaison.says("Una Later")
    liaison.press("Yes, confirm the role")
    liaison.says("The council’s team now decides who joins.")

    staff = scene.reader("staff")
    staff.open("/office/requests/")
    staff.follow("Una Later")
    staff.press("Approve")
    staff.says("Approved. A letter says how to sign in.")
    staff.says("Nobody waits at a door")

    una.reload()
    una.says("Approved")
    when.they_sign_in_by_code(una, EMAIL)
    una.press("Come in")
    una.open("/groups/membership/")
    una.says("Nobody has asked anything yet")
    una.follow("Roster")
    una.says("Una Later")


def test_a_role_the_society_does_not_know_ends_with_its_reason(scene):
    peer = scene.reader("peer")
    peer.open("/groups/membership/")
    peer.follow("Ask with another role")
    they_say_who_they_are(peer, title="Head of Membership")
    peer.press("Ask to join")
    peer.says("Where it stands")

    liaison = scene.stranger(java_script_enabled=False)
    they_follow_the_letter(liaison, "role_to_confirm", to="liaison@lagoon.example")
    liaison.press("Not one of ours", status=422)
    liaison.page.get_by_label(re.compile("^Your answer")).fill("Ines looks after our money.")
    liaison.press("Not one of ours")
    liaison.says("The application has ended, and the person is told why.")

    peer.reload()
    peer.says("Society of Lagoon Cardiology does not confirm this role")
    peer.says("Ines looks after our money.")
    then.only_the_public_page_is_left(peer, "/groups/membership/")
