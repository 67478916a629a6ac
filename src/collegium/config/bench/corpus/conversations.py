"""The conversations of the corpus: topics, their posts as the room draws them, and all that posting leaves behind."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from collegium.config.bench.corpus.articles import cast
from collegium.config.bench.corpus.copying import Row, copy, follow_on, next_id
from collegium.config.bench.corpus.people import Speaker, speakers
from collegium.config.bench.corpus.scale import ENDS_AT, YEARS, Scale
from collegium.config.bench.corpus.texts import Block, a_text, a_title
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.notices.models import Follow
from collegium.core.trail.models import Event
from collegium.rooms.discussions.actions.writing import facets_of
from collegium.rooms.discussions.models import Post, ReadMark, Topic

BATCH = 5_000  # posts
RECENT = timedelta(days=14)
KINDS = ("question", "question", "question", "discussion", "discussion", "announcement")
READERS = 8


@dataclass
class Batch:
    """Rows that wait to be copied together."""

    entries: list[Row] = field(default_factory=list)
    topics: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    marks: list[Row] = field(default_factory=list)
    follows: list[Row] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a topic stands and who takes part in it."""

    group: int
    audience: int
    members: list[Speaker]


def load_conversations(scale: Scale, tell: Callable[[str], object]) -> None:
    """Topics with all their posts, batch after batch."""
    entry, post = next_id(Entry), next_id(Post)
    places = _places()
    batch, done = Batch(), 0
    for number, length in enumerate(lengths(scale)):
        _topic(batch, entry + number, post, number, length, places[number % len(places)])
        post += length
        done += length
        if len(batch.posts) >= BATCH:
            _write(batch)
            batch = Batch()
            tell(f"  {done:,} of {scale.posts:,} posts")
    _write(batch)
    follow_on(Entry, Topic, Post, Event, ReadMark, Follow)
    _notify()


def lengths(scale: Scale) -> list[int]:
    """How many posts each topic has, all posts together: one long, most short, some over a page."""
    chance = random.Random("lengths")  # noqa: S311 - a corpus, not a secret
    left, others = scale.posts - scale.longest, scale.topics - 1
    if not others:
        return [scale.posts]
    drawn = [chance.lognormvariate(0, 1.1) for _ in range(others)]
    per_unit = (left - others) / sum(drawn)
    found = [1 + int(per_unit * share) for share in drawn]
    for n in range(left - sum(found)):
        found[n % others] += 1
    return [scale.longest, *found]


def _places() -> list[Place]:
    members = speakers()
    groups = Group.objects.filter(circle__isnull=False).select_related("circle").order_by("pk")
    return [
        Place(group.pk, group.circle.audience_id, members[group.pk])
        for group in groups
        if group.circle and members[group.pk]
    ]


