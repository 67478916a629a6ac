"""What was said as letters of a mailbox (RFC 5322, RFC 4155), which every mail program and list manager can read."""

from __future__ import annotations

import re
from binascii import b2a_qp
from collections.abc import Iterator
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group
from collegium.rooms.discussions.models import Post

from .said import Said, address_of, names_of, said_in

MOST_PARENTS = 10
_BEGINS_A_LETTER = re.compile(rb"^From ", re.MULTILINE)


def mailbox_of(group: Group) -> Iterator[bytes]:
    """A letter for each post."""
    for part in said_in(group):
        parents = _parents(part)
        for said in part:
            yield letter_of(said, parents[said.post.number])


def letter_of(said: Said, parents: list[str]) -> bytes:
    """The letter with the line before it and the empty one after it; `parents` names what it answers."""
    line = f"From {address_of(said)} {said.post.at:%a %b %e %H:%M:%S %Y}\n"
    content = _content(said)
    # In the texts, which are quoted-printable; base64 has no space. So no line of a letter looks like one between two.
    body = _BEGINS_A_LETTER.sub(b"=46rom ", content)
    return line.encode("ascii") + _head(said, parents) + body.rstrip(b"\n") + b"\n\n"


def _head(said: Said, parents: list[str]) -> bytes:
    post, topic = said.post, said.topic
    subject = topic.entry.title if post.number == 1 else f"Re: {topic.entry.title}"
    fields = [
        ("From", formataddr((post.author_name, address_of(said)))),
        ("Subject", Header(subject, "us-ascii" if subject.isascii() else "utf-8").encode(linesep="\n")),
        ("Date", format_datetime(post.at)),
        ("Message-ID", said.message_id),
        *([("In-Reply-To", parents[-1]), ("References", "\n ".join(parents))] if parents else []),
        *([("Organization", Header(post.society_name, "utf-8").encode(linesep="\n"))] if post.society_name else []),
        ("X-Collegium-Topic", str(topic.pk)),
        ("X-Collegium-Post", str(post.number)),
        *([("X-Collegium-Sealed", "yes")] if topic.is_sealed else []),
    ]
    return "".join(f"{name}: {value}\n" for name, value in fields).encode("ascii", "replace")


_PLAIN = b"""\
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

"""


def _content(said: Said) -> bytes:
    """Of most posts it is a text alone, for which the library's composing takes longer than all else."""
    if not said.files:
        return _PLAIN + b2a_qp(text_of(said.post).encode(), istext=True) + b"\n"
    letter = EmailMessage()
    letter.set_content(text_of(said.post), cte="quoted-printable")
    for file in said.files:
        _attach(letter, file)
    # Neither of the encodings has these two signs beside each other; the same letter is given out alike each time.
    letter.set_boundary(f"=_post-{said.post.pk}")
    return letter.as_bytes()


def text_of(post: Post) -> str:
    """What was said; of a deleted post that it was deleted, as the page says it."""
    if post.deleted_at is None:
        return post.raw
    by_author = post.deleted_by_id == post.author_id
    return "[Deleted by its author]" if by_author else "[Deleted by an officer of the group]"


def _attach(letter: EmailMessage, file: Attachment) -> None:
    kind, _slash, sort = file.content_type.partition("/")
    if kind in ("message", "multipart", ""):
        kind, sort = "application", "octet-stream"
    with file.file.open("rb") as content:
        letter.add_attachment(content.read(), maintype=kind, subtype=sort or "octet-stream", filename=file.name)


def _parents(part: list[Said]) -> dict[int, list[str]]:
    """By number of post the names of the opening post and of the chain it answers, eldest first."""
    numbers = [said.post.number for said in part]
    answered = {said.post.number: said.post.reply_to for said in part}
    names = {said.post.number: said.message_id for said in part}
    if numbers[0] != 1:
        # What is said in the earlier parts of a long topic is answered in this one.
        rows = Post.objects.filter(topic=part[0].topic, number__lt=numbers[0])
        before = {number: (reply_to, pk) for number, reply_to, pk in rows.values_list("number", "reply_to", "pk")}
        answered |= {number: reply_to for number, (reply_to, _pk) in before.items()}
        wanted = {one for number in numbers for one in _chain(number, answered) if one in before}
        found = names_of([before[one][1] for one in wanted])
        names |= {one: found[before[one][1]] for one in wanted}
    return {number: [names[one] for one in _chain(number, answered)] for number in numbers}


def _chain(number: int, answered: dict[int, int | None]) -> list[int]:
    if number == 1:
        return []
    chain: list[int] = []
    one = answered[number]
    while one is not None and one != 1 and len(chain) < MOST_PARENTS:
        chain.append(one)
        one = answered[one]
    return [1, *reversed(chain)]
