"""What a digest holds, found for a batch of them at the moment they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings

from collegium.core.access.queries import belongs_sql
from collegium.core.access.statements import rows
from collegium.core.groups.models import Group
from collegium.design.house import House

from ..mailings import tokens
from ..models import Digest, Mailing
from ..registry import Line, mailing_kind
from ..writing import the_house

# How many messages are told of one topic, and of all; of the others it is said that they are there.
MOST_OF_A_TOPIC, MOST_OF_ALL = 6, 60


@dataclass(frozen=True, slots=True)
class Told:
    """A message in a digest, and the address that answers it, empty where nothing is answered by letter."""

    line: Line
    answer: str


@dataclass(slots=True)
class TopicOf:
    """What is new in one topic; `more` counts the messages that are not told."""

    title: str
    url: str
    told: list[Told] = field(default_factory=list)
    more: int = 0


@dataclass(slots=True)
class GroupOf:
    """What is new in one group; one without content in letters has no topics here."""

    name: str
    url: str
    count: int = 0
    topics: list[TopicOf] = field(default_factory=list)


@dataclass(slots=True)
class Contents:
    """A digest with its groups."""

    digest: Digest
    house: House
    groups: list[GroupOf] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


class _Row(NamedTuple):
    digest_id: int
    person_id: int
    mailing_id: int
    kind: str
    part_id: int
    entry_id: int
    title: str
    is_closed: bool
    place_id: int
    place: str
    slug: str
    short: str
    is_content_free: bool


# Whoever may not read a thing any more, has muted it since or wants nothing of its place any more is not told of it.
_HELD = """
SELECT d.digest_id, d.person_id, d.mailing_id, m.kind, m.part_id, e.id, e.title, e.state = 'closed', g.entry_id,
    place.title, g.slug, g.short, g.is_content_free
FROM mail_delivery d JOIN mail_mailing m ON m.id = d.mailing_id JOIN entries_entry e ON e.id = m.entry_id
JOIN groups_group g ON g.entry_id = COALESCE(e.place_id, e.id) JOIN entries_entry place ON place.id = g.entry_id
LEFT JOIN notices_preference c ON c.person_id = d.person_id AND c.place_id = g.entry_id
WHERE d.digest_id = ANY(%(digests)s::bigint[]) AND {belongs}
AND COALESCE(c.level, g.default_level) NOT IN ('mentions', 'nothing')
AND NOT EXISTS (SELECT FROM notices_follow f
    WHERE f.person_id = d.person_id AND f.entry_id = e.id AND f.state = 'muted')
ORDER BY d.digest_id, place.title, g.entry_id, min(m.id) OVER (PARTITION BY d.digest_id, e.id), e.id, m.id"""


def make_ready(mailings: list[Mailing], at: datetime) -> None:
    """Look up what these digests hold, so that each has its `contents`."""
    house = the_house()
    found = {digest.pk: Contents(digest, house) for digest in _digests(mailings)}
    held = [_Row(*row) for row in rows(_HELD.format(belongs=_BELONGS), {"digests": sorted(found), "at": at})]
    lines = _lines(held)
    for digest_id, theirs in groupby(held, key=lambda row: row.digest_id):
        told = (row for row in theirs if _is_told(row, lines))
        found[digest_id].groups = list(_groups(told, lines))
    for mailing in mailings:
        mailing.contents = found.get(mailing.pk)


_BELONGS = belongs_sql("d.person_id", "e.audience_id", "%(at)s")


def _digests(mailings: list[Mailing]) -> Iterable[Digest]:
    ids = [mailing.pk for mailing in mailings]
    return Digest.objects.filter(pk__in=ids).select_related("person", "place__group")


Lines = dict[tuple[str, int], Line]


def _lines(held: list[_Row]) -> Lines:
    """Each message once, however many digests it is in."""
    found: Lines = {}
    for name in sorted({row.kind for row in held}):
        kind = mailing_kind(name)
        if kind is not None:
            ids = {row.part_id for row in held if row.kind == name}
            found |= {(name, part): line for part, line in kind.lines(ids).items()}
    return found


def _is_told(row: _Row, lines: Lines) -> bool:
    """Not what is gone, nor one's own words: an account joined to another brings what was gathered for it."""
    line = lines.get((row.kind, row.part_id))
    return line is not None and line.author_id != row.person_id


def _groups(held: Iterable[_Row], lines: Lines) -> Iterator[GroupOf]:
    room = MOST_OF_ALL
    for (name, slug, is_content_free), theirs in groupby(
        held, key=lambda row: (row.place, row.slug, row.is_content_free)
    ):
        group = GroupOf(name, settings.BASE_URL + Group(slug=slug).get_absolute_url())
        for _entry, of_topic in groupby(theirs, key=lambda row: row.entry_id):
            messages = list(of_topic)
            group.count += len(messages)
            if not is_content_free:
                group.topics.append(_topic(messages, lines, min(room, MOST_OF_A_TOPIC)))
                room -= len(group.topics[-1].told)
        yield group


def _topic(messages: list[_Row], lines: Lines, most: int) -> TopicOf:
    first = lines[messages[0].kind, messages[0].part_id]
    told = [Told(lines[row.kind, row.part_id], _answer(row)) for row in messages[:most]]
    return TopicOf(messages[0].title, first.url, told, len(messages) - len(told))


def _answer(row: _Row) -> str:
    if row.is_closed:
        return ""
    token = tokens.write(tokens.ANSWER, row.person_id, row.mailing_id)
    return f"mailto:r-{token}@{settings.MAIL_DOMAIN}?subject={quote(f'Re: [{row.short}] {row.title}')}"


def contents_of(mailing: Mailing) -> Contents | None:
    """What was looked up; None if that is nothing."""
    found: Any = mailing.contents
    return found if found and found.groups else None