def _topic(batch: Batch, key: int, first_post: int, number: int, length: int, place: Place) -> None:
    chance = random.Random(f"topic {number}")  # noqa: S311 - a corpus, not a secret
    kind = chance.choice(KINDS)
    people = chance.choices(place.members, k=min(length, 3 + length // 4))
    times = _times(chance, length)
    title = a_title(chance, number + 1)
    authors = [people[0], *(chance.choice(people) for _ in range(length - 1))]
    accepted = chance.randint(2, length) if kind == "question" and length > 2 and chance.random() < 0.6 else None
    entry = _entry(key, title, authors[0], place, times)
    batch.entries.append({**entry, "state": "answered" if accepted else "open"})
    batch.topics.append(_topic_row(key, kind, place, authors, times, first_post, accepted))
    batch.texts.append(
        Text(key, "title", 0, title, times[0], author_id=authors[0].person, is_title=True, facets=_facets(authors[0]))
    )
    for n, (author, at) in enumerate(zip(authors, times, strict=True), start=1):
        reply_to = chance.randint(1, n - 1) if n > 2 and chance.random() < 0.3 else None
        row = {"id": first_post + n - 1, "topic_id": key, "number": n, "reply_to": reply_to, "at": at}
        _post(batch, row, author, a_text(chance))
        batch.events.append(_event(batch.posts[-1], place, kind))
    batch.follows.extend(_follow(key, person) for person in sorted({author.person for author in authors}))
    batch.marks.extend(_marks(chance, key, authors, place, times))


def _times(chance: random.Random, length: int) -> list[datetime]:
    """When each post was written, in order, none after the corpus ends."""
    lasts = timedelta(hours=chance.expovariate(1 / 30) * length + 1)
    starts = ENDS_AT - chance.random() * (YEARS - timedelta(days=60))
    lasts = min(lasts, ENDS_AT - starts)
    moments = sorted(chance.random() for _ in range(length - 1))
    return [starts, *(starts + lasts * moment for moment in moments)]


def _entry(key: int, title: str, opener: Speaker, place: Place, times: list[datetime]) -> Row:
    return {
        "id": key,
        "kind": "topic",
        "title": title,
        "audience_id": place.audience,
        "place_id": place.group,
        "society_id": opener.society,
        "author_id": opener.person,
        "created_at": times[0],
        "touched_at": times[-1],
    }


def _topic_row(
    key: int,
    kind: str,
    place: Place,
    authors: list[Speaker],
    times: list[datetime],
    first_post: int,
    accepted: int | None,
) -> Row:
    return {
        "entry_id": key,
        "group_id": place.group,
        "kind": kind,
        "last_number": len(authors),
        "last_post_at": times[-1],
        "last_author_id": authors[-1].person,
        "accepted_id": first_post + accepted - 1 if accepted else None,
        "accepted_by_id": authors[0].person if accepted else None,
        "accepted_at": times[-1] if accepted else None,
    }


def _post(batch: Batch, place: Row, author: Speaker, text: Block) -> None:
    """A post at its place `{id, topic_id, number, reply_to, at}`, and what is found of it."""
    row = {
        **place,
        "author_id": author.person,
        "tenure_id": author.tenure,
        "society_id": author.society,
        "author_name": author.name,
        "author_title": author.title,
        "society_name": author.society_name,
        "raw": text.raw,
    }
    batch.posts.append({**row, "article": cast(row, handle=author.handle, body=text.html)})
    batch.texts.append(
        Text(row["topic_id"], "post", row["id"], text.plain, row["at"], author_id=author.person, facets=_facets(author))
    )


def _facets(author: Speaker) -> tuple[str, ...]:
    return facets_of(author.society, author.function)


def _event(row: Row, place: Place, kind: str) -> Row:
    """What the trail keeps of opening a topic and of answering it."""
    opens = row["number"] == 1
    facts: dict[str, Any] = {"part": "post", "part_id": row["id"], "number": row["number"]}
    facts |= {"kind": kind} if opens else {"reply_to": row["reply_to"]}
    return {
        "name": "topic.opened" if opens else "topic.answered",
        "actor_id": row["author_id"],
        "acting_for_id": row["society_id"],
        "entry_id": row["topic_id"],
        "thing": "discussions.topic" if opens else "discussions.post",
        "thing_id": row["topic_id"] if opens else row["id"],
        "audience_id": place.audience,
        "at": row["at"],
        "facts": facts | {"mentions": []},
    }


def _follow(topic: int, person: int) -> Row:
    return {"entry_id": topic, "person_id": person, "state": Follow.State.FOLLOWING}


def _marks(
    chance: random.Random, topic: int, authors: list[Speaker], place: Place, times: list[datetime]
) -> Iterator[Row]:
    """Who wrote has read up to there; some others have read a part."""
    read = {author.person: n for n, author in enumerate(authors, start=1)}
    for reader in chance.choices(place.members, k=READERS):
        read.setdefault(reader.person, chance.randint(1, len(authors)))
    for person, number in sorted(read.items()):
        yield {"person_id": person, "topic_id": topic, "number": number, "at": times[number - 1]}


@transaction.atomic
def _write(batch: Batch) -> None:
    copy(Entry, batch.entries)
    copy(Topic, batch.topics)
    copy(Post, batch.posts)
    copy(Event, batch.events)
    copy(ReadMark, batch.marks)
    copy(Follow, batch.follows)
    write_passages(batch.texts)


# What followers were told of the last days; all but the newest have been seen.
_NOTIFY = """
INSERT INTO notices_notification (person_id, notice, event_id, entry_id, part, part_id, at, seen_at)
SELECT f.person_id, 'discussions.TopicAnswered', e.id, e.entry_id, 'post', (e.facts ->> 'part_id')::bigint, e.at,
       CASE WHEN e.at < %s THEN e.at END
FROM trail_event e JOIN notices_follow f ON f.entry_id = e.entry_id
WHERE e.name = 'topic.answered' AND e.at > %s AND f.person_id <> e.actor_id ORDER BY e.id, f.person_id"""


def _notify() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOTIFY, [ENDS_AT - RECENT / 7, ENDS_AT - RECENT])
