"""One topic as its page needs it, in one statement."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.statements import row
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry

from ..models import DELETION, Post, Topic
from .loaded import CIRCLE, GROUP_ENTRY, TOPIC_SQL, TOPIC_TABLES, take_topic
from .reading import MINE, READ_NUMBER
from .speakers import speaking

_BESIDE = (
    "accepted_number",
    "author_name",
    "author_title",
    "society_name",
    "author_handle",
    "heir_name",
    "read_number",
    "follow_state",
    "level",
    "has_unseen",
    "has_held",
    "speaking",
    "links",
)

# The newest links at either end whose other end the viewer sees; kept short, the page beside the topic.
_LINKS = f"""
SELECT l.kind, l.source_id = t.entry_id AS outward, o.id, o.kind AS entry_kind, o.title
FROM entries_link l
JOIN entries_entry o ON o.id = CASE WHEN l.source_id = t.entry_id THEN l.target_id ELSE l.source_id END
WHERE (l.source_id = t.entry_id OR l.target_id = t.entry_id) AND {visible_sql("o.audience_id")}
ORDER BY l.id DESC LIMIT 12"""  # noqa: S608 - constants

# The opening post tells who opened the topic, as they were called then.
_FOR_PAGE = f"""
SELECT {TOPIC_SQL}, {GROUP_ENTRY.sql}, g.circle_id, g.entry_id,
       (SELECT x.audience_id FROM groups_circle x WHERE x.id = g.circle_id),
       (SELECT x.number FROM discussions_post x WHERE x.id = t.accepted_id),
       opening.author_name, opening.author_title, opening.society_name,
       (SELECT x.handle FROM people_person x WHERE x.id = e.author_id),
       (SELECT x.name FROM people_person x WHERE x.id = t.handed_to_id),
       {READ_NUMBER}, COALESCE(mine.follow, ''),
       COALESCE((SELECT x.level FROM notices_preference x WHERE x.person_id = %s AND x.place_id = t.group_id),
                g.default_level),
       EXISTS (SELECT FROM notices_notification x
               WHERE x.person_id = %s AND x.entry_id = t.entry_id AND x.seen_at IS NULL
               AND x.part <> '{DELETION}'),
       EXISTS (SELECT FROM discussions_heldpost x
               WHERE x.author_id = %s AND x.topic_id = t.entry_id AND x.state = 'waiting'),
       (SELECT COALESCE(json_agg(json_build_object('id', te.id, 'title', te.title, 'society', so.title) ORDER BY te.id),
                        '[]') FROM {speaking("e.audience_id")}),
       (SELECT COALESCE(json_agg(x), '[]') FROM ({_LINKS}) AS x)
FROM {TOPIC_TABLES}
JOIN entries_entry ge ON ge.id = g.entry_id
LEFT JOIN discussions_post opening ON opening.topic_id = t.entry_id AND opening.number = 1
{MINE}
WHERE t.entry_id = %s AND {visible_sql("e.audience_id")}
"""  # noqa: S608 - constants


def topic_for_page(viewer: Viewer, topic_id: int) -> Topic:
    """The topic, if the viewer sees it, otherwise Http404, whether it is not there or not to be seen.

    With entry, group, the group's entry and circle loaded, and beside the topic's own fields: `accepted_number` (None),
    `author_name`, `author_title`, `society_name` (as they were then), `author_handle`; `heir_name`, to whom a
    question was handed on; and what differs by viewer:
    `read_number` (0 if never), `follow_state` ("", following, muted), `level`, `has_unseen` (a notification about it
    waits), `has_held` (an answer of theirs waits for an officer), `speaking` (the seats they can speak from: a list of
    {id, title, society}), `links` (those whose other end they see: a list of {kind, outward, id, entry_kind, title}).
    """
    person, at = viewer.person_id, viewer.at
    seen = visible_parameters(viewer)
    beside = [person, person, person, person, at, at, *seen, person, person, person]
    found = row(_FOR_PAGE, [*beside, topic_id, *seen])
    if found is None:
        raise Http404
    topic, start = take_topic(found)
    topic.group.entry, start = GROUP_ENTRY.take(found, start)
    topic.group.circle, start = CIRCLE.take(found, start)
    for name, value in zip(_BESIDE, found[start:], strict=True):
        setattr(topic, name, value)
    return topic


def topic_address(entry: Any | Entry) -> str:
    """Where the topic of an entry is read."""
    return reverse("discussions:topic", args=[entry.pk])


def post_address(entry: Any | Entry, part_id: int) -> str:
    """Where a post of the topic is read; the topic itself where the post has no number any more."""
    number = Post.objects.filter(pk=part_id, topic=entry.pk).values_list("number", flat=True).first()
    return reverse("discussions:post", args=[entry.pk, number]) if number else topic_address(entry)
