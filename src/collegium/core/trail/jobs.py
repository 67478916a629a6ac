"""Sealing by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import BATCH, seal_settled_events


@app.periodic(cron="* * * * *")
@app.task(queue="house", pass_context=False)
def seal(timestamp: int) -> None:
    """Each minute: seal batch after batch until less than one is left."""
    while seal_settled_events(at=timezone.now()) == BATCH:
        pass
