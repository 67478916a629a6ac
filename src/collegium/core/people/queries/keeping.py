"""Who keeps a society's roster, and its people."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from ..models import Organization, Person, Tenure
from .tenures import present_tenures

# Functions whose holders, interims and deputies keep the seats of their society.
ROSTER_KEEPERS = ("liaison", "ceo")


def kept_societies(person_id: int | None, at: datetime) -> QuerySet[Organization]:
    """The societies whose roster the person keeps at the moment, by name."""
    held = present_tenures(at).filter(person=person_id, seat__function__slug__in=ROSTER_KEEPERS)
    found = Organization.objects.filter(kind=Organization.Kind.SOCIETY, pk__in=held.values("seat__organization"))
    return found.order_by("entry__title")


def liaisons_of(organization: Organization, at: datetime) -> QuerySet[Tenure]:
    """In which tenures somebody is the society's liaison at the moment, the holder first."""
    found = present_tenures(at).filter(seat__organization=organization, seat__function__slug="liaison")
    return found.filter(person__closed_at=None).select_related("person").order_by("-capacity", "pk")


def society_people(organization: Organization, at: datetime) -> QuerySet[Person]:
    """Persons with an open account who hold a seat of the society today or will later, by name."""
    today = organization.day_of(at)
    lasting = Tenure.objects.filter(seat__organization=organization).filter(
        Q(period__endswith=None) | Q(period__endswith__gt=today)
    )
    return Person.objects.filter(closed_at=None, pk__in=lasting.values("person")).order_by("name", "pk")


_SUGGESTED = """
SELECT t.person_id FROM people_tenure t JOIN people_person p ON p.id = t.person_id
WHERE t.seat_id = %s AND t.person_id <> %s AND p.closed_at IS NULL AND (upper(t.period) IS NULL OR upper(t.period) > %s)
ORDER BY array_position(ARRAY['deputy', 'interim', 'holder'], t.capacity::text), t.id LIMIT 1"""


def suggested_successor(tenure: Tenure) -> int | None:
    """Who would follow in the seat: its deputy, its interim, another holder, as long as they stay longer; else nobody.

    Looked for from the day the tenure ends, or from its first day if it has no end.
    """
    day = tenure.last_day or tenure.starts_on
    found = Person.objects.filter(pk__in=RawSQL(_SUGGESTED, [tenure.seat_id, tenure.person_id, day]))  # noqa: S611 - a constant with parameters
    return found.values_list("pk", flat=True).first()
