"""Thousands of readers for tests of real processes, and a queue in which nothing waits."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from collegium.core.access.models import Admission
from collegium.core.people.models import Person


def crowd(number: int, *audience_ids: int) -> list[Person]:
    """So many persons who belong to these audiences since a year, `crowd-0@crowd.example` and so on."""
    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(handle=f"crowd-{n}", name=f"Crowd {n}", password="!", joined_at=now) for n in range(number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=f"{one.handle}@crowd.example", verified=True, primary=True) for one in people
    )
    period = (now.replace(year=now.year - 1), None)
    Admission.objects.bulk_create(
        Admission(person=one, audience_id=audience_id, reason="crowd", period=period)
        for one in people
        for audience_id in audience_ids
    )
    return people


def forget_jobs() -> None:
    """What making the council left to do is not the question."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
