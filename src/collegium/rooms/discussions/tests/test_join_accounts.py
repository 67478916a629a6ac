"""What two accounts wrote and read when they are joined: one author, one name, read by either is read."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from collegium.core.entries.models import Passage
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post, ReadAll, ReadMark, Report, Topic

from .factories import make_answer, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(cast):
    """Joins the leaver's account to the peer's, as if both were one person's."""

    def join() -> Person:
        joining = people.ask_to_join(cast.peer, email="leaver@reef.example", by=cast.peer, at=cast.at)
        people.agree_to_join(joining, side="other", by=cast.peer, at=cast.at)
        return cast.peer

    return join


@pytest.fixture(autouse=True)
def odd_name(cast):
    """A name that needs care wherever it is written into a page."""
    people.change_profile(cast.leaver, name="Kekoa <O'Lindgren>", by=cast.leaver, at=cast.at)
    cast.leaver.refresh_from_db()


def test_posts_bear_the_name_and_lead_to_the_page_of_the_account_that_stays(cast, joined):
    topic = make_topic(cast, by="leaver")
    answer = make_answer(cast, topic, by="peer")
    before = Post.objects.get(topic=topic, number=1).article
    assert f'<a href="/people/{cast.leaver.handle}/">{escape(cast.leaver.name)}</a>' in before
    joined()
    post = Post.objects.get(topic=topic, number=1)
    assert (post.author, post.author_name) == (cast.peer, "Ines Okafor")
    assert '<a href="/people/ines-okafor/">Ines Okafor</a>' in post.article
    assert '<span class="face" aria-hidden="true">IO</span>' in post.article
    assert cast.leaver.handle not in post.article
    assert escape(cast.leaver.name) not in post.article
    # All else is as it was drawn: the text, and as whom it was said.
    assert before.partition('<div class="prose">')[2] == post.article.partition('<div class="prose">')[2]
    assert (post.author_title, post.society_name) == ("Chief Financial Officer", cast.reef.name)
    assert Post.objects.get(pk=answer.pk).article.count("ines-okafor") == 1


def test_topics_passages_and_files_are_of_the_account_that_stays(cast, joined):
    topic = make_topic(cast, by="leaver")
    joined()
    topic.refresh_from_db()
    assert (topic.entry.author, topic.last_author) == (cast.peer, cast.peer)
    assert set(Passage.objects.filter(entry=topic.pk).values_list("author", flat=True)) == {cast.peer.pk}
    assert list(Topic.objects.unanswered_of(cast.peer.pk)) == [topic]


def test_mentions_lead_to_the_account_that_stays_old_ones_and_new_ones(cast, joined):
    old = make_topic(cast, raw=f"@{cast.leaver.handle} knows, and @{cast.colleague.handle}.")
    joined()
    post = Post.objects.get(topic=old, number=1)
    assert sorted(post.mentions) == sorted([cast.peer.pk, cast.colleague.pk])
    assert '<a href="/people/ines-okafor/" class="mention" rel="nofollow ugc noopener">@Ines Okafor</a>' in post.article
    assert f'rel="nofollow ugc noopener">@{cast.colleague.name}</a>' in post.article
    assert escape(cast.leaver.name) not in post.article
    new = make_topic(cast, by="colleague", raw=f"And @{cast.leaver.handle}, again?")
    assert Post.objects.get(topic=new, number=1).mentions == [cast.peer.pk]


def test_ones_own_posts_can_be_edited_from_the_account_that_stays(cast, joined):
    topic = make_topic(cast, by="leaver")
    joined()
    post = Post.objects.get(topic=topic, number=1)
    edited = actions.edit_post(post, raw="Rather this.", viewer=cast.viewer("peer"), at=cast.at)
    assert edited.raw == "Rather this."


def test_what_either_read_further_is_read(cast, joined):
    topics = [make_topic(cast, by="colleague") for _ in range(3)]
    for part, topic, number in (("peer", 0, 1), ("leaver", 0, 5), ("peer", 1, 4), ("leaver", 1, 2), ("leaver", 2, 1)):
        ReadMark.objects.update_or_create(
            person=getattr(cast, part), topic=topics[topic], defaults={"number": number, "at": cast.at}
        )
    joined()
    marks = ReadMark.objects.filter(topic__in=topics).exclude(person=cast.colleague).order_by("topic")
    assert [(mark.person, mark.number) for mark in marks] == [(cast.peer, 5), (cast.peer, 4), (cast.peer, 1)]


def test_the_later_of_two_moments_up_to_which_all_is_read_counts(cast, joined):
    ReadAll.objects.create(person=cast.leaver, group=cast.cfos, at=cast.at)
    ReadAll.objects.create(person=cast.peer, group=cast.cfos, at=cast.at.replace(year=2025))
    joined()
    [read] = ReadAll.objects.filter(group=cast.cfos)
    assert (read.person, read.at) == (cast.peer, cast.at)


def test_told_of_the_same_by_both_is_told_once_and_seen_if_either_saw_it(cast, joined):
    topic = make_topic(cast, by="colleague")
    event = Event.objects.filter(entry=topic.pk).latest("pk")
    Notification.objects.filter(event=event).delete()
    for part, seen in (("peer", None), ("leaver", cast.at)):
        Notification.objects.create(
            person=getattr(cast, part),
            notice="discussions.TopicOpened",
            event=event,
            entry=topic.entry,
            at=cast.at,
            seen_at=seen,
        )
    joined()
    [told] = Notification.objects.filter(event=event)
    assert (told.person, told.seen_at) == (cast.peer, cast.at)


def test_whoever_is_told_late_is_told_at_the_account_that_stays(cast, joined):
    topic = make_topic(cast, by="colleague", raw=f"@{cast.leaver.handle}?")
    joined()
    notices.tell(Event.objects.filter(entry=topic.pk, name="topic.opened").get(), at=cast.at)
    told = Notification.objects.filter(entry=topic.pk, notice="discussions.Mentioned")
    assert [row.person for row in told] == [cast.peer]


def test_two_reports_of_one_post_stay_two(cast, joined):
    topic = make_topic(cast, by="colleague")
    post = Post.objects.get(topic=topic, number=1)
    for part in ("peer", "leaver"):
        Report.objects.create(
            post=post, group=cast.cfos, by=getattr(cast, part), reason="other", words=part, at=cast.at
        )
    joined()
    assert set(Report.objects.values_list("by", "words")) == {(cast.peer.pk, "peer"), (cast.leaver.pk, "leaver")}


def test_what_waits_for_an_officer_waits_for_the_account_that_stays(cast, joined):
    topic = make_topic(cast, by="colleague")
    held = HeldPost.objects.create(
        group=cast.cfos,
        topic=topic,
        audience=topic.entry.audience,
        author=cast.leaver,
        tenure=cast.tenures["leaver"],
        raw="Wait.",
        at=cast.at,
    )
    joined()
    held.refresh_from_db()
    assert (held.author, list(HeldPost.objects.visible_to(cast.viewer("peer")))) == (cast.peer, [held])


def test_a_deleted_post_stays_a_tombstone(cast, joined):
    topic = make_topic(cast, by="colleague")
    answer = make_answer(cast, topic, by="leaver")
    actions.delete_post(answer, viewer=cast.viewer("leaver"), at=cast.at)
    before = Post.objects.get(pk=answer.pk).article
    joined()
    after = Post.objects.get(pk=answer.pk)
    assert (after.article, after.author, after.deleted_by) == (before, cast.peer, cast.peer)
