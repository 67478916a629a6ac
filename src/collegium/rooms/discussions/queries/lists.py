"""Lists of topics as a viewer sees them, each one statement.

A `…_statement` gives SQL with its positional parameters, for a page that asks for several lists in one round trip; the
functions beside them run one and give `TopicRow`s. All take the newest few of each audience by its own index range,
merge those, and only then look at names and read marks: the cost follows the page, never the number of topics.
Limits stand in the text, not among the parameters: a prepared plan that does not know its limit is not worth keeping.
"""

from datetime import datetime
from typing import Any, NamedTuple

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from .reading import MINE, READ_NUMBER

Statement = tuple[str, list[Any]]
# Where an older page begins: `at` and `id` of the last row of the page before it.
Cursor = tuple[datetime, int]

UNREAD_STOPS_AT = 1000
UNREAD_TOPICS_STOP_AT = 100
# Of topics left off, so many of the last ones looked at are asked whether they went on.
_LEFT_OFF = 60


class TopicRow(NamedTuple):
    """A topic in a list. `unread` counts posts, `number` is the first unread one, `is_new` one never opened."""

    id: int
    title: str
    kind: str
    group_id: int
    group_name: str
    group_short: str
    group_slug: str
    author_name: str | None
    society_name: str | None
    answers: int
    unread: int
    number: int
    is_new: bool
    at: datetime
    pinned: bool
    closed: bool
    solved: bool
    muted: bool
    for_officers: bool
    imported: int
    sealed: bool


class TopicsPage(NamedTuple):
    """A page of topics; `before` is what to ask the next one with, None at the end."""

    topics: list[TopicRow]
    before: Cursor | None


# `shown` gives id and rank. Takes what `shown` takes, the person for `is_new`, then what `MINE` takes.
_ROWS = f"""
WITH shown AS ({{shown}})
SELECT t.entry_id AS id, e.title, t.kind, t.group_id, ge.title AS group_name, g.short AS group_short,
       g.slug AS group_slug,
       CASE WHEN e.author_id IS NULL
            THEN (SELECT x.author_name FROM discussions_post x WHERE x.topic_id = e.id AND x.number = 1)
            ELSE (SELECT x.name FROM people_person x WHERE x.id = e.author_id) END AS author_name,
       (SELECT x.title FROM entries_entry x WHERE x.id = e.society_id) AS society_name,
       t.last_number - 1 AS answers,
       LEAST(t.last_number - r.number, {UNREAD_STOPS_AT}) AS unread, r.number + 1 AS number,
       r.number = 0 AND e.author_id IS DISTINCT FROM %s AND mine.mark IS NULL AS is_new,
       e.touched_at AS at, t.pinned_at IS NOT NULL AS pinned, t.closed_at IS NOT NULL AS closed,
       t.accepted_id IS NOT NULL AS solved, COALESCE(mine.follow = 'muted', false) AS muted,
       e.audience_id = g.officers_audience_id AS for_officers, t.imported, t.is_sealed AS sealed
FROM shown
JOIN discussions_topic t ON t.entry_id = shown.id
JOIN entries_entry e ON e.id = shown.id
JOIN groups_group g ON g.entry_id = t.group_id
JOIN entries_entry ge ON ge.id = t.group_id
{MINE}
CROSS JOIN LATERAL (SELECT {READ_NUMBER} AS number OFFSET 0) AS r
ORDER BY shown.rank
"""  # noqa: S608 - constants


def _statement(shown: str, parameters: list[Any], viewer: Viewer) -> Statement:
    return _ROWS.format(shown=shown), [*parameters, *[viewer.person_id] * 4]


def _rows(statement: Statement) -> list[TopicRow]:
    return [TopicRow(*row) for row in rows(*statement)]


def _page(statement: Statement, limit: int) -> TopicsPage:
    """A statement that was asked for one row more than the page holds; pinned rows come on top of it."""
    topics = _rows(statement)
    listed = [topic for topic in topics if not topic.pinned]
    if len(listed) <= limit:
        return TopicsPage(topics, None)
    return TopicsPage(topics[:-1], (listed[limit - 1].at, listed[limit - 1].id))


_BEFORE = "AND (e.touched_at, e.id) < (%s::timestamptz, %s)"
_NEWEST_FIRST = "row_number() OVER (ORDER BY x.touched_at DESC, x.id DESC) AS rank"

# --- home

