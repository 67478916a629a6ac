"""What was said as JSON, for programs: topics with their posts, and the archives the group has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from collegium.core.groups.models import Group
from collegium.rooms.discussions.drawing import body_of
from collegium.rooms.discussions.models import Topic

from ..models import Archive, PastLetter
from .said import Said, said_in


def topics_json(group: Group) -> Iterator[bytes]:
    """A list of topics; the posts of each are written one after the other."""
    yield b"["
    parts = groupby(said_in(group), key=lambda part: part[0].topic.pk)
    for number, (_key, same) in enumerate(parts):
        first = True
        for part in same:
            if first:
                yield (b"," if number else b"") + b"\n" + _begun(_topic(part[0].topic, group))
            for said in part:
                yield (b"" if first else b",") + b"\n" + _written(_post(said))
                first = False
        yield b"\n]}"
    yield b"\n]\n"


def _begun(topic: dict[str, Any]) -> bytes:
    return _written(topic)[:-1] + b', "posts": ['


def _written(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


def _topic(topic: Topic, group: Group) -> dict[str, Any]:
    entry = topic.entry
    return {
        "id": topic.pk,
        "title": entry.title,
        "kind": topic.kind,
        "state": topic.state,
        "read_by": _readers(topic, group),
        "sealed": topic.is_sealed,
        "from_archive": topic.imported,
        "opened_at": entry.created_at.isoformat(),
        "last_post_at": topic.last_post_at.isoformat(),
        "accepted_answer": topic.accepted.number if topic.accepted else None,
    }


def _readers(topic: Topic, group: Group) -> str:
    audience = topic.entry.audience_id
    if audience == group.officers_audience_id:
        return "officers"
    return "members" if group.circle and audience == group.circle.audience_id else "members of an earlier time"


def _post(said: Said) -> dict[str, Any]:
    post = said.post
    is_deleted = post.deleted_at is not None
    return {
        "number": post.number,
        "message_id": said.message_id.strip("<>"),
        "answers": post.reply_to,
        "author": {
            "name": post.author_name,
            "title": post.author_title,
            "society": post.society_name,
            "person": post.author.handle if post.author else None,
        },
        "at": post.at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
        "deleted_at": post.deleted_at.isoformat() if post.deleted_at else None,
        "markdown": None if is_deleted else post.raw,
        "html": None if is_deleted else str(body_of(post.article)),
        "cut_off": None if is_deleted else post.trimmed,
        "files": [{"name": file.name, "path": path_of(file), "size": file.size} for file in said.files],
    }


def path_of(file: Any) -> str:
    """Where a file lies in the package; its number keeps two of one name apart."""
    return f"files/{file.pk}-{file.name}"


def archives_json(group: Group) -> Iterator[bytes]:
    """The archives of mailing lists brought in: when, by which files, and the decision to open each."""
    rows = []
    for archive in Archive.objects.filter(group=group).select_related("opened_by").prefetch_related("intakes"):
        letters = PastLetter.objects.filter(intake__archive=archive)
        rows.append(
            {
                "begun_at": archive.begun_at.isoformat(),
                "posts": letters.filter(post__isnull=False).count(),
                "left_out": letters.filter(post=None).count(),
                "opened_at": archive.opened_at.isoformat() if archive.opened_at else None,
                "opened_by": archive.opened_by.name if archive.opened_by else None,
                "decision": archive.words,
                "files": [intake.name for intake in archive.intakes.all()],
            }
        )
    yield json.dumps(rows, ensure_ascii=False, indent=1).encode() + b"\n"
