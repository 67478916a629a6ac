"""Who keeps a society's roster, and its people."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from collegium.core.access.statements import rows

from ..models import Organization, Person, Tenure
from .tenures import present_tenures

# Functions whose holders, interims and deputies keep the seats of their society.
ROSTER_KEEPERS = ("liaison", "ceo")


def kept_societies(person_id: int | None, at: datetime) -> QuerySet[Organization]:
    """The societies whose roster the person keeps at the moment, by name."""
    held = present_tenures(at).filter(person=person_id, seat__function__slug__in=ROSTER_KEEPERS)
    found = Organization.objects.filter(kind=Organization.Kind.SOCIETY, pk__in=held.values("seat__organization"))
    return found.order_by("entry__title")


_KEPT = """
SELECT o.entry_id AS id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_function f ON f.id = s.function_id JOIN people_organization o ON o.entry_id = s.organization_id
WHERE t.person_id = %s AND f.slug = ANY(%s) AND o.kind = 'society'
AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date LIMIT 1"""


def kept_statement(person_id: int | None, at: datetime) -> tuple[str, list[Any]]:
    """`id` of one society whose roster the person keeps at the moment, as SQL with its parameters."""
    return _KEPT, [person_id, list(ROSTER_KEEPERS), at]


def kept_society(person_id: int | None, at: datetime, *, slug: str) -> Organization | None:
    """The society of this name if the person keeps its roster at the moment."""
    return kept_societies(person_id, at).filter(slug=slug).first()


def keeping_tenures(organization: Organization, at: datetime) -> QuerySet[Tenure]:
    """In which tenures somebody keeps the organization's seats at the moment."""
    found = present_tenures(at).filter(seat__organization=organization, seat__function__slug__in=ROSTER_KEEPERS)
    return found.order_by("pk")


def society_people(organization: Organization, at: datetime) -> QuerySet[Person]:
    """Persons with an open account who hold a seat of the society today or will later, by name."""
    today = organization.day_of(at)
    lasting = Tenure.objects.filter(seat__organization=organization).filter(
        Q(period__endswith=None) | Q(period__endswith__gt=today)
    )
    return Person.objects.filter(closed_at=None, pk__in=lasting.values("person")).order_by("name", "pk")


_SUGGESTED = """
SELECT DISTINCT ON (gone.id) gone.id, t.person_id
FROM people_tenure gone JOIN people_tenure t ON t.seat_id = gone.seat_id AND t.person_id <> gone.person_id
JOIN people_person p ON p.id = t.person_id AND p.closed_at IS NULL
WHERE gone.id = ANY(%s::bigint[])
AND (upper(t.period) IS NULL OR upper(t.period) > COALESCE(upper(gone.period), lower(gone.period)))
ORDER BY gone.id, array_position(ARRAY['deputy', 'interim', 'holder'], t.capacity::text), t.id"""


def suggested_successors(tenure_ids: list[int]) -> dict[int, int]:
    """By tenure: who would follow in its seat; the deputy, the interim, another holder, if they stay longer."""
    return dict(rows(_SUGGESTED, [tenure_ids]))
