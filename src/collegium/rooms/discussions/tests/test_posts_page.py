"""A page of posts by their numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Topic
from collegium.rooms.discussions.queries import posts as module
from collegium.rooms.discussions.queries import posts_page

from .factories import make_answer, make_topic


@pytest.fixture
def topic(cast):
    """Seven posts, the third deleted."""
    topic = make_topic(cast)
    for number in range(2, 8):
        post = make_answer(cast, topic, raw=f"Post {number}.")
        if number == 3:
            actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    return Topic.objects.get(pk=topic.pk)


@pytest.mark.parametrize(
    ("asked", "numbers", "earlier", "later"),
    [
        ({}, [1, 2, 3], None, 3),
        ({"after": 3}, [4, 5, 6], 4, 6),
        ({"after": 6}, [7], 7, None),
        ({"after": 7}, [], None, None),
        ({"before": 4}, [1, 2, 3], None, 3),
        ({"before": 3}, [1, 2], None, 2),
        ({"before": 10**6}, [5, 6, 7], 5, None),
        ({"before": 1}, [], None, None),
        ({"around": 5}, [4, 5, 6], 4, 6),
        ({"around": 7}, [7], 7, None),
        ({"around": 10**6}, [7], 7, None),
        ({"around": -2}, [1, 2, 3], None, 3),
    ],
)
def test_posts_page_goes_by_numbers(topic, asked, numbers, earlier, later):
    page = posts_page(topic, **asked, limit=3)
    assert ([post.number for post in page.posts], page.earlier, page.later) == (numbers, earlier, later)


def test_posts_page_gives_the_stored_article_and_who_wrote_it(cast, topic):
    third, fourth = posts_page(topic, after=2, limit=2).posts
    assert (third.author_id, third.is_deleted, fourth.author_id, fourth.is_deleted) == (
        cast.colleague.pk,
        True,
        cast.colleague.pk,
        False,
    )
    assert (fourth.id, fourth.article) == topic.posts.values_list("id", "article").get(number=4)
    assert "Post 4." in fourth.article


@pytest.mark.parametrize("limit", [1, 3])
def test_posts_page_is_one_statement_however_many_posts(topic, limit):
    with CaptureQueriesContext(connection) as captured:
        posts_page(topic, limit=limit)
    assert len(captured) == 1


@given(
    last=st.integers(1, 5000),
    limit=st.integers(1, 50),
    number=st.integers(1, 5000),
)
def test_the_fixed_grid_holds_every_number_on_one_page(last, limit, number):
    topic = Topic(last_number=last)
    first, end = module._range(topic, after=None, before=None, around=number, limit=limit)
    assert first <= min(number, last) <= end
    assert (first - 1) % limit == 0
    assert end - first + 1 == limit
