"""Letters to all who are asked to undertake something, a batch at a time."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .letters import write_next


@app.task(queue="letters", retry=5)
def write_letters(version_id: int | None = None, need_id: int | None = None, is_reminder: bool = False) -> None:
    """Write batch after batch; may run twice, writes once."""
    while write_next(version_id=version_id, need_id=need_id, is_reminder=is_reminder, at=timezone.now()):
        pass