_FEED = f"""
SELECT x.id, {_NEWEST_FIRST} FROM unnest(%s::bigint[]) AS a (id)
CROSS JOIN LATERAL (
    SELECT e.id, e.touched_at FROM entries_entry e
    WHERE e.audience_id = a.id AND e.kind = 'topic' {{before}}
    ORDER BY e.touched_at DESC, e.id DESC LIMIT {{limit}}
) AS x ORDER BY x.touched_at DESC, x.id DESC LIMIT {{limit}}"""  # noqa: S608 - constants


def feed_statement(viewer: Viewer, *, limit: int = 20, before: Cursor | None = None) -> Statement:
    """The newest topics over all the audiences the viewer belongs to."""
    shown = _FEED.format(before=_BEFORE if before else "", limit=limit)
    return _statement(shown, [sorted(viewer.own_ids), *(before or ())], viewer)


def home_feed(viewer: Viewer, *, limit: int = 20, before: Cursor | None = None) -> TopicsPage:
    """A page of the feed."""
    return _page(feed_statement(viewer, limit=limit + 1, before=before), limit)


_OF_AUTHOR = f"""
SELECT x.id, {_NEWEST_FIRST} FROM entries_entry x {{join}}
WHERE x.author_id = %s AND x.kind = 'topic' AND {visible_sql("x.audience_id")}
ORDER BY x.touched_at DESC, x.id DESC LIMIT {{limit}}"""  # noqa: S608 - constants
_OPEN_QUESTION = """JOIN discussions_topic o ON o.entry_id = x.id AND o.kind = 'question'
    AND o.accepted_id IS NULL AND o.closed_at IS NULL"""


def open_questions_statement(viewer: Viewer, *, limit: int = 10) -> Statement:
    """The viewer's own questions that have no accepted answer and are not closed."""
    shown = _OF_AUTHOR.format(join=_OPEN_QUESTION, limit=limit)
    return _statement(shown, [viewer.person_id, *visible_parameters(viewer)], viewer)


def open_questions(viewer: Viewer, *, limit: int = 10) -> list[TopicRow]:
    return _rows(open_questions_statement(viewer, limit=limit))


_HANDED_ON = f"""
SELECT x.id, {_NEWEST_FIRST} FROM discussions_topic o JOIN entries_entry x ON x.id = o.entry_id
WHERE o.handed_to_id = %s AND o.accepted_id IS NULL AND o.closed_at IS NULL AND {visible_sql("x.audience_id")}
ORDER BY x.touched_at DESC, x.id DESC LIMIT {{limit}}"""  # noqa: S608 - constants


def handed_on_statement(viewer: Viewer, *, limit: int = 10) -> Statement:
    """Open questions of whoever left, handed on to the viewer; seen as soon as the viewer is where they were asked."""
    shown = _HANDED_ON.format(limit=limit)
    return _statement(shown, [viewer.person_id, *visible_parameters(viewer)], viewer)


def started_statement(person_id: int, viewer: Viewer, *, limit: int = 10) -> Statement:
    """What a person opened, as far as the viewer sees it."""
    shown = _OF_AUTHOR.format(join="", limit=limit)
    return _statement(shown, [person_id, *visible_parameters(viewer)], viewer)


_LEFT_OFF_AT = f"""
SELECT o.entry_id AS id, row_number() OVER (ORDER BY left_off.at DESC, o.entry_id) AS rank
FROM (SELECT topic_id, number, at FROM discussions_readmark
      WHERE person_id = %s ORDER BY at DESC LIMIT {_LEFT_OFF}) AS left_off
JOIN discussions_topic o ON o.entry_id = left_off.topic_id AND o.last_number > left_off.number
JOIN entries_entry x ON x.id = o.entry_id
LEFT JOIN discussions_readall done ON done.person_id = %s AND done.group_id = o.group_id
LEFT JOIN notices_follow quiet ON quiet.person_id = %s AND quiet.entry_id = o.entry_id AND quiet.state = 'muted'
WHERE quiet.id IS NULL AND (done.at IS NULL OR done.at < o.last_post_at) AND {visible_sql("x.audience_id")}
ORDER BY left_off.at DESC, o.entry_id LIMIT {{limit}}"""  # noqa: S608 - constants


def continue_statement(viewer: Viewer, *, limit: int = 5) -> Statement:
    """Topics the viewer began to read that went on, the one last looked at first; muted ones are left out."""
    parameters = [*[viewer.person_id] * 3, *visible_parameters(viewer)]
    return _statement(_LEFT_OFF_AT.format(limit=limit), parameters, viewer)


def continue_where_left_off(viewer: Viewer, *, limit: int = 5) -> list[TopicRow]:
    return _rows(continue_statement(viewer, limit=limit))


