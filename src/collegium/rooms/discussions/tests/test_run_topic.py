"""Pinning, closing and retitling a topic, and their opposites: the whole story."""

from datetime import timedelta

import pytest

from collegium.core.entries.models import Passage
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Topic

from .factories import fail_after, last_event, make_topic, refused, tell
from .test_edit_post import PASSES_BY
from .test_hold_posts import hold


@pytest.fixture
def topic(cast):
    """A question of the leaver; the colleague chairs the group."""
    topic = make_topic(cast, by="leaver", title="Which keys?")
    tell()
    return topic


def run(deed, cast, topic, by, **facts):
    return getattr(actions, deed)(topic, viewer=cast.viewer(by), at=cast.at, **facts)


def state_of(topic):
    stored = Topic.objects.select_related("entry").get(pk=topic.pk)
    fields = ("pinned_by", "pinned_at", "closed_by", "closed_at")
    return {name: getattr(stored, name) for name in fields} | {"state": stored.entry.state}


OPEN = {"pinned_by": None, "pinned_at": None, "closed_by": None, "closed_at": None, "state": "open"}


def test_pin_topic_and_unpin_topic_say_who_and_when(cast, topic):
    run("pin_topic", cast, topic, "colleague")
    assert state_of(topic) == OPEN | {"pinned_by": cast.colleague, "pinned_at": cast.at}
    run("unpin_topic", cast, topic, "colleague")
    assert state_of(topic) == OPEN


@pytest.mark.parametrize("by", ["leaver", "colleague"])
def test_close_topic_and_reopen_topic_are_for_whoever_opened_it_and_for_officers(cast, topic, by):
    run("close_topic", cast, topic, by)
    assert state_of(topic) == OPEN | {"closed_by": getattr(cast, by), "closed_at": cast.at, "state": "closed"}
    run("reopen_topic", cast, topic, by)
    assert state_of(topic) == OPEN


def test_reopen_topic_is_left_to_officers_where_an_officer_closed_it(cast, topic):
    run("close_topic", cast, topic, "colleague")
    with refused("An officer of the group closed this topic; an officer can reopen it."):
        run("reopen_topic", cast, topic, "leaver")


@pytest.mark.parametrize("by", ["leaver", "colleague"])
def test_retitle_topic_changes_what_it_is_called_and_found_by(cast, topic, by):
    run("retitle_topic", cast, topic, by, title=" Which two keys? ")
    assert Topic.objects.select_related("entry").get(pk=topic.pk).entry.title == "Which two keys?"
    found = Passage.objects.filter(entry=topic.entry, part="title").values_list("text", flat=True)
    assert list(found) == ["Which two keys?"]


def test_retitle_topic_is_refused_to_whose_posts_wait_and_open_to_officers(cast, topic):
    hold(cast)
    with refused(PASSES_BY):
        run("retitle_topic", cast, topic, "leaver", title="Buy this")
    assert run("retitle_topic", cast, topic, "colleague", title="Which two keys?").entry.title == "Which two keys?"


def test_retitle_topic_does_not_bring_it_to_the_top(cast, topic):
    later = cast.at + timedelta(days=1)
    actions.retitle_topic(topic, title="Other", viewer=cast.viewer("leaver"), at=later)
    assert Topic.objects.select_related("entry").get(pk=topic.pk).entry.touched_at == cast.at


@pytest.mark.parametrize(
    ("deed", "by", "reason"),
    [
        ("pin_topic", "leaver", "Only an officer of the group can do this."),
        ("pin_topic", "staff", "You can no longer see this topic."),
        ("unpin_topic", "colleague", "This topic is not pinned."),
        ("unpin_topic", "peer", "Only an officer of the group can do this."),
        ("close_topic", "peer", "Only whoever opened the topic or an officer of the group can do this."),
        ("reopen_topic", "leaver", "This topic is open already."),
        ("reopen_topic", "peer", "Only whoever opened the topic or an officer of the group can do this."),
    ],
)
def test_running_a_topic_is_refused_to_others_and_where_it_changes_nothing(cast, topic, deed, by, reason):
    with refused(reason):
        run(deed, cast, topic, by)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("pin_topic", "This topic is pinned already."),
        ("close_topic", "This topic is closed already."),
    ],
)
def test_running_a_topic_is_refused_a_second_time(cast, topic, deed, reason):
    run(deed, cast, topic, "colleague")
    with refused(reason):
        run(deed, cast, topic, "colleague")


@pytest.mark.parametrize(
    ("by", "title", "reason"),
    [
        ("peer", "Mine", "Only whoever opened the topic or an officer of the group can do this."),
        ("leaver", "Which keys?", "This is its title already."),
        ("leaver", "", "Give it a title."),
    ],
)
def test_retitle_topic_is_refused_to_others_and_for_no_other_title(cast, topic, by, title, reason):
    with refused(reason):
        run("retitle_topic", cast, topic, by, title=title)


@pytest.mark.parametrize(
    ("first", "deed", "event"),
    [
        (None, "pin_topic", "topic.pinned"),
        ("pin_topic", "unpin_topic", "topic.unpinned"),
        (None, "close_topic", "topic.closed"),
        ("close_topic", "reopen_topic", "topic.reopened"),
    ],
)
def test_running_a_topic_is_recorded_and_undone_with_its_transaction(cast, topic, first, deed, event):
    if first:
        run(first, cast, topic, "colleague")
    fail_after(lambda: run(deed, cast, topic, "colleague"))
    run(deed, cast, topic, "colleague")
    recorded = last_event()
    assert (recorded["name"], recorded["actor_id"], recorded["thing_id"], recorded["facts"]) == (
        event,
        cast.colleague.pk,
        topic.pk,
        {},
    )
    assert tell() == []


def test_retitle_topic_is_recorded_without_the_title_and_undone_with_its_transaction(cast, topic):
    fail_after(lambda: run("retitle_topic", cast, topic, "leaver", title="Other"))
    run("retitle_topic", cast, topic, "leaver", title="Other")
    recorded = last_event()
    assert (recorded["name"], recorded["actor_id"], recorded["facts"]) == ("topic.retitled", cast.leaver.pk, {})
