"""How topics and posts are found and shown among results."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from collegium.core.search.kinds import Kind, Row, Shown, address

_TOPICS = """
SELECT e.id, e.title, g.short AS group_short, op.author_name, op.society_name
FROM discussions_topic t JOIN entries_entry e ON e.id = t.entry_id JOIN groups_group g ON g.entry_id = t.group_id
LEFT JOIN discussions_post op ON op.topic_id = t.entry_id AND op.number = 1
WHERE e.id = ANY(%s::bigint[]) AND {visible}"""

_POSTS = """
SELECT po.id, e.id AS topic, po.number, e.title, g.short AS group_short, po.author_name, po.society_name
FROM discussions_post po JOIN discussions_topic t ON t.entry_id = po.topic_id JOIN entries_entry e ON e.id = t.entry_id
JOIN groups_group g ON g.entry_id = t.group_id
WHERE po.id = ANY(%s::bigint[]) AND po.deleted_at IS NULL AND {visible}"""


def show_topic(row: Row, at: datetime) -> Shown:
    return Shown(row["title"], address("discussions:topic", row["id"]), _line(row), at)


def show_post(row: Row, at: datetime) -> Shown:
    url = address("discussions:post", row["topic"], row["number"])
    return Shown(row["title"], url, _line(row), at)


def _line(row: Row) -> tuple[str, ...]:
    who = ", ".join(word for word in (row["author_name"], row["society_name"]) if word)
    return tuple(word for word in (row["group_short"], who) if word)


TOPIC = Kind(
    gettext_lazy("Topics"), gettext_lazy("Topic"), "messages-square", (("topic", "title"),), _TOPICS, show_topic
)
POST = Kind(
    gettext_lazy("Posts"),
    gettext_lazy("Post"),
    "message-square",
    (("topic", "post"),),
    _POSTS,
    show_post,
    by_part=True,
    folds=True,
)
