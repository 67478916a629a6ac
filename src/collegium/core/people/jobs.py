"""What falls due by the clock: addresses let through by the council's team, departures whose last day has passed."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import advance_attestations, complete_departures, put_delayed_addresses_in_effect


@app.periodic(cron="5 * * * *")
@app.task(queue="house", pass_context=False)
def put_addresses_in_effect(timestamp: int) -> None:
    """Each hour; may run twice."""
    put_delayed_addresses_in_effect(at=timezone.now())


@app.periodic(cron="10 * * * *")
@app.task(queue="house", pass_context=False)
def close_departures(timestamp: int) -> None:
    """Each hour, since midnight comes at another moment to each society; may run twice."""
    complete_departures(at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(queue="house", pass_context=False)
def ask_to_attest(timestamp: int) -> None:
    """Each hour, since a day begins at another moment for each society; may run twice."""
    advance_attestations(at=timezone.now())
