"""Comments as their page and the comment-resolution table show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from collegium.core.access.doors import get_visible
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.design.text import excerpt

from ..models import Block, Comment, Consultation, Disposition, Position

EXCERPT = 90


def consultation_of(viewer: Viewer, position_id: int) -> Consultation:
    """The comments on a position, if the viewer sees them; otherwise Http404."""
    entry = Entry.objects.all()
    found: Any = get_visible(entry, viewer, consultation__position=position_id, kind="consultation")
    rows = Consultation.objects.select_related("entry", "position__entry__society__entry", "position__presented")
    consultation: Consultation = rows.get(pk=found.pk)
    return consultation


def visible_comment(viewer: Viewer, position_id: int, number: int) -> Comment:
    """One comment with its answers, if the viewer sees it; otherwise Http404."""
    consultation = consultation_of(viewer, position_id)
    found: Comment | None = _comments(consultation).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _comments(consultation: Consultation) -> Any:
    history = Prefetch("dispositions", Disposition.objects.select_related("by").order_by("pk"))
    rows = Comment.objects.filter(consultation=consultation).select_related(
        "society__entry", "revision", "by", "disposition", "consultation__position__entry", "consultation__entry"
    )
    return rows.prefetch_related(history)


@dataclass(frozen=True, slots=True)
class Row:
    """A comment in the table: `where` is the beginning of its paragraph, empty where it has none.

    The first of each paragraph has an `anchor`, to which the paragraph leads.
    """

    comment: Comment
    where: str
    key: int | None
    anchor: str = ""


def table(consultation: Consultation) -> list[Row]:
    """All comments in the order of the text: on the whole first, then by paragraph, then those left without one."""
    blocks = list(Block.objects.filter(revision=consultation.position.presented_id).order_by("ordinal"))
    place = {block.key: ordinal for ordinal, block in enumerate(blocks)}
    begins = {block.key: excerpt(block.html, length=EXCERPT) for block in blocks}
    rows = [
        Row(comment, begins.get(comment.block_key, "") if not comment.is_orphan else "", comment.block_key)
        for comment in _comments(consultation)
    ]
    rows.sort(key=lambda row: _rank(row, place))
    return list(_with_anchors(rows))


def _with_anchors(rows: list[Row]) -> Iterator[Row]:
    seen: set[int | None] = {None}
    for row in rows:
        is_first = row.key not in seen and not row.comment.is_orphan
        yield replace(row, anchor=f"on-{row.key}") if is_first else row
        seen |= {row.key} if is_first else set()


def _rank(row: Row, place: dict[int, int]) -> tuple[int, int, int]:
    if row.key is None:
        return 0, 0, row.comment.number
    if row.comment.is_orphan:
        return 2, 0, row.comment.number
    return 1, place.get(row.key, 0), row.comment.number


def counted(position: Position, viewer: Viewer) -> Counter[int | None]:
    """How many comments each paragraph has, for those who see them."""
    seen = Entry.objects.visible_to(viewer).filter(consultation__position=position)
    keys = Comment.objects.filter(consultation__entry__in=seen, is_orphan=False, block_key__isnull=False)
    return Counter(keys.values_list("block_key", flat=True))
