"""Holding what is written until an officer releases it: what is held, what it leaves, how its author changes it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.entries.models import Entry, Passage
from collegium.core.files import actions as files
from collegium.core.files.models import Attachment
from collegium.core.groups import actions as groups
from collegium.core.notices import actions as notices
from collegium.core.trail.queries import history
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post, Topic
from collegium.rooms.discussions.queries import topic_for_page

from .factories import fail_after, last_event, make_answer, make_topic, make_upload, refused, tell

SECRET = "canary-3391"


def hold(cast, holding="everybody", held_at_first=3):
    officer = cast.viewer("colleague")
    cast.cfos = groups.change_holding(
        cast.cfos, holding=holding, held_at_first=held_at_first, viewer=officer, at=cast.at
    )
    tell()


@pytest.fixture
def topic(cast):
    """The peer's question, in a group that has begun to hold what is not written by an officer."""
    made = make_topic(cast)
    hold(cast)
    return made


def answer(cast, topic, by="leaver", raw=SECRET, **facts):
    viewer = cast.viewer(by)
    facts.setdefault("tenure", cast.tenures[by])
    return actions.submit_answer(topic_for_page(viewer, topic.pk), raw=raw, viewer=viewer, at=cast.at, **facts)


def open_topic(cast, by="leaver", **facts):
    facts = {"kind": "question", "title": f"On {SECRET}", "raw": SECRET, "tenure": cast.tenures[by]} | facts
    return actions.submit_topic(cast.cfos, viewer=cast.viewer(by), at=cast.at, **facts)


# --- what is held


def test_an_answer_is_held_with_all_that_was_written(cast, topic):
    held = answer(cast, topic, reply_to=1)
    stored = HeldPost.objects.get(pk=held.pk)
    assert (stored.group_id, stored.topic, stored.author, stored.tenure, stored.raw, stored.reply_to, stored.state) == (
        cast.cfos.pk,
        topic,
        cast.leaver,
        cast.tenures["leaver"],
        SECRET,
        1,
        "waiting",
    )


def test_a_topic_is_held_with_all_that_was_written(cast, topic):
    held = open_topic(cast)
    stored = HeldPost.objects.get(pk=held.pk)
    assert (stored.topic, stored.kind, stored.title, stored.raw, stored.audience) == (
        None,
        "question",
        f"On {SECRET}",
        SECRET,
        cast.cfos.circle.audience,
    )


def test_what_is_held_is_in_no_post_passage_entry_or_count(cast, topic):
    before = Topic.objects.get(pk=topic.pk)
    answer(cast, topic)
    open_topic(cast)
    after = Topic.objects.select_related("entry").get(pk=topic.pk)
    assert (after.last_number, after.last_post_at, after.entry.touched_at) == (1, before.last_post_at, cast.at)
    assert Post.objects.count() == Topic.objects.count() == Entry.objects.filter(kind="topic").count() == 1
    assert not Passage.objects.filter(text__contains=SECRET).exists()


def test_an_officer_is_never_held(cast, topic):
    assert isinstance(answer(cast, topic, by="colleague"), Post)
    assert isinstance(open_topic(cast, by="colleague"), Topic)


def test_of_newcomers_the_first_posts_are_held_and_no_more(cast):
    topic = make_topic(cast)
    hold(cast, "newcomers", 2)
    assert isinstance(answer(cast, topic), HeldPost)
    for _time in range(2):
        make_answer(cast, topic, by="leaver")
    assert isinstance(answer(cast, topic), Post)


def test_a_deleted_post_does_not_count_as_one_of_the_first(cast):
    topic = make_topic(cast)
    hold(cast, "newcomers", 1)
    post = make_answer(cast, topic, by="leaver")
    actions.delete_post(post, viewer=cast.viewer("leaver"), at=cast.at)
    assert isinstance(answer(cast, topic), HeldPost)


def test_the_same_sent_twice_waits_once(cast, topic):
    assert answer(cast, topic) == answer(cast, topic)
    assert open_topic(cast) == open_topic(cast)
    assert HeldPost.objects.count() == 2


def test_a_group_that_holds_nothing_is_asked_nothing_more(cast):
    topic = make_topic(cast)
    viewer = cast.viewer("leaver")
    notices.follow(topic.entry, by=cast.leaver)
    counts = []
    for deed in (actions.answer_topic, actions.submit_answer):
        shown = topic_for_page(viewer, topic.pk)
        with CaptureQueriesContext(connection) as queries:
            deed(shown, raw=f"By {deed.__name__}", tenure=cast.tenures["leaver"], viewer=viewer, at=cast.at)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- what is refused


