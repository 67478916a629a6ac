"""Topics of an opened archive follow the decision, a part at a time."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import move_opened
from .models import Archive


@app.task(queue="house", retry=5)
def move(archive_id: int) -> None:
    """Until none is left; broken off, it goes on where it was."""
    archive = Archive.objects.get(pk=archive_id)
    while archive.moved_at is None and not move_opened(archive, at=timezone.now()):
        pass
