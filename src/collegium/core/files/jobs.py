"""Clearing uploads nobody claimed."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import erase_forgotten_uploads


@app.periodic(cron="17 * * * *")
@app.task(queue="house", pass_context=False)
def clear_uploads(timestamp: int) -> None:
    """Each hour."""
    erase_forgotten_uploads(at=timezone.now())
