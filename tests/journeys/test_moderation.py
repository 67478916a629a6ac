"""A peer reports a post and an officer deletes it; what a newcomer writes waits and is released."""

from collegium.core.groups import actions as groups
from collegium.rooms.discussions.tests.factories import make_answer

from . import given, then, when
from .reader import Reader

CFOS = "/groups/cfos/"
ADVERTISEMENT = "My brother sells insurance for exactly this."


def they_report_the_post_of(reader: Reader, name: str, *, words: str) -> None:
    post = reader.page.locator("article.post", has_text=name)
    reader.arrive(post.get_by_role("link", name="Report").click)
    reader.page.get_by_label("It sells or promotes something").check()
    reader.page.get_by_label("In a few words").fill(words)
    reader.press("Report it")


def test_a_peer_reports_the_officer_deletes_and_the_peer_is_told(scene):
    topic = given.a_question_about_reserves(scene)
    make_answer(scene.cast, topic, by="leaver", raw=ADVERTISEMENT)
    when.the_worker_has_told_everybody()
    peer, officer, author = scene.reader("peer"), scene.reader("colleague"), scene.reader("leaver")

    peer.open(f"/topics/{topic.pk}/?from=1")
    they_report_the_post_of(peer, "Kekoa Lindgren", words="An advertisement.")
    peer.says("its author does not learn who you are")
    when.the_worker_has_told_everybody()

    officer.open("/")
    when.they_read_their_notices(officer)
    officer.follow("A post was reported and waits for an officer (new)")
    officer.says("An advertisement.")
    officer.page.get_by_label("Your words").fill("Thank you, it is gone.")
    officer.page.get_by_label("If you delete it").fill("Nobody sells here.")
    officer.press("Delete the post for everybody")
    officer.says("Nothing waits")
    when.the_worker_has_told_everybody()

    peer.open("/")
    when.they_read_their_notices(peer)
    peer.follow("An officer agrees with what you reported (new)")
    peer.says("Thank you, it is gone.")

    author.open("/")
    when.they_read_their_notices(author)
    author.follow("An officer of the group deleted a post of yours; the reason is on its page (new)")
    author.says("Nobody sells here.")
    author.open(f"/topics/{topic.pk}/?from=1")
    author.says("Deleted by an officer of the group.")
    assert "Okafor reported" not in author.page.content()


def test_what_a_newcomer_writes_waits_and_is_released(scene):
    topic = given.a_question_about_reserves(scene)
    groups.change_holding(
        scene.cast.cfos, holding="newcomers", held_at_first=2, viewer=scene.cast.viewer("colleague"), at=scene.cast.at
    )
    when.the_worker_has_told_everybody()
    newcomer, officer, peer = scene.reader("leaver"), scene.reader("colleague"), scene.reader("peer")

    newcomer.open(f"/topics/{topic.pk}/?from=1")
    when.they_answer(newcomer, "We keep *nine* months.")
    newcomer.says("It waits for an officer of the group")
    newcomer.open(f"/topics/{topic.pk}/?from=1")
    newcomer.says("Nobody but you and the group’s officers can read this yet.")
    when.the_worker_has_told_everybody()
    peer.open(f"/topics/{topic.pk}/?from=1")
    assert "nine" not in peer.page.content()

    officer.open("/")
    when.they_read_their_notices(officer)
    officer.follow("Kekoa Lindgren wrote something that waits for an officer (new)")
    officer.press("Release it")
    officer.says("It is published; its author is told.")
    when.the_worker_has_told_everybody()

    newcomer.open("/")
    when.they_read_their_notices(newcomer)
    newcomer.follow("What you wrote is published (new)")
    newcomer.follow("To the post")
    then.they_read_in_order(
        newcomer,
        ("Ines Okafor", "Ours cover four months. Is that too little?\n\nrent\nsalaries"),
        ("Tomasz Halloran", "We keep six months, after a hard year."),
        ("Kekoa Lindgren", "We keep nine months."),
    )


def test_every_page_of_it_is_sound(scene):
    topic = given.a_question_about_reserves(scene)
    officer = scene.reader("colleague")
    officer.open(f"{CFOS}moderation/")
    officer.page.get_by_label("The first posts of each person").check()
    officer.press("Save")
    officer.says("Kept: it holds for what is written from now on.")
    officer.open(f"/topics/{topic.pk}/move/")
    team = scene.reader("staff")
    team.open("/office/reports/")
    team.open(f"{CFOS}moderation/")