_UNREAD = f"""
SELECT mine.group_id, LEAST(count(*), {UNREAD_TOPICS_STOP_AT}) AS unread
FROM (
    SELECT group_id, audience_id FROM groups_circle WHERE audience_id = ANY(%s::bigint[])
    UNION ALL
    SELECT entry_id, officers_audience_id FROM groups_group WHERE officers_audience_id = ANY(%s::bigint[])
) AS mine
LEFT JOIN discussions_readall ra ON ra.person_id = %s AND ra.group_id = mine.group_id
CROSS JOIN LATERAL (
    SELECT e.id FROM entries_entry e
    WHERE e.audience_id = mine.audience_id AND e.kind = 'topic' AND e.touched_at > COALESCE(ra.at, '-infinity')
    ORDER BY e.touched_at DESC, e.id DESC LIMIT {UNREAD_TOPICS_STOP_AT}
) AS x
JOIN discussions_topic t ON t.entry_id = x.id
LEFT JOIN discussions_readmark m ON m.person_id = %s AND m.topic_id = x.id
LEFT JOIN notices_follow f ON f.person_id = %s AND f.entry_id = x.id AND f.state = 'muted'
WHERE f.id IS NULL AND t.last_number > GREATEST(COALESCE(m.number, 0), t.imported)
GROUP BY mine.group_id ORDER BY mine.group_id"""  # noqa: S608 - constants


def unread_statement(viewer: Viewer) -> Statement:
    """`group_id, unread`: how many of the newest 100 topics of each of the viewer's groups have something unread."""
    audiences = sorted(viewer.own_ids)
    return _UNREAD, [audiences, audiences, *[viewer.person_id] * 3]


# --- a group

_KINDS = {
    "": "",
    "discussion": "AND o.kind = 'discussion'",
    "question": "AND o.kind = 'question'",
    "announcement": "AND o.kind = 'announcement'",
    "unanswered": "AND o.kind = 'question' AND o.accepted_id IS NULL AND o.closed_at IS NULL",
}

# What is asked of the topic stands in a subquery: as a join it would be weighed against reading the whole group, and
# with a few thousand topics lose.
_IN_GROUP = """
SELECT x.id, row_number() OVER (ORDER BY x.pinned DESC, x.touched_at DESC, x.id DESC) AS rank FROM (
    (SELECT x.id, x.touched_at, false AS pinned FROM (
        SELECT audience_id FROM groups_circle WHERE group_id = %s AND audience_id = ANY(%s::bigint[])
        UNION ALL
        SELECT officers_audience_id FROM groups_group WHERE entry_id = %s AND officers_audience_id = ANY(%s::bigint[])
    ) AS mine
    CROSS JOIN LATERAL (
        SELECT e.id, e.touched_at FROM entries_entry e
        WHERE e.audience_id = mine.audience_id AND e.kind = 'topic' {before} AND (
            SELECT o.pinned_at IS NULL {kind} FROM discussions_topic o WHERE o.entry_id = e.id AND o.group_id = %s)
        ORDER BY e.touched_at DESC, e.id DESC LIMIT {limit}
    ) AS x ORDER BY x.touched_at DESC, x.id DESC LIMIT {limit})
    {pinned}
) AS x"""
_PINNED = """
    UNION ALL
    SELECT e.id, e.touched_at, true FROM discussions_topic o JOIN entries_entry e ON e.id = o.entry_id
    WHERE o.group_id = %s AND o.pinned_at IS NOT NULL AND e.audience_id = ANY(%s::bigint[]) {kind}"""


def group_topics_statement(
    group: Group, viewer: Viewer, *, before: Cursor | None = None, kind: str | None = None, limit: int = 25
) -> Statement:
    """The group's topics the viewer sees, newest first; pinned ones head the first page, over and above its `limit`.

    `kind` is one of discussion, question, announcement or unanswered; ValueError for another.
    """
    wanted = _KINDS.get(kind or "")
    if wanted is None:
        raise ValueError(f"topics are not listed by {kind!r}")
    audiences = sorted(viewer.audience_ids)
    parameters: list[Any] = [group.pk, audiences, group.pk, audiences, *(before or ()), group.pk]
    pinned = ""
    if before is None:
        pinned = _PINNED.format(kind=wanted)
        parameters += [group.pk, audiences]
    shown = _IN_GROUP.format(kind=wanted, before=_BEFORE if before else "", pinned=pinned, limit=limit)
    return _statement(shown, parameters, viewer)


def group_topics(
    group: Group, viewer: Viewer, *, before: Cursor | None = None, kind: str | None = None, limit: int = 25
) -> TopicsPage:
    """A page of the group's topics."""
    return _page(group_topics_statement(group, viewer, before=before, kind=kind, limit=limit + 1), limit)
