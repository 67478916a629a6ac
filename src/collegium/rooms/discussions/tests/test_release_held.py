"""Releasing and refusing a held post: the whole story."""

from datetime import date, timedelta

import pytest

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Link, Passage
from collegium.core.files.models import Attachment
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Group
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post, Topic
from collegium.rooms.discussions.queries import unsound_topics

from .factories import fail_after, last_event, make_topic, make_upload, refused, tell
from .test_hold_posts import SECRET, answer, hold, open_topic

LATER = timedelta(hours=2)


@pytest.fixture
def topic(cast):
    """The peer's question, in a group that has begun to hold what is not written by an officer."""
    made = make_topic(cast)
    hold(cast)
    return made


def release(cast, held, by="colleague"):
    at = cast.at + LATER
    return actions.release_held(held, viewer=cast.viewer(by, at), at=at)


def refuse(cast, held, by="colleague", words="Not here."):
    at = cast.at + LATER
    return actions.refuse_held(held, words=words, viewer=cast.viewer(by, at), at=at)


def test_release_held_publishes_the_answer_in_its_authors_name_as_of_now(cast, topic):
    upload = make_upload(cast, by="leaver")
    held = answer(cast, topic, reply_to=1, attachments=[upload.pk])
    post = release(cast, held)
    assert (post.topic_id, post.number, post.author, post.raw, post.reply_to, post.at, post.tenure_id) == (
        topic.pk,
        2,
        cast.leaver,
        SECRET,
        1,
        cast.at + LATER,
        cast.tenures["leaver"].pk,
    )
    assert Attachment.objects.get().part_id == post.pk
    assert Passage.objects.filter(text__contains=SECRET, part_id=post.pk).exists()
    assert list(unsound_topics()) == []


def test_release_held_opens_the_topic_in_its_authors_name(cast, topic):
    post = release(cast, open_topic(cast))
    opened = Topic.objects.select_related("entry").get(pk=post.topic_id)
    assert (opened.entry.title, opened.kind, opened.entry.author, post.number, post.raw) == (
        f"On {SECRET}",
        "question",
        cast.leaver,
        1,
        SECRET,
    )


def test_release_held_keeps_who_released_it_and_none_of_its_words(cast, topic):
    held = open_topic(cast)
    post = release(cast, held)
    stored = HeldPost.objects.get(pk=held.pk)
    assert (stored.state, stored.decided_by, stored.decided_at, stored.raw, stored.title, stored.post) == (
        "released",
        cast.colleague,
        cast.at + LATER,
        "",
        "",
        post,
    )


def test_release_held_is_recorded_and_told_to_its_author_and_the_post_to_its_readers(cast, topic):
    held = answer(cast, topic)
    tell()
    release(cast, held)
    event = last_event()
    assert (event["name"], event["actor_id"], event["thing_id"], event["audience_id"]) == (
        "held_post.released",
        cast.colleague.pk,
        held.pk,
        cast.cfos.officers_audience_id,
    )
    assert sorted(tell()) == [("ines-okafor", "AnsweredMe"), ("kekoa-lindgren", "HeldReleased")]


def test_release_held_is_refused_where_its_author_may_no_longer_post(cast, topic):
    held = answer(cast, topic)
    people.end_tenure(cast.tenures["leaver"], last_day=date(2026, 1, 1), by=cast.staff, at=cast.at)
    with refused("It cannot be published: You can no longer see this topic."):
        release(cast, held)


def test_release_held_is_refused_where_the_topic_was_closed_meanwhile(cast, topic):
    held = answer(cast, topic)
    actions.close_topic(topic, viewer=cast.viewer("colleague"), at=cast.at)
    with refused("It cannot be published: This topic is closed: it can be read, but not answered."):
        release(cast, held)


