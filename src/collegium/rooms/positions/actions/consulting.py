"""Opening the comments on a position, and looking anew where each one's words stand; parts of a step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collegium.core.access.standard import MEMBERS
from collegium.core.entries.models import Entry
from collegium.design.text import plain_text

from ..anchors import Anchor, stands_in
from ..models import Block, Comment, Consultation, Position

ENTRY_KIND = "consultation"


def open_consultation(position: Position, *, by: Any, at: datetime) -> None:
    """From now on there are comments; for member societies, also once the position is public."""
    if Consultation.objects.filter(position=position).exists():
        return
    entry = Entry.objects.create(
        kind=ENTRY_KIND,
        title=position.entry.title,
        state="open",
        audience_id=MEMBERS,
        place=position.entry,
        author=by,
        created_at=at,
        touched_at=at,
    )
    Consultation.objects.create(entry=entry, position=position)


def anchor_anew(position: Position) -> None:
    """Comments whose words are no longer in their block of the presented revision are orphans; others are not."""
    blocks = dict(Block.objects.filter(revision=position.presented_id).values_list("key", "html"))
    comments = Comment.objects.filter(consultation__position=position, block_key__isnull=False).order_by("pk")
    changed = []
    for comment in comments:
        html = blocks.get(comment.block_key or 0)
        anchor = Anchor(comment.quote, comment.prefix, comment.suffix)
        is_orphan = html is None or not stands_in(anchor, plain_text(html))
        if is_orphan != comment.is_orphan:
            comment.is_orphan = is_orphan
            changed.append(comment)
    Comment.objects.bulk_update(changed, ["is_orphan"])
