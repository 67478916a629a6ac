"""Addresses let through by the council's team take effect when their delay is over."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import put_delayed_addresses_in_effect


@app.periodic(cron="5 * * * *")
@app.task(queue="house", pass_context=False)
def put_addresses_in_effect(timestamp: int) -> None:
    """Each hour; may run twice."""
    put_delayed_addresses_in_effect(at=timezone.now())
