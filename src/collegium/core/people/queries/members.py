"""The societies that are members, and who acts for them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from collegium.core.access.viewers import Viewer

from ..models import Organization, Person
from ..sources import STANDINGS

_MEMBERS = f"""
SELECT s.organization_id FROM ({STANDINGS}) AS s
WHERE s.status = 'member' AND s.period @> %s::timestamptz"""  # noqa: S608 - constants of the house


def acting(viewer: Viewer) -> Person:
    """Whoever does it: a rule has asked that there is somebody."""
    assert viewer.person is not None
    return viewer.person


def member_societies(at: datetime) -> QuerySet[Organization]:
    """The societies that are members at the moment, each by the day it is there, by name."""
    members = RawSQL(_MEMBERS, [at])  # noqa: S611 - a constant with one parameter
    found: QuerySet[Organization] = Organization.objects.filter(pk__in=members, kind="society")
    return found.order_by("entry__title", "pk")
