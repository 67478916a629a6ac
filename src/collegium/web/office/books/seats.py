"""One tenure and its mandates, for the office."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.people.models import Mandate, Tenure


def tenure_of_page(viewer: Viewer, pk: int) -> Tenure:
    """With its person and seat; Http404 if there is none."""
    seen = Tenure.objects.filter(seat__organization__entry__in=Entry.objects.visible_to(viewer))
    return get_object_or_404(seen.select_related("person", "seat__function", "seat__organization__entry"), pk=pk)


def mandate_of_page(viewer: Viewer, pk: int) -> Mandate:
    """With its tenure, person and seat; Http404 if there is none."""
    seen = Mandate.objects.filter(tenure__seat__organization__entry__in=Entry.objects.visible_to(viewer))
    whole = seen.select_related("tenure__person", "tenure__seat__function", "tenure__seat__organization__entry")
    return get_object_or_404(whole, pk=pk)


def mandates(tenure: Tenure, at: datetime) -> list[dict[str, Any]]:
    """What its holder may do, might once and will be allowed to, by day."""
    today = at.astimezone(ZoneInfo(tenure.seat.organization.time_zone)).date()
    return [
        {
            "mandate": row,
            "first_day": row.period.lower,
            "last_day": row.period.upper - timedelta(days=1) if row.period.upper else None,
            "is_over": row.period.upper is not None and row.period.upper <= today,
        }
        for row in tenure.mandates.order_by("period", "pk")
    ]
