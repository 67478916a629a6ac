"""Where issues and positions are read, who drafts, and who of a society hears of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.entries.models import Entry
from collegium.core.people.queries import present_tenures

from ..criteria import intake
from ..models import Position


def issue_address(entry: Entry) -> str:
    return reverse("positions:issue", args=[entry.pk])


def position_address(entry: Entry) -> str:
    return reverse("positions:position", args=[entry.pk])


def consultation_address(entry: Entry) -> str:
    return reverse("positions:comments", args=[entry.consultation.position_id])


def drafting_names(ids: list[int]) -> dict[int, str]:
    """What the audience of a position's drafters is called."""
    rows = Position.objects.filter(drafting_audience__in=ids)
    return {row.drafting_audience_id: _("the drafters and the council's team") for row in rows}


def people_of(societies: Iterable[int], at: datetime) -> set[int]:
    """Ids of those who hear for these societies of what touches them, by function."""
    found = present_tenures(at).filter(
        seat__organization__in=list(societies), seat__function__slug__in=intake().told, person__closed_at=None
    )
    return set(found.values_list("person_id", flat=True))
