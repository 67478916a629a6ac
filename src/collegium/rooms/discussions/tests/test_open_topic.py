"""Opening a topic: its whole story."""

from datetime import timedelta

import pytest

from collegium.core.entries.models import Passage
from collegium.core.entries.queries import address
from collegium.core.groups.models import Group
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Follow
from collegium.rooms.discussions.models import ReadMark, Topic

from .factories import (
    everything,
    fail_after,
    first_post,
    last_event,
    make_answer,
    make_topic,
    make_upload,
    refused,
    tell,
)

# --- done


def test_open_topic_gives_it_a_page_in_the_groups_present_circle(cast):
    topic = make_topic(cast, title="  How do you split costs? ", raw="Two keys or three?")
    entry = Topic.objects.select_related("entry").get(pk=topic.pk).entry
    assert (entry.kind, entry.title, entry.state) == ("topic", "How do you split costs?", "open")
    assert (entry.audience_id, entry.place_id) == (cast.cfos.circle.audience_id, cast.cfos.pk)
    assert (entry.author, entry.society_id) == (cast.peer, cast.lagoon.pk)
    assert (entry.created_at, entry.touched_at) == (cast.at, cast.at)
    assert address(entry) == f"/topics/{topic.pk}/"


def test_open_topic_says_its_first_post(cast):
    topic = make_topic(cast, raw="Two keys or three?")
    post = first_post(topic)
    assert (topic.last_number, topic.last_author, topic.last_post_at) == (1, cast.peer, cast.at)
    assert (post.author, post.society, post.raw) == (cast.peer, cast.lagoon, "Two keys or three?")
    assert (post.author_name, post.author_title) == ("Ines Okafor", "Chief Financial Officer")


def test_open_topic_makes_title_and_text_findable(cast):
    topic = make_topic(cast, title="Überlastung", raw="Zwei Schlüssel?")
    found = Passage.objects.filter(entry=topic.entry).order_by("part")
    assert list(found.values_list("part", "part_id", "text")) == [
        ("post", first_post(topic).pk, "Zwei Schlüssel?"),
        ("title", 0, "Überlastung"),
    ]


def test_open_topic_counts_as_read_and_followed_by_whoever_opened_it(cast):
    topic = make_topic(cast)
    assert list(ReadMark.objects.values_list("person", "topic", "number")) == [(cast.peer.pk, topic.pk, 1)]
    assert list(Follow.objects.values_list("person", "entry", "state")) == [(cast.peer.pk, topic.pk, "following")]


def test_open_topic_attaches_files_to_the_first_post(cast):
    upload = make_upload(cast, by="peer")
    topic = make_topic(cast, attachments=[upload.pk])
    upload.refresh_from_db()
    assert (upload.entry_id, upload.part_id) == (topic.pk, first_post(topic).pk)
    assert f"/files/{upload.pk}/keys.csv" in first_post(topic).article


def test_open_topic_is_for_the_officers_alone_if_an_officer_says_so(cast):
    topic = make_topic(cast, by="colleague", audience_id=cast.cfos.officers_audience_id)
    assert topic.entry.audience_id == cast.cfos.officers_audience_id
    seen = {part for part in cast.parts if Topic.objects.visible_to(cast.viewer(part)).exists()}
    assert seen == {"colleague"}


def test_open_topic_sent_twice_is_one_topic(cast):
    drawn = cast.at - timedelta(minutes=2)
    said = {"title": "Once?", "raw": "Once.", "since": drawn}
    topic = make_topic(cast, **said)
    before = everything()
    assert make_topic(cast, **said) == topic
    assert everything() == before


def test_open_topic_asks_the_same_again_from_a_form_drawn_later(cast):
    said = {"title": "Once?", "raw": "Once."}
    topic = make_topic(cast, **said)
    later = cast.at + timedelta(days=30)
    assert make_topic(cast, **said, since=later, at=later) != topic


# --- refused


@pytest.mark.parametrize("by", ["delegate", "staff", "liaison", "two_seats", "suspended"])
def test_open_topic_is_refused_to_whoever_is_not_in_the_group(cast, by):
    with refused("Only members of the group can open a topic in it."):
        make_topic(cast, by=by)


def test_open_topic_for_the_officers_is_refused_to_others(cast):
    with refused("Only members of the group can open a topic in it."):
        make_topic(cast, audience_id=cast.cfos.officers_audience_id)


def test_open_topic_is_refused_for_an_audience_of_another_group(cast):
    group = Group.objects.get(pk=cast.ceos.pk)
    with refused("Only members of the group can open a topic in it."):
        make_topic(cast, by="chair", group=cast.cfos, audience_id=group.circle.audience_id)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"title": "  "}, "Give it a title."),
        ({"title": "x" * 201}, "This is too long: 201 characters, and there is room for 200."),
        ({"title": "x" * 100_000}, "This is too long: 100,000 characters, and there is room for 200."),
        ({"title": "a\nb"}, "This must be a single line."),
        ({"raw": ""}, "Write something first."),
        ({"kind": "poll"}, "There is no such kind of topic."),
        ({"tenure": None}, "You can speak here only from a seat of yours that the group admits."),
        ({"attachments": [10**9]}, "An uploaded file is no longer there; please choose it again."),
    ],
)
def test_open_topic_refuses_what_cannot_be_kept_and_changes_nothing(cast, facts, reason):
    with refused(reason):
        make_topic(cast, **facts)


# --- recorded, told, undone


def test_open_topic_records_who_opened_it_for_whom(cast):
    topic = make_topic(cast, kind="announcement")
    assert last_event() == {
        "name": "topic.opened",
        "actor_id": cast.peer.pk,
        "acting_for_id": cast.lagoon.pk,
        "entry_id": topic.pk,
        "thing": "discussions.topic",
        "thing_id": topic.pk,
        "audience_id": cast.cfos.circle.audience_id,
        "at": cast.at,
        "facts": {
            "part": "post",
            "part_id": first_post(topic).pk,
            "number": 1,
            "kind": "announcement",
            "mentions": [],
        },
    }


def test_open_topic_tells_those_who_want_every_message_of_the_group(cast):
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    make_topic(cast)
    assert tell() == [("tomasz-halloran", "TopicOpened")]


def test_open_topic_tells_of_an_announcement_all_but_those_who_want_mentions_only(cast):
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    notices.choose_level(cast.cfos.entry, level="mentions", by=cast.peer)
    make_topic(cast, by="colleague", kind="announcement")
    assert tell() == [("kekoa-lindgren", "Announced")]


def test_open_topic_tells_by_the_default_of_the_group_whoever_chose_nothing(cast):
    Group.objects.filter(pk=cast.cfos.pk).update(default_level="weekly")
    notices.choose_level(cast.cfos.entry, level="every", by=cast.leaver)
    make_topic(cast)
    assert tell() == [("kekoa-lindgren", "TopicOpened")]


def test_open_topic_tells_whom_it_mentions_whatever_they_want_to_hear(cast):
    notices.choose_level(cast.cfos.entry, level="nothing", by=cast.leaver)
    make_topic(cast, raw="What do you do, @kekoa-lindgren?")
    assert tell() == [("kekoa-lindgren", "Mentioned"), ("tomasz-halloran", "TopicOpened")]


def test_open_topic_leaves_nothing_behind_if_its_transaction_fails(cast):
    fail_after(lambda: make_answer(cast, make_topic(cast)))
