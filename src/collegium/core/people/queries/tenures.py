"""Which tenures a person has on a day, and in which they may speak."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from collegium.core.access.statements import rows

from ..models import Tenure

_PRESENT = """
SELECT t.id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id
WHERE t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date"""


def present_tenures(at: datetime) -> QuerySet[Tenure]:
    """Tenures in force at the moment, each by the day in its organization's time zone."""
    in_force = RawSQL(_PRESENT, [at])  # noqa: S611 - a constant with one parameter
    return Tenure.objects.filter(pk__in=in_force).select_related("seat__function", "seat__organization__entry")


_MANDATED = """
SELECT m.tenure_id FROM people_mandate m
JOIN people_tenure t ON t.id = m.tenure_id JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id
WHERE m.act = ANY(%s) AND m.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date"""


def with_mandate(at: datetime, *acts: str) -> QuerySet[Tenure]:
    """Tenures in force with a mandate for one of these acts, both by the day in their organization's time zone."""
    return present_tenures(at).filter(pk__in=RawSQL(_MANDATED, [list(acts), at]))  # noqa: S611 - as above


_SPEAKING = """
SELECT t.id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id
WHERE t.person_id = %s AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date AND EXISTS (
    SELECT FROM access_admission a WHERE a.person_id = t.person_id AND a.audience_id = %s
    AND a.period @> %s::timestamptz AND a.organization_id = s.organization_id)
ORDER BY t.id"""


def speaking_ids(person_id: int, audience_id: int, at: datetime) -> list[int]:
    """The keys of `speaking_tenures`, for who needs no more of them."""
    return [key for (key,) in rows(_SPEAKING, [person_id, at, audience_id, at])]


def speaking_tenures(person_id: int, audience_id: int, at: datetime) -> list[Tenure]:
    """The tenures in which a person may speak to an audience: at organizations through which they are admitted."""
    through = """SELECT organization_id FROM access_admission
        WHERE person_id = %s AND audience_id = %s AND period @> %s::timestamptz"""
    admitted = RawSQL(through, [person_id, audience_id, at])  # noqa: S611 - a constant with parameters
    found = present_tenures(at).filter(person_id=person_id, seat__organization_id__in=admitted)
    return list(found.order_by("pk"))
