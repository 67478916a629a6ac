"""What `collegium check` finds of conversations."""

from collegium.core.entries.models import Entry, Passage
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, Revision, Topic
from collegium.rooms.discussions.queries import unsound_topics

from .factories import make_answer, make_topic


def test_conversations_made_by_the_actions_are_sound(cast):
    topic = make_topic(cast)
    answer = make_answer(cast, topic)
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at)
    actions.delete_post(make_answer(cast, topic), viewer=cast.viewer("colleague"), at=cast.at)
    actions.close_topic(topic, viewer=cast.viewer("peer"), at=cast.at)
    assert list(unsound_topics()) == []


def test_a_topic_that_miscounts_its_posts_is_named(cast):
    topic = make_topic(cast)
    Topic.objects.filter(pk=topic.pk).update(last_number=3)
    assert list(unsound_topics()) == [f"topic {topic.pk} counts 3 posts and has 1, the newest numbered 1"]


def test_a_topic_whose_entry_says_another_state_is_named(cast):
    topic = make_topic(cast)
    Entry.objects.filter(pk=topic.pk).update(state="answered")
    assert list(unsound_topics()) == [f"topic {topic.pk} is open and its entry says answered"]


def test_a_topic_that_accepts_a_post_of_another_is_named(cast):
    topic, other = make_topic(cast), make_topic(cast)
    answer = make_answer(cast, other)
    Topic.objects.filter(pk=topic.pk).update(accepted=answer, accepted_by=cast.peer, accepted_at=cast.at)
    Entry.objects.filter(pk=topic.pk).update(state="answered")
    assert list(unsound_topics()) == [f"topic {topic.pk} accepts a post that is deleted or of another topic"]


def test_what_a_deleted_post_left_behind_is_named(cast):
    topic = make_topic(cast)
    posts = [make_answer(cast, topic) for _ in range(2)]
    for post in posts:
        actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    Passage.objects.create(entry=topic.entry, part="post", part_id=posts[0].pk, text="x", vector="x", at=cast.at)
    Revision.objects.create(post=Post.objects.get(pk=posts[1].pk), raw="x", by=cast.peer, at=cast.at)
    assert sorted(unsound_topics()) == [
        f"post {number} of topic {topic.pk} was deleted and left something behind" for number in (2, 3)
    ]
