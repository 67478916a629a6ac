"""Whoever's letters come back has them sent again by one click; the team sees which society's server is gone."""

from __future__ import annotations

from collegium.core.mail.models import AddressHealth, Incoming
from collegium.core.mail.tests.bouncing import suspend

from .scene import Scene

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def test_letters_are_sent_again_by_one_click_on_a_telephone(scene: Scene):
    suspend(scene.cast.peer, at=scene.cast.at)
    reader = scene.reader("peer", **PHONE)
    reader.open("/groups/cfos/")
    reader.says("Letters to peer@lagoon.example come back since 4 May.")
    reader.press("Send again")
    reader.says("Letters are sent to peer@lagoon.example again.")
    reader.open("/groups/cfos/")
    reader.does_not_say("come back since")
    assert not AddressHealth.objects.filter(suspended_at__isnull=False).exists()


def test_the_team_reads_the_way_of_letters_from_a_societys_row(scene: Scene):
    suspend(scene.cast.leaver, at=scene.cast.at)
    Incoming.objects.create(
        to="cfos@peers.example",
        digest="",
        place=scene.cast.cfos.entry,
        person=scene.cast.peer,
        sender="peer@lagoon.example",
        received_at=scene.cast.at,
        handled_at=scene.cast.at,
        state="refused",
        reason="rule",
    )
    team = scene.reader("staff")
    team.open("/office/letters/fare/")
    team.says("of 3 addresses refuses letters since")
    team.follow("Academy of Reef Dermatology")
    team.says("550 5.1.1 no such mailbox")
    team.open("/office/letters/in/")
    team.says("A rule of the place stood against it.")
    team.follow("Whether letters arrive")
    officer = scene.reader("colleague")
    officer.open("/groups/cfos/")
    officer.follow("Letters to the group")
    officer.says("A rule of the place stood against it.")
