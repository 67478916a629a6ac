"""Stored articles by the ten thousand: the room draws one of each kind, and the others are cast in its mould."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from collegium.core.people.models import Person
from collegium.design.names import initials_of
from collegium.rooms.discussions.drawing import article_html
from collegium.rooms.discussions.models import Post

# What stands in the mould for each part of an article that differs from post to post.
_AT = datetime(1999, 12, 31, 23, 59, 58, tzinfo=UTC)
MARKS = {
    "topic": "987650001",
    "number": "987650003",
    "reply_to": "987650002",
    "name": "Qxz Xqz",
    "initials": "QX",
    "handle": "qxz-handle",
    "title": "qxz title",
    "society": "qxz society",
    "body": "<p>qxz body</p>",
    "machine": "1999-12-31T23:59:58Z",
    "written": "31 Dec 1999, 23:59 UTC",
}
_PARTED = re.compile("|".join(f"({re.escape(mark)})" for mark in MARKS.values()))
_NAMES = dict(zip(MARKS.values(), MARKS, strict=True))


@cache
def _mould(is_reply: bool) -> tuple[list[str], list[str]]:
    """The fixed pieces of an article and, between each and the next, the name of the part that stands there."""
    post = Post(
        topic_id=int(MARKS["topic"]),
        number=int(MARKS["number"]),
        author=Person(handle=MARKS["handle"]),
        author_name=MARKS["name"],
        author_title=MARKS["title"],
        society_name=MARKS["society"],
        reply_to=int(MARKS["reply_to"]) if is_reply else None,
        at=_AT,
    )
    drawn = article_html(post, body=SafeString(MARKS["body"]))
    fixed, parts, end = [], [], 0
    for found in _PARTED.finditer(drawn):
        fixed.append(drawn[end : found.start()])
        parts.append(_NAMES[found[0]])
        end = found.end()
    return [*fixed, drawn[end:]], parts


def cast(row: Mapping[str, Any], *, handle: str, body: str) -> str:
    """The article of a post `row`, as the room would draw it."""
    at: datetime = row["at"].astimezone(UTC)
    values = {
        "topic": str(row["topic_id"]),
        "number": str(row["number"]),
        "reply_to": str(row["reply_to"] or ""),
        "name": escape(row["author_name"]),
        "initials": initials_of(row["author_name"]),
        "handle": handle,
        "title": escape(row["author_title"]),
        "society": escape(row["society_name"]),
        "body": body,
        "machine": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "written": f"{at.day} {at:%b} {at.year}, {at:%H:%M} UTC",
    }
    fixed, parts = _mould(row["reply_to"] is not None)
    drawn = [piece for pair in zip(fixed, (values[part] for part in parts), strict=False) for piece in pair]
    return "".join([*drawn, fixed[-1]])
