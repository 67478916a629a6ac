"""Whom one can choose from when a position is prepared."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from collegium.core.people.models import Tenure
from collegium.core.people.queries import present_tenures

from ..models import Committee, Position


def draftable_tenures(position: Position, at: datetime) -> list[Tenure]:
    """The people of the society that leads, of those it touches, and of the council's team, by society and name."""
    places = [position.entry.society_id, *position.touches.values_list("society_id", flat=True)]
    there = Q(seat__organization__in=places) | Q(seat__organization__kind="council")
    found = present_tenures(at).filter(there, person__closed_at=None).select_related("person")
    return list(found.order_by("seat__organization__entry__title", "person__name", "pk"))


def standing_committees() -> dict[str, Committee]:
    """The groups that do a part of the work now, by the part."""
    return {row.role: row for row in Committee.objects.filter(ended_at=None).select_related("group__entry")}
