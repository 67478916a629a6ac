"""Invariants of calls, for `collegium check`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from ..models import Answer, Call, RollRow
from .rolls import roll_hash


def unsound_calls() -> Iterator[str]:
    """A sentence for each roll that is not as it was taken, and each row that lies about being answered."""
    for call in Call.objects.exclude(roll_hash="").select_related("entry"):
        if roll_hash(call) != call.roll_hash:
            yield f"call {call.pk}: its roll is not the one whose hash was shown"
    standing = Exists(Answer.objects.filter(row=OuterRef("pk"), ended_at=None))
    for row in RollRow.objects.annotate(stands=standing).filter(stands=True, is_answered=False):
        yield f"call {row.call_id}: row {row.pk} has an answer and says it has none"
