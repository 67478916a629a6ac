"""What the clock brings to letters beside the closing of their calls."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import advance_letters


@app.periodic(cron="*/10 * * * *")
@app.task(queue="house", pass_context=False)
def advance(timestamp: int) -> None:
    """Every ten minutes; may run twice, takes each step once."""
    advance_letters(at=timezone.now())
