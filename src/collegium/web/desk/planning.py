"""How a society answers: lead times, days of meetings, and who has which mandate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from collegium.core.calls.models import LeadTime, Sitting
from collegium.core.people.models import Mandate, Organization, Tenure
from collegium.core.people.queries import present_tenures


def plan_of(society: Organization, at: datetime) -> dict[str, Any]:
    """Lead times by act, in the order of the acts, and the days that lie ahead."""
    leads = {row.act: row for row in LeadTime.objects.filter(organization=society)}
    ahead = Sitting.objects.filter(organization=society, on__gte=society.day_of(at))
    return {"leads": [leads[act] for act in Mandate.Act.values if act in leads], "sittings": list(ahead)}


def sitting_of(society: Organization, pk: int) -> Sitting:
    """A day of this society; Http404 for another's."""
    found = Sitting.objects.filter(organization=society, pk=pk).select_related("organization").first()
    if found is None:
        raise Http404
    return found


def tenures_of(society: Organization, at: datetime) -> QuerySet[Tenure]:
    """In which seats somebody sits today, by name."""
    found = present_tenures(at).filter(seat__organization=society, person__closed_at=None)
    return found.select_related("person", "seat__function", "seat__organization").order_by("person__name", "pk")


def _present_mandates(society: Organization, at: datetime) -> QuerySet[Mandate]:
    today = society.day_of(at)
    found = Mandate.objects.filter(tenure__seat__organization=society, period__contains=today)
    found = found.filter(tenure__period__contains=today, tenure__person__closed_at=None)
    return found.select_related("tenure__person", "tenure__seat__function", "tenure__seat__organization")


def mandates_of(society: Organization, at: datetime) -> list[dict[str, Any]]:
    """For each kind of act who may do it now, whoever holds it before the alternates; also where nobody may."""
    rows = list(_present_mandates(society, at).order_by("is_alternate", "pk"))
    return [{"label": label, "rows": [row for row in rows if row.act == act]} for act, label in Mandate.Act.choices]


def mandate_of(society: Organization, pk: int, at: datetime) -> Mandate:
    """A mandate in force of this society; Http404 for another's."""
    found = _present_mandates(society, at).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
