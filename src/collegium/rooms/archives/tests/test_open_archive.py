"""Opening an archive: recorded, told once, and found by the members from then on."""

from __future__ import annotations

import pytest

from collegium.core.entries.queries import misplaced_passages
from collegium.core.notices.models import Notification
from collegium.core.trail.models import Event
from collegium.rooms.archives import actions
from collegium.rooms.archives.actions import opening
from collegium.rooms.archives.jobs import move
from collegium.rooms.archives.models import Archive, Intake
from collegium.rooms.archives.queries import unsound_archives
from collegium.rooms.discussions import actions as discussions
from collegium.rooms.discussions.models import Topic
from collegium.rooms.discussions.queries.lists import home_feed, unread_statement
from collegium.rooms.discussions.tests.factories import fail_after, make_topic, refused, tell

from .lists import conversation, letter


def seen_by(cast, part):
    return Topic.objects.visible_to(cast.viewer(part)).filter(imported__gt=0).count()


def test_open_archive_lets_the_members_read_it(cast, bring, open_it):
    bring(conversation())
    assert [seen_by(cast, part) for part in ("colleague", "peer", "staff", "chair")] == [2, 0, 0, 0]
    open_it()
    assert [seen_by(cast, part) for part in ("colleague", "peer", "staff", "chair")] == [2, 2, 0, 0]
    assert (list(misplaced_passages()), list(unsound_archives())) == ([], [])
    archive = Archive.objects.get()
    assert (archive.opened_by, archive.opened_to, archive.words, archive.moved_at) == (
        cast.colleague,
        cast.cfos.circle.audience,
        "Decided at the spring meeting.",
        cast.at,
    )


def test_it_is_recorded_and_the_members_are_told_once(cast, bring, open_it):
    bring(conversation())
    open_it()
    event = Event.objects.get(name="archive.opened")
    assert (event.actor, event.audience, event.facts["posts"]) == (cast.colleague, cast.cfos.circle.audience, 4)
    tell()
    told = Notification.objects.filter(entry=cast.cfos.pk).values_list("person", "notice")
    assert sorted(told) == sorted((person.pk, "archives.ArchiveOpened") for person in (cast.leaver, cast.peer))


def test_an_archive_is_news_to_nobody_and_an_answer_to_it_is(cast, bring, open_it):
    bring(conversation())
    open_it()
    rows = home_feed(cast.viewer("peer")).topics
    assert {(row.unread, row.is_new, row.imported > 0, row.sealed) for row in rows} == {(0, False, True, False)}
    assert {row.author_name for row in rows} == {"Ines Okafor", "Bo Former"}
    topic = Topic.objects.get(last_number=1)
    viewer, tenure = cast.viewer("leaver"), cast.tenures["leaver"]
    discussions.answer_topic(topic, raw="And today?", tenure=tenure, viewer=viewer, at=cast.at)
    assert {(row.title, row.unread) for row in home_feed(cast.viewer("peer")).topics} == {
        ("Audits", 1),
        ("Reserves", 0),
    }


def test_nothing_of_it_counts_as_unread(cast, bring, open_it):
    from collegium.core.access.statements import rows

    bring(conversation())
    assert rows(*unread_statement(cast.viewer("colleague"))) == []
    open_it()
    assert rows(*unread_statement(cast.viewer("peer"))) == []


def test_many_topics_follow_a_part_at_a_time(cast, bring, open_it, monkeypatch):
    monkeypatch.setattr(opening, "PART", 2)
    bring([letter(number, subject=f"Subject {number}") for number in range(1, 6)])
    archive = open_it()
    assert (seen_by(cast, "peer"), Topic.objects.filter(is_sealed=True).count()) == (2, 3)
    assert list(unsound_archives()) == []
    move(archive_id=archive.pk)
    archive.refresh_from_db()
    assert (seen_by(cast, "peer"), archive.moved_at is not None) == (5, True)
    move(archive_id=archive.pk)
    assert actions.move_opened(archive, at=cast.at)


def test_what_comes_after_the_opening_is_sealed_again(cast, bring, open_it):
    bring([letter(1)])
    open_it()
    bring([letter(2, answers=1, subject="Re: Reserves")], name="later.mbox")
    assert sorted(Topic.objects.values_list("last_number", "is_sealed")) == [(1, False), (1, True)]
    assert seen_by(cast, "peer") == 1
    assert Archive.objects.count() == 2


def test_open_archive_is_for_officers_and_once(cast, bring, open_it):
    bring(conversation())
    for part in ("peer", "staff", "chair", None):
        with refused("Only an officer of the group can do this."):
            open_it(by=part)
    with refused("Say what was decided, by whom and when: whoever reads the archive will see it."):
        open_it(words="  ")
    open_it()
    with refused("This archive is open already."):
        open_it()


def test_open_archive_waits_for_what_is_being_brought_in(cast, bring, open_it):
    bring(conversation())
    Intake.objects.create(archive=Archive.objects.get(), name="more.mbox", began_at=cast.at)
    with refused("Bringing it in is not finished: have the import run to its end first."):
        open_it()


def test_what_fails_later_leaves_it_sealed(cast, bring, open_it):
    bring(conversation())
    fail_after(open_it)
    assert Archive.objects.get().is_sealed


def test_a_sealed_topic_is_only_read(cast, bring):
    bring(conversation())
    topic = Topic.objects.get(last_number=3)
    viewer, tenure = cast.viewer("colleague"), cast.tenures["colleague"]
    words = "This is part of an archive the group has not opened yet: it can be read, but not answered."
    with refused(words):
        discussions.answer_topic(topic, raw="Yes?", tenure=tenure, viewer=viewer, at=cast.at)
    circle = cast.cfos.circle.audience_id
    with refused(words):
        discussions.move_topic(topic, to=cast.cfos, audience_id=circle, viewer=viewer, at=cast.at)
    with refused(words):
        discussions.propose_continuation(topic, to=cast.ceos, viewer=viewer, at=cast.at)


@pytest.mark.parametrize("number", [1, 3])
def test_an_officer_deletes_a_letter_before_it_is_opened(cast, bring, open_it, number):
    bring(conversation())
    topic = Topic.objects.get(last_number=3)
    post = topic.posts.get(number=number)
    viewer = cast.viewer("colleague")
    discussions.delete_post(post, words="It names a patient.", viewer=viewer, at=cast.at)
    open_it()
    post.refresh_from_db()
    assert (post.raw, "Deleted by an officer" in post.article) == ("", True)


def test_ones_own_topics_and_others_are_as_they_were(cast, bring, open_it):
    topic = make_topic(cast)
    bring(conversation())
    before = Topic.objects.filter(pk=topic.pk).values().get()
    open_it()
    assert Topic.objects.filter(pk=topic.pk).values().get() == before
