"""Answering a topic: its whole story."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from collegium.core.entries.models import Passage
from collegium.core.groups.tests.cast import build_cast
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Follow
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, ReadMark, Topic

from .factories import everything, fail_after, last_event, make_answer, make_topic, make_upload, refused, tell

# --- done


def test_answer_topic_adds_the_next_post_with_the_speaker_as_they_are_now(cast):
    topic = make_topic(cast)
    post = make_answer(cast, topic, raw="Three keys.\r\n")
    stored = Post.objects.get(pk=post.pk)
    assert (stored.number, stored.author, stored.society, stored.tenure) == (
        2,
        cast.colleague,
        cast.harbour,
        cast.tenures["colleague"],
    )
    assert (stored.author_name, stored.author_title, stored.society_name) == (
        "Tomasz Halloran",
        "Chief Financial Officer",
        "College of Harbour Surgeons",
    )
    assert (stored.raw, stored.article, stored.at, stored.reply_to) == ("Three keys.", post.article, cast.at, None)


def test_answer_topic_touches_the_topic_and_its_entry(cast):
    topic = make_topic(cast)
    later = cast.at + timedelta(hours=3)
    make_answer(cast, topic, at=later)
    topic = Topic.objects.select_related("entry").get(pk=topic.pk)
    assert (topic.last_number, topic.last_post_at, topic.last_author, topic.entry.touched_at) == (
        2,
        later,
        cast.colleague,
        later,
    )


def test_answer_topic_keeps_the_credentials_in_the_name(cast):
    cast.colleague.credentials = "CPA"
    cast.colleague.save(update_fields=["credentials"])
    assert make_answer(cast, make_topic(cast)).author_name == "Tomasz Halloran, CPA"


def test_answer_topic_makes_the_words_of_the_post_findable(cast):
    post = make_answer(cast, make_topic(cast), raw="Kostenschlüssel: **drei**")
    found = Passage.objects.get(part="post", part_id=post.pk)
    assert (found.text, found.author, found.at, found.entry_id) == (
        "Kostenschlüssel: drei",
        cast.colleague,
        cast.at,
        post.topic_id,
    )


def test_answer_topic_makes_its_author_follow_unless_they_said_otherwise(cast):
    topic, muted = make_topic(cast), make_topic(cast)
    notices.mute(muted.entry, by=cast.colleague)
    make_answer(cast, topic)
    make_answer(cast, muted)
    states = Follow.objects.filter(person=cast.colleague).order_by("entry").values_list("entry", "state")
    assert list(states) == [(topic.pk, "following"), (muted.pk, "muted")]


def test_answer_topic_counts_as_read_by_its_author_only_if_all_before_it_was(cast):
    read, unread = make_topic(cast), make_topic(cast)
    viewer = cast.viewer("colleague")
    for topic in (read, unread):
        actions.advance_read_mark(topic, number=1, viewer=viewer, at=cast.at)
    make_answer(cast, unread, by="leaver")
    make_answer(cast, read)
    make_answer(cast, unread)
    marks = ReadMark.objects.filter(person=cast.colleague).order_by("topic").values_list("topic", "number")
    assert list(marks) == [(read.pk, 2), (unread.pk, 1)]


def test_answer_topic_attaches_the_authors_waiting_files_and_draws_them(cast):
    topic = make_topic(cast)
    upload = make_upload(cast)
    post = make_answer(cast, topic, attachments=[upload.pk])
    upload.refresh_from_db()
    assert (upload.entry_id, upload.part, upload.part_id) == (topic.pk, "post", post.pk)
    assert f"/files/{upload.pk}/keys.csv" in Post.objects.get(pk=post.pk).article


def test_answer_topic_sent_twice_is_one_post(cast):
    topic = make_topic(cast)
    post = make_answer(cast, topic, raw="Yes.", seen=1)
    before = everything()
    assert make_answer(cast, topic, raw="Yes.", seen=1) == post
    assert everything() == before


def test_answer_topic_says_the_same_again_to_whoever_has_seen_the_first(cast):
    topic = make_topic(cast)
    make_answer(cast, topic, raw="Yes.", seen=1)
    assert make_answer(cast, topic, raw="Yes.", seen=2).number == 3


def test_answer_topic_takes_few_round_trips(cast):
    topic = make_topic(cast)
    viewer = cast.viewer("colleague")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        actions.answer_topic(topic, raw="Yes.", tenure=cast.tenures["colleague"], viewer=viewer, at=cast.at, seen=1)
    # A savepoint stands for BEGIN and COMMIT: lock, post, passage, follow, event, job.
    assert len(captured) == 8


# --- refused


@pytest.mark.parametrize(
    ("by", "tenure", "reason"),
    [
        ("delegate", "delegate", "You can no longer see this topic."),
        ("staff", "staff", "You can no longer see this topic."),
        ("colleague", "peer", "You can speak here only from a seat of yours that the group admits."),
        ("colleague", None, "You can speak here only from a seat of yours that the group admits."),
    ],
)
def test_answer_topic_is_refused_to_whoever_has_no_seat_there(cast, by, tenure, reason):
    topic = make_topic(cast)
    with refused(reason):
        make_answer(cast, topic, by=by, tenure=cast.tenures[tenure] if tenure else None)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"raw": " \n "}, "Write something first."),
        ({"raw": "a\x00b"}, "This contains a NUL character, which cannot be kept. Paste it again as plain text."),
        ({"raw": "a" * 100_001}, "This is too long: 100,001 characters, and there is room for 100,000."),
        ({"raw": "é" * 60_000}, "This is too long: a post has room for 100 kB."),
        ({"reply_to": 2}, "The post you answer is not there."),
        ({"reply_to": 0}, "The post you answer is not there."),
        ({"attachments": [10**9]}, "An uploaded file is no longer there; please choose it again."),
    ],
)
def test_answer_topic_refuses_what_cannot_be_kept_and_changes_nothing(cast, facts, reason):
    topic = make_topic(cast)
    with refused(reason):
        make_answer(cast, topic, **facts)


def test_answer_topic_refuses_a_closed_topic(cast):
    topic = make_topic(cast)
    actions.close_topic(topic, viewer=cast.viewer("peer"), at=cast.at)
    with refused("This topic is closed: it can be read, but not answered."):
        make_answer(cast, topic)


def test_answer_topic_refuses_a_seat_that_does_not_admit_its_holder_here(cast):
    """Somebody of two societies speaks in a group only for the one through which they are in it."""
    topic = make_topic(cast, by="two_seats", group=cast.membership)
    with refused("You can speak here only from a seat of yours that the group admits."):
        make_answer(cast, topic, by="two_seats", tenure=cast.tenures["two_seats_reef"])


# --- recorded


def test_answer_topic_records_who_spoke_for_whom(cast):
    topic = make_topic(cast)
    post = make_answer(cast, topic, reply_to=1)
    assert last_event() == {
        "name": "topic.answered",
        "actor_id": cast.colleague.pk,
        "acting_for_id": cast.harbour.pk,
        "entry_id": topic.pk,
        "thing": "discussions.post",
        "thing_id": post.pk,
        "audience_id": cast.cfos.circle.audience_id,
        "at": cast.at,
        "facts": {"part": "post", "part_id": post.pk, "number": 2, "reply_to": 1, "mentions": []},
    }


# --- told


def test_answer_topic_tells_whoever_is_answered_and_whoever_follows(cast):
    topic = make_topic(cast)
    make_answer(cast, topic, by="colleague")
    tell()
    make_answer(cast, topic, by="leaver", reply_to=2)
    assert tell() == [("tomasz-halloran", "AnsweredMe"), ("ines-okafor", "TopicAnswered")]


def test_answer_topic_tells_whoever_asked_of_an_answer_to_all_unless_they_muted_it(cast):
    topic, muted = make_topic(cast), make_topic(cast)
    notices.mute(muted.entry, by=cast.peer)
    tell()
    make_answer(cast, topic)
    make_answer(cast, muted)
    assert tell() == [("ines-okafor", "AnsweredMe")]


def test_answer_topic_tells_nobody_of_a_post_deleted_meanwhile(cast):
    topic = make_topic(cast)
    tell()
    post = make_answer(cast, topic, raw="Thank you, @ines-okafor")
    actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    assert tell() == []


# --- undone, and at once


def test_answer_topic_leaves_nothing_behind_if_its_transaction_fails(cast):
    topic = make_topic(cast)
    fail_after(lambda: make_answer(cast, topic))


@pytest.mark.django_db(transaction=True)
def test_answers_given_at_once_have_numbers_without_gaps():
    with transaction.atomic():
        cast = build_cast()
    topic = make_topic(cast)
    start = Barrier(3)

    def answer(by):
        start.wait()
        try:
            for _ in range(5):
                make_answer(cast, topic, by=by)
        finally:
            connection.close()

    threads = [Thread(target=answer, args=[by]) for by in ("peer", "colleague", "leaver")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = Post.objects.filter(topic=topic).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 17))
    assert Topic.objects.get(pk=topic.pk).last_number == 16
