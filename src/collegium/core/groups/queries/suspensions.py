"""Who is kept out of a group, and who of the council's team reads it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from ..models import Group, Reading, Suspension

# How long a reading that is over stands on the group's page.
SHOWN_FOR = timedelta(days=30)


def suspensions_of(group: Group, at: datetime) -> QuerySet[Suspension]:
    """Suspensions in force, the one that ends first at the head."""
    found = Suspension.objects.filter(group=group, period__contains=at)
    return found.select_related("person", "given_by").order_by("period", "pk")


def present_suspension(group: Group, person_id: int | None, at: datetime) -> Suspension | None:
    """What keeps this person out of the group now."""
    if person_id is None:
        return None
    return suspensions_of(group, at).filter(person=person_id).first()


def readings_of(group: Group, at: datetime) -> list[Reading]:
    """What was let through in the last thirty days, the newest first; who waits is asked of `waiting_readings`."""
    found = group.readings.filter(asked_at__gt=at - SHOWN_FOR, period__isnull=False)
    return list(found.select_related("person", "confirmed_by").order_by("-asked_at", "-pk")[:20])


def waiting_readings(group: Group) -> list[Reading]:
    """Whoever asked to read and waits for a second person, oldest first."""
    found = group.readings.filter(period=None, ended_at=None)
    return list(found.select_related("person").order_by("asked_at", "pk"))
