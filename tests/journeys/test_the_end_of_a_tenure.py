"""A tenure ends at midnight where the society is; the successor finds what the seat admits to."""

from datetime import UTC, datetime, timedelta

from . import given, then, when

CFOS = "/groups/cfos/"
A_MINUTE = timedelta(minutes=1)


def test_a_leaver_loses_access_at_midnight_and_the_successor_finds_the_groups_of_the_seat(scene):
    topic = given.a_question_about_reserves(scene, by="leaver")
    end = given.a_tenure_that_ends(scene, "leaver")
    assert end.astimezone(UTC) == datetime(2026, 5, 7, 10, 0, tzinfo=UTC)
    successor = scene.reader(given.a_successor(scene, "leaver", from_moment=end))
    leaver = scene.reader("leaver")

    when.the_clock_moves(scene, end - A_MINUTE)
    leaver.open("/")
    then.the_bell_says(leaver, 1)
    leaver.open(topic.get_absolute_url())
    leaver.says("We keep six months, after a hard year.")
    then.only_the_public_page_is_left(successor, CFOS)
    then.the_page_is_unknown(successor, topic.get_absolute_url())

    when.the_clock_moves(scene, end + A_MINUTE)
    then.the_page_is_unknown(leaver, topic.get_absolute_url())
    then.the_page_is_unknown(leaver, f"{CFOS}roster/")
    then.only_the_public_page_is_left(leaver, CFOS)
    leaver.open("/")
    leaver.says("You hold no seat at the moment")
    leaver.does_not_say(given.RESERVES)
    leaver.open("/notifications/")
    then.they_are_told(leaver)

    successor.open("/")
    successor.follow("Chief Financial Officers")
    successor.follow(given.RESERVES)
    then.they_read_in_order(
        successor,
        ("Kekoa Lindgren", "Ours cover four months. Is that too little?\n\nrent\nsalaries"),
        ("Tomasz Halloran", "We keep six months, after a hard year."),
    )
