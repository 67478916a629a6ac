"""Undertakings that fall due; applications whose address nobody verified."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import forget_lapsed_applications, lapse_applications, remind_of_undertakings


@app.periodic(cron="35 * * * *")
@app.task(queue="house", pass_context=False)
def remind(timestamp: int) -> None:
    """Each hour: remind of what is due within three days; may run twice, reminds once."""
    remind_of_undertakings(at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(queue="house", pass_context=False)
def let_applications_lapse(timestamp: int) -> None:
    """Each hour: what nobody verified lapses, and is forgotten later; may run twice."""
    now = timezone.now()
    lapse_applications(at=now)
    forget_lapsed_applications(at=now)
