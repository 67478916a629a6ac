"""What is done to posts and topics on the web: editing, deleting, accepting, pinning, closing, renaming, following."""

from datetime import timedelta

import pytest

from collegium.core.notices.models import Follow
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, Revision, Topic

from .factories import first_post, make_answer, make_topic
from .without_script import read


def post_of(topic, number):
    return Post.objects.get(topic=topic, number=number)


@pytest.fixture
def topic(cast):
    """The peer's question, answered by the colleague, who is an officer, and by the leaver."""
    made = make_topic(cast)
    make_answer(cast, made, raw="Three keys.")
    make_answer(cast, made, by="leaver", raw="Two keys.")
    return made


# --- editing


def test_an_author_edits_and_the_old_wording_stays_readable(cast, client, topic):
    client.force_login(cast.colleague)
    page = read(client, f"/topics/{topic.pk}/?from=1").open("posts/2/edit/")
    assert page.says(">\nThree keys.</textarea>")
    edited = page.press("Save", raw="Four *keys*.")
    assert edited.says("Four <em>keys</em>.")
    client.force_login(cast.leaver)
    wordings = read(client, f"/topics/{topic.pk}/?from=1").open("posts/2/history/")
    assert wordings.says("<del>Three </del><ins>Four *</ins>keys<ins>*</ins>.")
    assert wordings.says('<div class="changes">Three keys.</div>')


def test_wordings_stand_newest_first_with_when_each_began(cast, client, topic):
    for hours, raw in ((1, "Four keys."), (2, "Five keys.")):
        actions.edit_post(
            post_of(topic, 2), raw=raw, viewer=cast.viewer("colleague"), at=cast.at + timedelta(hours=hours)
        )
    client.force_login(cast.peer)
    text = read(client, f"/topics/{topic.pk}/posts/2/history/").text
    order = [text.index(words) for words in ("<ins>Five</ins>", "<ins>Four</ins>", ">Three keys.<")]
    assert order == sorted(order)
    when = [text.index(f"2026-05-04T{hour}:00:00Z") for hour in (14, 13, 12)]
    assert when == sorted(when)


@pytest.mark.parametrize("part", ["peer", "leaver"])
def test_nobody_edits_what_another_wrote(cast, client, topic, part):
    client.force_login(getattr(cast, part))
    assert client.get(f"/topics/{topic.pk}/posts/2/edit/").status_code == 403
    response = client.post(f"/topics/{topic.pk}/posts/2/edit/", {"raw": "Forged"})
    assert response.status_code == 422
    assert "Only its author can edit a post." in response.content.decode()
    assert post_of(topic, 2).raw == "Three keys."


@pytest.mark.parametrize("raw", ["", "\x00", "x" * 100_001, "half \ufffd", "Three keys."])
def test_a_refused_edit_keeps_the_new_wording_and_the_old_post(cast, client, topic, raw):
    client.force_login(cast.colleague)
    response = client.post(f"/topics/{topic.pk}/posts/2/edit/", {"raw": raw})
    assert response.status_code == 422
    assert f">\n{raw}</textarea>" in response.content.decode()
    assert (post_of(topic, 2).raw, Revision.objects.count()) == ("Three keys.", 0)


def test_a_preview_of_an_edit_changes_nothing(cast, client, topic):
    client.force_login(cast.colleague)
    page = read(client, f"/topics/{topic.pk}/posts/2/edit/").press("Preview", raw="*Four*")
    assert page.says("<em>Four</em>")
    assert (page.status, post_of(topic, 2).raw) == (200, "Three keys.")


# --- deleting


@pytest.mark.parametrize(
    ("part", "words"), [("leaver", "Deleted by its author."), ("colleague", "Deleted by an officer of the group.")]
)
def test_an_author_or_an_officer_deletes_after_a_second_look(cast, client, topic, part, words):
    client.force_login(getattr(cast, part))
    page = read(client, f"/topics/{topic.pk}/?from=1").open("posts/3/deletion/")
    assert page.says("Two keys.")
    after = page.press("Delete for everybody", **({} if part == "leaver" else {"words": "It names a venue."}))
    assert after.says(words)
    assert after.says("The post is deleted.")
    assert not after.says("Two keys.")
    gone = client.get(f"/topics/{topic.pk}/posts/3/history/").content.decode()
    assert "Two keys." not in gone


def test_nobody_else_deletes(cast, client, topic):
    client.force_login(cast.peer)
    for response in (
        client.get(f"/topics/{topic.pk}/posts/2/deletion/"),
        client.post(f"/topics/{topic.pk}/posts/2/deletion/"),
    ):
        assert response.status_code == 403
        assert "Only its author or an officer of the group can delete a post." in response.content.decode()
    assert post_of(topic, 2).raw == "Three keys."


def test_what_is_deleted_is_neither_edited_nor_accepted_nor_deleted_again(cast, client, topic):
    actions.delete_post(post_of(topic, 2), viewer=cast.viewer("colleague"), at=cast.at)
    client.force_login(cast.colleague)
    assert client.get(f"/topics/{topic.pk}/posts/2/edit/").status_code == 403
    assert read(client, f"/topics/{topic.pk}/posts/2/deletion/").says("A deleted post")
    for noun in ("deletion", "acceptance"):
        assert client.post(f"/topics/{topic.pk}/posts/2/{noun}/").status_code == 403
    assert client.post(f"/topics/{topic.pk}/posts/2/edit/", {"raw": "Back"}).status_code == 422
    assert post_of(topic, 2).raw == ""


