"""Undertakings that fall due."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import remind_of_undertakings


@app.periodic(cron="35 * * * *")
@app.task(queue="house", pass_context=False)
def remind(timestamp: int) -> None:
    """Each hour: remind of what is due within three days; may run twice, reminds once."""
    remind_of_undertakings(at=timezone.now())
