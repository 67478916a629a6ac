"""What all that write a post share: locking the topic, finding the speaker, drawing the text, inserting the row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.statements import prepared_cursor, row, rows
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text
from collegium.core.files import actions as files
from collegium.core.people.models import Organization, Person
from collegium.design.markdown import HANDLE
from collegium.design.text import Mention, plain_text, render_markdown

from ..drawing import article_html
from ..models import Post, Topic
from ..queries.loaded import TOPIC_SQL, TOPIC_TABLES, take_topic
from ..queries.speakers import SILENT_SINCE, Speaker, mentionable, speaking

PART = "post"


class HasKey(Protocol):
    """A tenure, or a speaker standing for one."""

    @property
    def pk(self) -> Any: ...


class OnlySeat:
    """Stands for the one seat from which somebody speaks in a place; whoever has several there says which."""

    pk = 0


def author_of(viewer: Viewer) -> Person:
    """Who writes; Refused for somebody not signed in."""
    if viewer.person is None:
        raise Refused(_("Sign in first."))
    return viewer.person


# --- lock

# The entry is locked with its topic: whoever changes its audience waits, so no passage is written for the old one.
# Not FOR UPDATE: what only refers to the topic, as a read mark does, need not wait. To speak, or to change what was
# said, the group is held as it is: whoever changes what waits for an officer waits for what is being written, and is
# waited for.
_LOCK = f"SELECT {TOPIC_SQL} FROM {TOPIC_TABLES} WHERE t.entry_id = %s FOR NO KEY UPDATE OF t, e"  # noqa: S608 - constants
_LOCK_TO_REWORD = f"{_LOCK} FOR SHARE OF g"

# What the speaker does not see is not locked for them, and takes as long as what is not there.
_LOCK_TO_SPEAK = f"""
SELECT {TOPIC_SQL},
    EXISTS (SELECT FROM notices_follow x WHERE x.person_id = %s AND x.entry_id = t.entry_id), speaker.*
FROM {TOPIC_TABLES}
LEFT JOIN LATERAL (
    SELECT te.id, te.title, o.entry_id, so.title, s.function_id, {SILENT_SINCE}
    FROM {speaking("e.audience_id")} AND %s::bigint IN (te.id, {OnlySeat.pk})
) AS speaker ON true
WHERE t.entry_id = %s AND {visible_sql("e.audience_id")}
FOR NO KEY UPDATE OF t, e FOR SHARE OF g"""  # noqa: S608 - constants


def lock_topic(topic_id: int) -> Topic:
    """The topic with entry and group, locked against every other change of it."""
    return take_topic(_only(row(_LOCK, [topic_id])))[0]


def lock_topic_to_reword(topic_id: int) -> Topic:
    """The same, and its group kept as it is: what it holds is asked under the lock."""
    return take_topic(_only(row(_LOCK_TO_REWORD, [topic_id])))[0]


def lock_topic_to_speak(
    topic_id: int, tenure: HasKey | None, *, viewer: Viewer, at: datetime
) -> tuple[Topic, Speaker | None, bool]:
    """The same in one round trip with the speaker, and whether the viewer follows the topic or has muted it.

    The speaker is None if the viewer does not speak there through this tenure. Refused if they do not see the topic.
    """
    person, key = viewer.person_id, tenure.pk if tenure else None
    found = rows(_LOCK_TO_SPEAK, [person, person, at, at, key, topic_id, *visible_parameters(viewer)])
    if not found:
        raise Refused(_("You can no longer see this topic."))
    topic, start = take_topic(found[0])
    follows, *speaker = found[0][start:]
    return topic, Speaker(*speaker) if len(found) == 1 and speaker[0] is not None else None, follows


def _only(found: tuple[Any, ...] | None) -> tuple[Any, ...]:
    if found is None:
        raise Refused(_("This topic is no longer there."))
    return found


def lock_post(post: Post) -> Post:
    """The post with its topic, entry and group, all locked; the topic first, as everywhere."""
    return _lock_post_of(lock_topic(post.topic_id), post)


def lock_post_to_reword(post: Post) -> Post:
    """The same, and the group kept as it is."""
    return _lock_post_of(lock_topic_to_reword(post.topic_id), post)


def _lock_post_of(topic: Topic, post: Post) -> Post:
    locked = (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "tenure__seat")
        .get(pk=post.pk)
    )
    locked.topic = topic
    return locked


# --- draw


class Mentioned:
    """Links the @handles of a text to people who may read it, and remembers who they were."""

    def __init__(self, raw: str, *, audience_id: int, at: datetime) -> None:
        handles = {match[1].lower() for match in HANDLE.finditer(raw)} if "@" in raw else set()
        self.known = mentionable(handles, audience_id, at) if handles else {}
        self.ids: set[int] = set()

    def __call__(self, handle: str) -> Mention | None:
        person = self.known.get(handle.lower())
        if person is None:
            return None
        self.ids.add(person.pk)
        return Mention(person.get_absolute_url(), f"@{person.name}")


def render(raw: str, *, audience_id: int, at: datetime) -> tuple[SafeString, list[int]]:
    """The rendering of a text and the ids of whom it mentions."""
    mentioned = Mentioned(raw, audience_id=audience_id, at=at)
    body = render_markdown(raw, link_mention=mentioned if mentioned.known else None)
    return body, sorted(mentioned.ids)


# --- insert

_INSERTED = (
    "topic_id",
    "number",
    "author_id",
    "tenure_id",
    "society_id",
    "author_name",
    "author_title",
    "society_name",
    "raw",
    "article",
    "mentions",
    "reply_to",
    "at",
    "trimmed",
)

# The topic and its entry are locked by the caller. One's own post counts as read if all before it were.
_INSERT = f"""
WITH post AS (
    INSERT INTO discussions_post ({", ".join(_INSERTED)}) VALUES ({", ".join(f"%({name})s" for name in _INSERTED)})
    RETURNING id),
