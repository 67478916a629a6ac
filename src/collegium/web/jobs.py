"""What was noted of a session is forgotten with it."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="29 3 * * *")
@app.task(queue="house", pass_context=False)
def forget_ended_sessions(timestamp: int) -> None:
    """Each night: browser and address of sessions that are over."""
    alive = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gte=timezone.now())
    UserSession.objects.exclude(Exists(alive)).delete()
