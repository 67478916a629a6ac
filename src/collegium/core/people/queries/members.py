"""The societies that are members, and who acts for them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from collegium.core.access.viewers import Viewer

from ..models import Organization, Person


def acting(viewer: Viewer) -> Person:
    """Whoever does it: a rule has asked that there is somebody."""
    assert viewer.person is not None
    return viewer.person


def member_societies(at: datetime) -> QuerySet[Organization]:
    """The societies that are members on the day, by name."""
    valid = Q(standings__status="member", standings__period__contains=at.date())
    found: QuerySet[Organization] = Organization.objects.filter(valid, kind="society")
    return found.order_by("entry__title", "pk")
