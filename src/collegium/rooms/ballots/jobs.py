"""What the clock brings to ballots."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import advance_ballots, tell_marks


@app.periodic(cron="* * * * *")
@app.task(queue="house", pass_context=False)
def advance(timestamp: int) -> None:
    """Each minute; may run twice, takes each step once."""
    advance_ballots(at=timezone.now())


@app.periodic(cron="20 6 * * *")
@app.task(queue="house", pass_context=False)
def tell(timestamp: int) -> None:
    """Once a day."""
    tell_marks(at=timezone.now())
