"""Windows that close and reviews that fall due."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import issue_missing_editions, take_due_steps


@app.periodic(cron="*/10 * * * *")
@app.task(queue="house", pass_context=False)
def move_on(timestamp: int) -> None:
    """Every ten minutes: what the clock does; may run twice, moves once."""
    take_due_steps(at=timezone.now())
    issue_missing_editions()
