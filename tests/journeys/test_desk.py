"""A liaison keeps the seats: somebody leaves, a successor is named; at midnight one is out and the other in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collegium.core.people.models import Person
from collegium.rooms.discussions.models import Topic

from . import given, then, when
from .scene import Scene

CFOS = "/groups/cfos/"
A_MINUTE = timedelta(minutes=1)
LAST_DAY = "2026-05-08"
# The end of that day in New York.
MIDNIGHT = datetime(2026, 5, 9, tzinfo=ZoneInfo("America/New_York"))


def they_record_that_somebody_leaves(reader, name: str) -> None:
    reader.open("/")
    reader.follow("Desk", within=".masthead")
    reader.follow("Somebody leaves")
    reader.field("Who leaves").select_option(label=name)
    reader.field("Last day").fill(LAST_DAY)
    reader.press("Record it")


def they_propose_somebody_new(reader, name: str, email: str) -> None:
    reader.open("/desk/lagoon/")
    reader.follow("Propose a holder")
    reader.field("Seat").select_option(label="CFO")
    reader.page.get_by_label(re.compile("^Name")).fill(name)
    reader.page.get_by_label(re.compile("^E-mail address")).fill(email)
    reader.field("Title").fill("Deputy Treasurer")
    reader.field("Capacity").select_option(label="Deputy")
    reader.press("Propose")


def they_hand_everything_on_to(reader, name: str, departure: str) -> None:
    reader.open(departure)
    reader.page.get_by_label(re.compile("^Who follows as CFO")).select_option(label=name)
    reader.page.get_by_label(re.compile("^Who takes: 1 open question")).select_option(label=name)
    reader.press("Hand it on")
    reader.says("handed on")


def test_a_departure_closes_access_at_midnight_and_the_successor_finds_the_open_question(scene: Scene):
    topic: Topic = given.a_question_about_reserves(scene)
    liaison, leaver = scene.reader("liaison"), scene.reader("peer")

    they_record_that_somebody_leaves(liaison, "Ines Okafor")
    departure = liaison.path
    liaison.says("1 open question in Chief Financial Officers")
    they_propose_somebody_new(liaison, "Dora Deputy", "dora@lagoon.example")
    liaison.says("Opens then: Chief Financial Officers.")
    they_hand_everything_on_to(liaison, "Dora Deputy", departure)

    successor = scene.stranger(viewport={"width": 390, "height": 844})
    when.they_sign_in_by_code(successor, "dora@lagoon.example")
    assert Person.objects.get(name="Dora Deputy").last_login is not None

    when.the_clock_moves(scene, MIDNIGHT - A_MINUTE)
    leaver.open(topic.get_absolute_url())
    when.the_clock_moves(scene, MIDNIGHT + A_MINUTE)
    then.the_page_is_unknown(leaver, topic.get_absolute_url())
    then.only_the_public_page_is_left(leaver, CFOS)
    successor.open("/")
    successor.says("Questions handed on to you")
    successor.follow(given.RESERVES)
    liaison.open(departure)
    liaison.says("Dora Deputy from 9 May 2026")


def test_a_last_day_is_changed_and_withdrawn(scene: Scene):
    liaison = scene.reader("liaison")
    they_record_that_somebody_leaves(liaison, "Ines Okafor")
    liaison.field("Last day").fill("2026-06-15")
    liaison.press("Change the day")
    liaison.says("Monday 15 June 2026")
    liaison.press("Withdraw")
    liaison.says("the person keeps the seats")
