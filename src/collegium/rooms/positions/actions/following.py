"""What follows from a step by itself, in its transaction: reviews begin and end, papers go out, others are replaced."""

from __future__ import annotations

from collegium.core.entries.models import Link

from ..course import IN_FORCE, PUBLISHED
from ..guards import SUPERSEDES
from ..models import Position, Step
from .publishing import issue_edition
from .reviewing import begin_review, end_review


def follow_step(position: Position, step: Step) -> list[Position]:
    """Called at the end of every step, with the position locked and already there; which others it supersedes."""
    if step.was == "under-review":
        end_review(position, step)
    if step.now == "under-review":
        begin_review(position, step)
    if step.now == "ballot" and position.adopted_id is not None:
        _undo_adoption(position)
    if step.now in PUBLISHED:
        issue_edition(position, step)
    return _replaced(position, step)


def _undo_adoption(position: Position) -> None:
    """Nothing is adopted any more: it is decided of again."""
    position.adopted, position.adopted_at = None, None
    position.save(update_fields=["adopted", "adopted_at"])


def _replaced(position: Position, step: Step) -> list[Position]:
    if step.now not in IN_FORCE:
        return []
    links = Link.objects.filter(kind=SUPERSEDES, source=position.pk, target__state__in=IN_FORCE)
    return list(Position.objects.filter(pk__in=links.values("target")).order_by("pk"))
