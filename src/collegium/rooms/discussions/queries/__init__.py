"""Reading conversations: a topic's page, its posts, lists of topics, what to read next, whether all is sound."""

from .invariants import unsound_topics
from .lists import (
    TopicRow,
    continue_statement,
    continue_where_left_off,
    feed_statement,
    group_topics,
    group_topics_statement,
    handed_on_statement,
    home_feed,
    open_questions,
    open_questions_statement,
    started_statement,
    unread_statement,
)
from .posts import PAGE, PostRow, PostsPage, posts_page, revisions
from .speakers import Speaker, mentionable
from .topics import topic_address, topic_for_page

__all__ = [
    "PAGE",
    "PostRow",
    "PostsPage",
    "Speaker",
    "TopicRow",
    "continue_statement",
    "continue_where_left_off",
    "feed_statement",
    "group_topics",
    "group_topics_statement",
    "handed_on_statement",
    "home_feed",
    "mentionable",
    "open_questions",
    "open_questions_statement",
    "posts_page",
    "revisions",
    "started_statement",
    "topic_address",
    "topic_for_page",
    "unread_statement",
    "unsound_topics",
]
