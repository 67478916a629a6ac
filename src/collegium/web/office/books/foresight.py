"""What would follow from a change of standing: the change is made, read and taken back again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from collegium.core.access.models import Admission
from collegium.core.access.queries import names
from collegium.core.people import actions
from collegium.core.people.models import Organization, Standing, Tenure


@dataclass(frozen=True, slots=True)
class Foresight:
    """Who gains and loses what at the moment the change takes hold, and which standings it would take the place of."""

    moment: datetime
    people: int
    gains: list[dict[str, Any]]
    losses: list[dict[str, Any]]
    dropped: list[Standing]


def foresee_standing(organization: Organization, *, status: str, from_day: date, by: Any, at: datetime) -> Foresight:
    """Refused as the change itself would be. Nothing stays of it, neither the standing nor its event."""
    begins = datetime.combine(from_day, time.min, ZoneInfo(organization.time_zone))
    moment = max(at, begins)
    dropped = list(Standing.objects.filter(organization=organization, period__startswith__gte=from_day))
    with transaction.atomic():
        before = _admitted(organization, moment)
        actions.change_standing(organization, status=status, from_day=from_day, by=by, at=at)
        after = _admitted(organization, moment)
        transaction.set_rollback(True)
    lost, gained = before - after, after - before
    return Foresight(
        moment=moment,
        people=len({person for person, _audience in lost | gained}),
        gains=_by_audience(gained),
        losses=_by_audience(lost),
        dropped=sorted(dropped, key=lambda row: row.period.lower),
    )


def _admitted(organization: Organization, moment: datetime) -> set[tuple[int, int]]:
    """Person and audience of all who have a tenure there, or at what carries its standing."""
    of_it = Q(seat__organization=organization) | Q(seat__organization__parent=organization)
    persons = Tenure.objects.filter(of_it).values("person")
    return set(Admission.objects.valid(moment).filter(person__in=persons).values_list("person_id", "audience_id"))


def _by_audience(pairs: set[tuple[int, int]]) -> list[dict[str, Any]]:
    counted = Counter(audience for _person, audience in pairs)
    named = names(counted)
    rows = [{"name": str(named[pk]), "people": n} for pk, n in counted.items()]
    return sorted(rows, key=lambda row: (-row["people"], row["name"]))