def test_holding_refuses_what_could_not_be_published_either(cast, topic):
    with refused("Write something first."):
        answer(cast, topic, raw=" ")
    with refused("The post you answer is not there."):
        answer(cast, topic, reply_to=2)
    with refused("You can speak here only from a seat of yours that the group admits."):
        answer(cast, topic, tenure=cast.tenures["peer"])
    with refused("Give it a title."):
        open_topic(cast, title="")
    with refused("Only members of the group can open a topic in it."):
        open_topic(cast, by="newcomer")
    somebody_elses = make_upload(cast, by="peer")
    with refused("An uploaded file is no longer there; please choose it again."):
        answer(cast, topic, attachments=[somebody_elses.pk])
    actions.close_topic(topic, viewer=cast.viewer("colleague"), at=cast.at)
    with refused("This topic is closed: it can be read, but not answered."):
        answer(cast, topic)


# --- recorded, told, shown


@pytest.mark.parametrize("deed", [open_topic, lambda cast: answer(cast, Topic.objects.get())])
def test_holding_is_recorded_for_the_officers_and_told_to_them_alone(cast, topic, deed):
    held = deed(cast)
    event = last_event()
    assert (event["name"], event["thing_id"], event["audience_id"], event["facts"]) == (
        "held_post.held",
        held.pk,
        cast.cfos.officers_audience_id,
        {},
    )
    assert tell() == [("tomasz-halloran", "PostHeld")]
    for entry in (topic.entry, cast.cfos.entry):
        names = [row["event"].name for row in history(entry, cast.viewer("peer"))]
        assert "held_post.held" not in names


@pytest.mark.parametrize(
    ("part", "sees"), [("leaver", True), ("colleague", True), ("peer", False), ("staff", False), (None, False)]
)
def test_only_its_author_and_the_officers_see_what_is_held(cast, topic, part, sees):
    held = answer(cast, topic)
    assert HeldPost.objects.visible_to(cast.viewer(part)).filter(pk=held.pk).exists() == sees


def test_files_of_what_is_held_are_kept_for_its_readers_and_no_other_form(cast, topic, client):
    upload = make_upload(cast, by="leaver", text=SECRET)
    answer(cast, topic, attachments=[upload.pk])
    files.erase_forgotten_uploads(at=cast.at + timedelta(days=9))
    for part, status in (("leaver", 200), ("colleague", 200), ("peer", 404), ("staff", 404)):
        client.force_login(getattr(cast, part))
        response = client.get(upload.get_absolute_url())
        assert response.status_code == status, part
        if response.streaming:
            b"".join(response.streaming_content)
    with refused("An uploaded file is no longer there; please choose it again."):
        answer(cast, topic, raw="Another", attachments=[upload.pk])


# --- changed and withdrawn by its author


def test_edit_held_changes_what_waits(cast, topic):
    held = open_topic(cast)
    later = cast.at + timedelta(hours=1)
    actions.edit_held(held, raw="Better", title="On reserves", viewer=cast.viewer("leaver"), at=later)
    stored = HeldPost.objects.get(pk=held.pk)
    assert (stored.raw, stored.title, stored.edited_at, stored.state) == ("Better", "On reserves", later, "waiting")
    assert (last_event()["name"], last_event()["audience_id"]) == ("held_post.edited", cast.cfos.officers_audience_id)


def test_withdraw_held_erases_its_words_files_and_what_was_told(cast, topic):
    held = answer(cast, topic, attachments=[make_upload(cast, f"{SECRET}.csv", by="leaver").pk])
    assert tell() == [("tomasz-halloran", "PostHeld")]
    actions.withdraw_held(held, viewer=cast.viewer("leaver"), at=cast.at)
    stored = HeldPost.objects.get(pk=held.pk)
    assert (stored.state, stored.raw, stored.decided_by) == ("withdrawn", "", cast.leaver)
    assert not Attachment.objects.exists()
    assert last_event()["name"] == "held_post.withdrawn"
    assert tell() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notices_notification WHERE part = 'held'")
        assert cursor.fetchone() == (0,)


def test_edit_held_and_withdraw_held_are_for_its_author_while_it_waits(cast, topic):
    held = answer(cast, topic)
    for by in ("peer", "colleague"):
        with refused("Only its author can do this."):
            actions.edit_held(held, raw="x", viewer=cast.viewer(by), at=cast.at)
        with refused("Only its author can do this."):
            actions.withdraw_held(held, viewer=cast.viewer(by), at=cast.at)
    with refused("This is its wording already."):
        actions.edit_held(held, raw=SECRET, viewer=cast.viewer("leaver"), at=cast.at)
    actions.withdraw_held(held, viewer=cast.viewer("leaver"), at=cast.at)
    with refused("This was decided or withdrawn already."):
        actions.edit_held(held, raw="x", viewer=cast.viewer("leaver"), at=cast.at)
    with refused("This was decided or withdrawn already."):
        actions.withdraw_held(held, viewer=cast.viewer("leaver"), at=cast.at)


def test_holding_editing_and_withdrawing_leave_nothing_changed_if_their_transaction_fails(cast, topic):
    held, author = answer(cast, topic), cast.viewer("leaver")
    fail_after(lambda: answer(cast, topic, raw="Another"))
    fail_after(lambda: open_topic(cast))
    fail_after(lambda: actions.edit_held(held, raw="Better", viewer=author, at=cast.at))
    fail_after(lambda: actions.withdraw_held(held, viewer=author, at=cast.at))
