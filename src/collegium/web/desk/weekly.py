"""The letter of the week: what still waits for the society's answer, to whoever keeps its desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import RollRow
from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.people.models import Organization
from collegium.core.people.queries import keeping_tenures, primary_address

from ..models import DeskWeek
from .calls import week_of

ASKED_THIS_WEEK = LetterKind(
    "desk.asked_this_week", gettext_lazy("What is asked of a society this week"), ("name", "society", "asks", "link")
)
# On Monday, from seven in the morning where the society is.
MONDAY, HOUR = 0, 7


@app.periodic(cron="40 * * * *")
@app.task(queue="house", pass_context=False)
def write_weekly(timestamp: int) -> None:
    """Each hour, since Monday begins at another moment for each society; may run twice, writes once a week."""
    write_due_weeks(at=timezone.now())


def write_due_weeks(*, at: datetime) -> int:
    """Write to the keepers of each desk that something is asked of; returns how many societies were written to."""
    waiting = RollRow.objects.filter(is_answered=False, struck_at=None, call__closed_at=None, call__cancelled_at=None)
    asked = waiting.filter(call__closes_at__gt=at, organization__isnull=False).values("organization")
    return sum(_write(society, at) for society in Organization.objects.filter(pk__in=asked).order_by("pk"))


def _monday(society: Organization, at: datetime) -> date | None:
    """The week's Monday, once it is seven on it where the society is."""
    local = at.astimezone(ZoneInfo(society.time_zone))
    monday = local.date() - timedelta(days=local.weekday() - MONDAY)
    return monday if local.date() > monday or local.hour >= HOUR else None


@transaction.atomic
def _write(society: Organization, at: datetime) -> int:
    monday = _monday(society, at)
    if (
        monday is None
        or not DeskWeek.objects.get_or_create(organization=society, monday=monday, defaults={"at": at})[1]
    ):
        return 0
    written = 0
    for tenure in keeping_tenures(society, at).select_related("person"):
        to = primary_address(tenure.person, at)
        asks = week_of(society, Viewer.of_recipient(tenure.person, at=at))
        if to and asks:
            link = settings.BASE_URL + reverse("desk:desk", args=[society.slug])
            told = {"name": tenure.person.name, "society": society.name, "asks": asks, "link": link}
            send_letter(ASKED_THIS_WEEK.name, to=to, context=told, at=at)
            written = 1
    return written
