"""What a person typed or uploaded is not lost, by a refusal or by an accident."""

from playwright.sync_api import expect

from collegium.rooms.discussions.models import Topic

from . import given, then, when

LONG = "Who audits you, and how did you choose? " * 6
TEXT = "Ours has done it for *nine* years.\n\nIs that too long?"


def test_a_refused_form_keeps_what_was_typed_and_the_file(scene, tmp_path):
    file = tmp_path / "fees.csv"
    file.write_text("year,fee\n2025,31000\n")
    peer = scene.reader("peer")

    peer.open("/groups/cfos/topics/new/")
    when.they_write_a_question(peer, LONG, TEXT, file=file)
    peer.press("Post it", status=422)
    then.the_form_still_holds(peer, title=LONG, text=TEXT, file="fees.csv")
    assert Topic.objects.count() == 0

    peer.field("Title").fill("Who audits you?")
    peer.press("Post it")
    then.they_read_in_order(peer, ("Ines Okafor", "Ours has done it for nine years.\n\nIs that too long?"))
    then.the_file_holds(peer, "fees.csv", file.read_text())


def test_a_draft_outlives_a_reload_and_is_forgotten_once_it_is_sent(scene):
    topic = given.a_question_about_reserves(scene)
    peer = scene.reader("peer")
    answer = peer.page.locator("#answer textarea")

    peer.open(topic.get_absolute_url())
    answer.fill("Half a year seems")
    peer.reload()
    expect(answer).to_have_value("Half a year seems")
    when.they_answer(peer, "Half a year seems much.")
    peer.open(topic.get_absolute_url())
    expect(answer).to_have_value("")