def widen(cast, *functions):
    """The group admits others too: by a new circle, and what was written before stays with the old one."""
    wider = cast.cfos.circle.policy | {"functions": ["cfo", *functions]}
    groups.propose_widening(cast.cfos, policy=wider, viewer=cast.viewer("staff"), at=cast.at)
    return Group.objects.select_related("circle").get(pk=cast.cfos.pk)


def test_release_held_opens_the_topic_for_whom_it_was_written_where_the_group_was_widened_meanwhile(cast, topic):
    wanted, held = cast.cfos.circle.audience_id, open_topic(cast)
    group = widen(cast, "membership")
    widen(cast, "membership", "ceo")
    post = release(cast, held)
    assert (post.topic.entry.audience_id, post.topic.group_id) == (wanted, group.pk)
    assert wanted != group.circle.audience_id
    come = make_tenure(make_person(), cast.reef, "membership").person
    assert Viewer.of(come, at=cast.at).is_among(group.circle.audience_id)
    seen = Post.objects.filter(topic=post.topic_id, topic__entry__audience__in=Viewer.of(come, at=cast.at).audience_ids)
    assert not seen.exists()
    assert list(unsound_topics()) == []


def test_a_topic_is_still_opened_for_the_present_circle_alone_where_it_was_not_held(cast, topic):
    older = cast.cfos.circle.audience_id
    widen(cast, "membership")
    with refused("Only members of the group can open a topic in it."):
        open_topic(cast, audience_id=older)


def test_release_held_is_refused_where_its_author_left_the_group_that_was_widened(cast, topic):
    held = open_topic(cast)
    widen(cast, "membership")
    people.end_tenure(cast.tenures["leaver"], last_day=date(2026, 1, 1), by=cast.staff, at=cast.at)
    with refused("It cannot be published: Only members of the group can open a topic in it."):
        release(cast, held)


@pytest.mark.parametrize("deed", [release, refuse])
@pytest.mark.parametrize("by", ["peer", "leaver", "staff"])
def test_a_held_post_is_decided_by_officers_alone(cast, topic, deed, by):
    held = answer(cast, topic)
    with refused("Only an officer of the group can do this."):
        deed(cast, held, by=by)


@pytest.mark.parametrize("deed", [release, refuse])
@pytest.mark.parametrize("first", [release, refuse])
def test_a_held_post_is_decided_once(cast, topic, deed, first):
    held = answer(cast, topic)
    first(cast, held)
    with refused("This was decided or withdrawn already."):
        deed(cast, held)


def test_refuse_held_publishes_nothing_and_its_author_keeps_what_they_wrote(cast, topic):
    held = answer(cast, topic)
    tell()
    refuse(cast, held)
    stored = HeldPost.objects.get(pk=held.pk)
    assert (stored.state, stored.answer, stored.raw, stored.decided_by) == (
        "refused",
        "Not here.",
        SECRET,
        cast.colleague,
    )
    assert Post.objects.count() == 1
    assert last_event()["name"] == "held_post.refused"
    assert tell() == [("kekoa-lindgren", "HeldRefused")]
    actions.withdraw_held(held, viewer=cast.viewer("leaver"), at=cast.at)
    assert HeldPost.objects.get(pk=held.pk).raw == ""


def test_refuse_held_is_refused_without_a_word(cast, topic):
    held = answer(cast, topic)
    with refused("Say why: its author will read it."):
        refuse(cast, held, words="")


def test_a_released_topic_goes_on_from_the_one_it_continues(cast, topic):
    held = open_topic(cast)
    HeldPost.objects.filter(pk=held.pk).update(continues=topic)
    post = release(cast, held)
    link = Link.objects.get()
    assert (link.kind, link.source_id, link.target_id, link.by) == ("continues", post.topic_id, topic.pk, cast.leaver)


@pytest.mark.parametrize("deed", [release, refuse])
def test_deciding_leaves_nothing_changed_if_its_transaction_fails(cast, topic, deed):
    held = answer(cast, topic, attachments=[make_upload(cast, by="leaver").pk])
    fail_after(lambda: deed(cast, held))