# --- accepting


@pytest.mark.parametrize(("part", "may"), [("peer", True), ("colleague", True), ("leaver", False)])
def test_the_asker_or_an_officer_accepts_and_takes_back(cast, client, topic, part, may):
    client.force_login(getattr(cast, part))
    response = client.post(f"/topics/{topic.pk}/posts/2/acceptance/")
    assert response.status_code == (303 if may else 403)
    assert Topic.objects.get(pk=topic.pk).accepted_id == (post_of(topic, 2).pk if may else None)
    wrong = client.post(f"/topics/{topic.pk}/posts/3/unacceptance/")
    assert wrong.status_code == 403
    assert client.post(f"/topics/{topic.pk}/posts/2/unacceptance/").status_code == (303 if may else 403)
    assert Topic.objects.get(pk=topic.pk).accepted_id is None


def test_a_refused_acceptance_says_why(cast, client, topic):
    client.force_login(cast.peer)
    response = client.post(f"/topics/{topic.pk}/posts/1/acceptance/")
    assert response.status_code == 403
    assert "The question itself cannot be its answer." in response.content.decode()


# --- the topic as a whole


@pytest.mark.parametrize(
    ("part", "offered"),
    [
        ("peer", ["Close: no more answers"]),
        ("colleague", ["Pin to the top of the group", "Close: no more answers"]),
        ("leaver", []),
    ],
)
def test_each_reader_manages_what_the_rules_allow(cast, client, topic, part, offered):
    client.force_login(getattr(cast, part))
    page = read(client, f"/topics/{topic.pk}/?from=1")
    deeds = ("Pin to the top of the group", "Unpin", "Close: no more answers", "Reopen")
    assert [button for button in page.buttons() if button in deeds] == offered
    assert page.says("Change the title") is bool(offered)


def test_an_officer_pins_closes_and_undoes_both(cast, client, topic):
    client.force_login(cast.colleague)
    page = read(client, f"/topics/{topic.pk}/?from=1").press("Pin to the top of the group")
    assert page.says("The topic stands at the top of the group now.")
    page = page.press("Unpin").press("Close: no more answers")
    assert page.says("This topic is closed: it can be read, but not answered.")
    assert page.press("Reopen").says("Your answer")
    names = Event.objects.filter(entry=topic.entry).order_by("pk").values_list("name", flat=True)
    assert list(names)[3:] == ["topic.pinned", "topic.unpinned", "topic.closed", "topic.reopened"]


@pytest.mark.parametrize("noun", ["pin", "unpin", "closure", "reopening", "title"])
def test_who_runs_nothing_does_nothing(cast, client, topic, noun):
    client.force_login(cast.leaver)
    before = Event.objects.count()
    assert client.post(f"/topics/{topic.pk}/{noun}/", {"title": "Mine"}).status_code == 403
    assert Event.objects.count() == before


def test_a_deed_leads_back_to_the_page_it_was_done_on(cast, client, topic):
    client.force_login(cast.colleague)
    for sent, page in (("41", "41"), ("", "1"), ("https://elsewhere.example", "1"), ("9" * 40, "1")):
        response = client.post(f"/topics/{topic.pk}/follow/", {"from": sent})
        assert (response.status_code, response.headers["Location"]) == (303, f"/topics/{topic.pk}/?from={page}")


@pytest.mark.parametrize("path", ["pin/", "closure/", "follow/", "posts/2/acceptance/", "posts/2/unacceptance/"])
def test_a_deed_is_never_done_by_a_look(cast, client, topic, path):
    client.force_login(cast.colleague)
    assert client.get(f"/topics/{topic.pk}/{path}").status_code == 405


def test_a_topic_gets_another_title(cast, client, topic):
    client.force_login(cast.peer)
    page = read(client, f"/topics/{topic.pk}/?from=1").open("title/")
    refused = page.press("Save", title="x" * 100_000)
    assert refused.status == 422
    assert refused.says("This is too long: 100,000 characters, and there is room for 200.")
    assert refused.says(f'value="{"x" * 100_000}"')
    renamed = refused.press("Save", title="A better question?")
    assert renamed.says("<h1>A better question?</h1>")
    assert Event.objects.filter(name="topic.retitled", entry=topic.entry).count() == 1


# --- what one hears


def test_a_reader_follows_mutes_and_neither(cast, client, topic):
    client.force_login(cast.peer)
    page = read(client, f"/topics/{topic.pk}/?from=1")
    assert page.says("You follow this topic.")
    page = page.press("Mute")
    assert Follow.objects.get(person=cast.peer, entry=topic.entry).state == "muted"
    page = page.press("Unmute")
    assert not Follow.objects.filter(person=cast.peer, entry=topic.entry).exists()
    page = page.press("Follow")
    assert Follow.objects.get(person=cast.peer, entry=topic.entry).state == "following"
    assert page.press("Stop following").says("You neither follow nor mute this topic.")
    assert first_post(topic).raw
