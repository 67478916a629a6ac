"""The corpus, made small: it is what the house's own actions would have made."""

import pytest

from collegium.config.bench.corpus import loading
from collegium.config.bench.corpus.conversations import lengths
from collegium.config.bench.corpus.scale import Scale
from collegium.core.access.registry import checks
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry, Passage
from collegium.core.groups.models import Group
from collegium.core.notices.models import Follow
from collegium.core.people.models import Organization, Person, Seat, Tenure
from collegium.core.trail.models import Event
from collegium.design.text import plain_text, render_markdown
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.drawing import article_html
from collegium.rooms.discussions.models import Post, ReadMark, Topic
from collegium.rooms.discussions.queries import home_feed, posts_page, topic_for_page

SMALL = Scale(posts=500, longest=60, societies=4, people=120)


@pytest.fixture
def corpus(db):
    return loading.load(SMALL, tell=lambda _line: None, at_once=True)


def test_the_corpus_has_the_numbers_it_was_asked_for(corpus):
    assert {
        "posts": Post.objects.count(),
        "topics": Topic.objects.count(),
        "longest": max(Topic.objects.values_list("last_number", flat=True)),
        "groups": Group.objects.count(),
        "societies": Organization.objects.filter(kind="society").count(),
        "people": Person.objects.count(),
        "seats": Seat.objects.filter(organization__kind="society").count(),
        "passages": Passage.objects.filter(entry__kind="topic").count(),
        "events": Event.objects.filter(name__startswith="topic.").count(),
    } == {
        "posts": 500,
        "topics": 50,
        "longest": 60,
        "groups": 25,
        "societies": 4,
        "people": 120,
        "seats": 4 * 28,
        "passages": 550,
        "events": 500,
    }


def test_the_corpus_keeps_every_invariant_of_the_house(corpus):
    assert {name: list(checks.get(name)()) for name in checks.names()} == {name: [] for name in checks.names()}
    holders = Tenure.objects.filter(single_holder=True, capacity="holder", period__upper_inf=True)
    assert holders.count() == holders.values("seat").distinct().count()


def test_articles_and_passages_are_those_of_the_action(corpus):
    for post in Post.objects.select_related("author").order_by("pk"):
        body = render_markdown(post.raw)
        assert post.article == article_html(post, body=body)
        [passage] = Passage.objects.filter(entry=post.topic_id, part="post", part_id=post.pk)
        assert passage.text == plain_text(body)


def test_an_answer_by_the_action_leaves_rows_like_those_that_were_copied(corpus):
    topic = Topic.objects.select_related("group").order_by("pk")[1]
    before = Post.objects.select_related("author", "tenure").get(topic=topic, number=topic.last_number)
    viewer = Viewer.of(before.author, at=before.at)
    made = actions.answer_topic(topic, raw=before.raw, tenure=before.tenure, viewer=viewer, at=before.at)
    kept = {field.attname for field in Post._meta.concrete_fields} - {"id", "number", "article", "reply_to"}
    assert {name: getattr(Post.objects.get(pk=made.pk), name) for name in kept} == {
        name: getattr(before, name) for name in kept
    }
    copied, acted = (Event.objects.get(thing="discussions.post", thing_id=post.pk) for post in (before, made))
    same = ("name", "actor_id", "acting_for_id", "entry_id", "thing", "audience_id", "at")
    assert [getattr(acted, name) for name in same] == [getattr(copied, name) for name in same]
    assert set(acted.facts) == set(copied.facts)
    copied, acted = (Passage.objects.get(part="post", part_id=post.pk) for post in (before, made))
    assert (acted.text, acted.vector, acted.author_id) == (copied.text, copied.vector, copied.author_id)


def test_whoever_wrote_reads_follows_and_finds_the_topic_at_home(corpus):
    post = Post.objects.select_related("author", "topic__entry").order_by("-pk")[0]
    viewer = Viewer.of(post.author, at=post.at)
    topic = topic_for_page(viewer, post.topic_id)
    assert (topic.follow_state, topic.read_number >= post.number) == ("following", True)
    assert posts_page(topic).posts[0].number == 1
    assert post.topic_id in [row.id for row in home_feed(viewer, limit=100).topics]
    for topic in Topic.objects.select_related("entry"):
        last = topic.posts.order_by("-number")[0]
        assert (topic.last_post_at, topic.last_author_id, topic.entry.touched_at) == (last.at, last.author_id, last.at)


def test_what_a_run_adds_is_put_back(corpus):
    tables = (Entry, Topic, Post, Event, Passage, Follow, ReadMark)
    before = {model: list(model.objects.order_by("pk").values()) for model in tables}
    topic = Topic.objects.select_related("group").order_by("pk")[2]
    last = Post.objects.select_related("author", "tenure").get(topic=topic, number=topic.last_number)
    viewer = Viewer.of(last.author, at=last.at)
    actions.answer_topic(topic, raw="One more.", tenure=last.tenure, viewer=viewer, at=last.at)
    loading.put_back(corpus)
    after = {model: list(model.objects.order_by("pk").values()) for model in tables}
    assert after == before


@pytest.mark.parametrize("scale", [SMALL, Scale(), Scale(posts=1_000_000)])
def test_lengths_of_topics_add_up(scale):
    found = lengths(scale)
    assert (sum(found), len(found), max(found)) == (scale.posts, scale.topics, scale.longest)
    assert min(found) >= 1
    assert found == lengths(scale)
