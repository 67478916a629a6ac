"""What was noted of a session is forgotten with it."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate.contrib.django import app

# The worker looks for jobs in this module of each app; those of the places inside are told to it here.
from .desk import weekly as _of_desks  # noqa: F401 - to be found by the worker
from .office.health import jobs as _of_health  # noqa: F401 - to be found by the worker
from .undertakings import jobs as _of_undertakings  # noqa: F401 - to be found by the worker


@app.periodic(cron="29 3 * * *")
@app.task(queue="house", pass_context=False)
def forget_ended_sessions(timestamp: int) -> None:
    """Each night: browser and address of sessions that are over."""
    alive = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gte=timezone.now())
    UserSession.objects.exclude(Exists(alive)).delete()