topic AS (
    UPDATE discussions_topic SET last_number = %(number)s, last_post_at = GREATEST(last_post_at, %(at)s),
        last_author_id = %(author_id)s WHERE entry_id = %(topic_id)s),
entry AS (
    UPDATE entries_entry SET touched_at = GREATEST(touched_at, %(at)s) WHERE id = %(topic_id)s),
mark AS (
    UPDATE discussions_readmark SET number = %(number)s, at = %(at)s
    WHERE person_id = %(author_id)s AND topic_id = %(topic_id)s AND number = %(number)s - 1)
SELECT id FROM post
"""  # noqa: S608 - constants


def insert_post(
    topic: Topic, *, raw: str, reply_to: int | None, speaker: Speaker, viewer: Viewer, at: datetime, trimmed: str = ""
) -> tuple[Post, SafeString]:
    """The next post of a locked topic, drawn without files, and the rendering of its text.

    `trimmed` is what was cut off a letter.
    """
    body, mentions = render(raw, audience_id=topic.entry.audience_id, at=at)
    author = author_of(viewer)
    post = Post(
        topic=topic,
        number=topic.last_number + 1,
        author=author,
        tenure_id=speaker.tenure_id,
        society_id=speaker.society_id,
        author_name=author.full_name,
        author_title=speaker.title,
        society_name=speaker.society,
        raw=raw,
        mentions=mentions,
        reply_to=reply_to,
        at=at,
        trimmed=trimmed,
    )
    post.article = article_html(post, body=body)
    _insert(post)
    return post, body


def _insert(post: Post) -> None:
    with prepared_cursor() as cursor:
        cursor.execute(_INSERT, {name: getattr(post, name) for name in _INSERTED})
        post.pk = cursor.fetchone()[0]
    post._state.adding = False
    topic = post.topic
    topic.last_number, topic.last_author_id = post.number, post.author_id
    topic.last_post_at, topic.entry.touched_at = max(topic.last_post_at, post.at), max(topic.entry.touched_at, post.at)


def attach(post: Post, attachments: Iterable[int], *, body: SafeString, by: Any, facets: tuple[str, ...] = ()) -> None:
    """Attach the author's waiting uploads to a post just inserted, and draw it with them."""
    ids = list(attachments)
    if not ids:
        return
    found = files.attach(ids, entry=post.entry, part=PART, part_id=post.pk, by=by, facets=facets)
    post.article = article_html(post, body=body, files=found)
    post.save(update_fields=["article"])


def text_of(post: Post, body: str, *, facets: tuple[str, ...]) -> Text:
    """What is found of a post: the words of its rendering."""
    return Text(post.topic_id, PART, post.pk, plain_text(body), post.at, author_id=post.author_id, facets=facets)


def facets_of(society_id: int, function_id: int) -> tuple[str, ...]:
    """What a search for words said by a society, or from a function, goes by."""
    return (lexemes.society(society_id), lexemes.function(function_id))


def facets_of_post(post: Post) -> tuple[str, ...]:
    """The same of a post whose tenure and seat are loaded; what was brought in was said from no seat."""
    return facets_of(post.society_id, post.tenure.seat.function_id) if post.tenure and post.society_id else ()


def acting_for(speaker: Speaker) -> Organization:
    """The society a speaker speaks for, as far as an event needs it."""
    return Organization(pk=speaker.society_id)


def facts_of(post: Post, **more: Any) -> dict[str, Any]:
    """Which post an event is about: ids only."""
    return {"part": PART, "part_id": post.pk, "number": post.number} | more
