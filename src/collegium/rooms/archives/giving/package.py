"""The package of a group: which files are in it, and what each is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group
from collegium.rooms.discussions.actions.writing import PART

from .books import archives_json, path_of, topics_json
from .letters import mailbox_of
from .said import posts_of, topics_of

CHUNK = 1 << 16
Tell = Callable[[int], object]

README = """\
{name}
What was said in this group, taken from {url} on {day}.
It holds all that an officer of the group could read on that day: {topics:,} topics with {posts:,} posts.

{slug}.mbox
    A letter for each post, in the order of the topics and within them of the posts; RFC 5322 letters in a mailbox as
    RFC 4155 has it. Message-ID, In-Reply-To and References say what answers what. What came in with a mailing list's
    archive bears the Message-ID of the letter it was. Nobody's address is in it: in its place stands one that ends in
    .invalid and reaches nobody. Texts are Markdown; files are attached.

topics.json
    The same for programs: a list of topics, each with its posts. Of a post: its number in the topic, the number of the
    post it answers, its author's name, title and society as they were, the person's handle (none where only the name
    is known), its text as Markdown and as HTML, what was cut off when it came as a letter, and the paths of its files.
    read_by says who reads the topic: members, officers, or the members of an earlier time, before the group was
    widened. sealed is true for what belongs to an archive that the group has not opened; such letters also bear
    the field X-Collegium-Sealed.

archives.json
    The archives of mailing lists that were brought in, and the decisions by which they were opened.

files/
    What is attached to posts.

A deleted post stands in its place without its text, as it does on its page. Earlier wordings of edited posts, posts
that wait for an officer, and reports are not in it.
"""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of the package; its chunks are made while it is written."""

    name: str
    chunks: Iterable[bytes]


def name_for(group: Group, at: datetime) -> str:
    """What the package is called."""
    return f"collegium-{group.slug}-{at:%Y-%m-%d}.zip"


def files_of_group(group: Group, at: datetime, told: Tell = int) -> Iterator[Packed]:
    """The files, each made while it is asked for; `told` hears of each letter and each file as it is written."""
    facts = {"name": group.name, "url": settings.BASE_URL, "day": f"{at:%Y-%m-%d}", "slug": group.slug}
    numbers = {"topics": topics_of(group).count(), "posts": posts_of(group).count()}
    yield Packed("README.txt", [README.format(**facts, **numbers).encode()])
    yield Packed(f"{group.slug}.mbox", _counted(mailbox_of(group), told))
    yield Packed("topics.json", topics_json(group))
    yield Packed("archives.json", archives_json(group))
    for file in attachments_of(group):
        yield Packed(path_of(file), _content(file))
        told(1)


def attachments_of(group: Group) -> Iterator[Attachment]:
    rows = Attachment.objects.filter(entry__in=topics_of(group).values("pk"), part=PART)
    yield from rows.order_by("pk").iterator(chunk_size=500)


def steps_of(group: Group) -> int:
    """How often `told` will be called."""
    files = Attachment.objects.filter(entry__in=topics_of(group).values("pk"), part=PART)
    return posts_of(group).count() + files.count()


def _counted(letters: Iterator[bytes], told: Tell) -> Iterator[bytes]:
    for letter in letters:
        yield letter
        told(1)


def _content(file: Attachment) -> Iterator[bytes]:
    with file.file.open("rb") as content:
        yield from content.chunks(CHUNK)
