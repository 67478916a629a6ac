"""A society says how long it takes to answer, and when those meet who decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from collegium.core.people.models import Organization
from collegium.core.trail import actions as trail

from .. import events
from ..models import LeadTime, Sitting
from ..rules import check_add_sitting, check_lead_time, check_plan


@transaction.atomic
def set_lead_time(
    organization: Organization, *, act: str, days: int, needs_sitting: bool, by: Any, at: datetime
) -> LeadTime:
    """For acts of this kind the society needs so many days, or a meeting."""
    check_plan(by, organization, at)
    check_lead_time(act, days)
    lead, _made = LeadTime.objects.update_or_create(
        organization=organization, act=act, defaults={"days": days, "needs_sitting": needs_sitting}
    )
    facts = {"act": act, "days": days, "needs_sitting": needs_sitting}
    trail.record(events.LEAD_TIME_SET, on=lead, by=by, at=at, **_inside(organization), facts=facts)
    return lead


@transaction.atomic
def add_sittings(
    organization: Organization, *, days: Collection[date], name: str = "", by: Any, at: datetime
) -> list[Sitting]:
    """Those who decide meet on these days; what is there already stays as it is."""
    check_plan(by, organization, at)
    check_add_sitting(organization, days, at)
    made = []
    for day in sorted(set(days)):
        sitting, is_new = Sitting.objects.get_or_create(organization=organization, on=day, defaults={"name": name})
        if is_new:
            made.append(sitting)
            facts = {"on": day.isoformat()}
            trail.record(events.SITTING_ADDED, on=sitting, by=by, at=at, **_inside(organization), facts=facts)
    return made


@transaction.atomic
def remove_sitting(sitting: Sitting, *, by: Any, at: datetime) -> None:
    """The meeting does not take place, or was entered in error."""
    check_plan(by, sitting.organization, at)
    facts = {"on": sitting.on.isoformat()}
    trail.record(events.SITTING_REMOVED, on=sitting, by=by, at=at, **_inside(sitting.organization), facts=facts)
    Sitting.objects.filter(pk=sitting.pk).delete()


def _inside(organization: Organization) -> dict[str, Any]:
    """How a society works inside itself its own people see."""
    return {"acting_for": organization, "audience": organization.audience_id}
