"""What the clock brings to calls."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import advance_calls


@app.periodic(cron="* * * * *")
@app.task(queue="house", pass_context=False)
def advance(timestamp: int) -> None:
    """Each minute; may run twice, takes each step once."""
    advance_calls(at=timezone.now())
