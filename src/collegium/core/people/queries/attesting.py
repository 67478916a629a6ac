"""What societies have confirmed, whom to write to, and which seats are unconfirmed."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from ..models import Attestation, Organization, ProposedRemoval, Seat, Standing, Tenure
from .tenures import present_tenures


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def attesters(organization: Organization, at: datetime) -> list[Tenure]:
    """Whom to ask: the society's liaisons, or, where it has none, whoever leads it."""
    rows = present_tenures(at).filter(seat__organization=organization, person__closed_at=None)
    rows = rows.select_related("person", "seat__organization__entry", "seat__function").order_by("pk")
    for function in ("liaison", "ceo"):
        if found := list(rows.filter(seat__function__slug=function)):
            return found
    return []


def asked_societies(at: datetime) -> list[Organization]:
    """Member societies, each by the day it is there."""
    rows = Organization.objects.filter(kind=Organization.Kind.SOCIETY).order_by("pk")
    members = Standing.objects.filter(status=Standing.Status.MEMBER, organization__in=rows)
    periods: dict[int, list[Standing]] = {}
    for standing in members:
        periods.setdefault(standing.organization_id, []).append(standing)
    return [row for row in rows if any(row.day_of(at) in one.period for one in periods.get(row.pk, []))]


def open_attestation(organization: Organization) -> Attestation | None:
    """The newest that waits for an answer."""
    found = Attestation.objects.filter(organization=organization, attested_at=None, lapsed_at=None)
    return found.select_related("organization__entry").order_by("-quarter").first()


def attested_tenures(organization: Organization, at: datetime) -> list[Tenure]:
    """Who sits where today: what is put before a society to confirm."""
    rows = present_tenures(at).filter(seat__organization=organization).select_related("person", "seat__function")
    return list(rows.order_by("seat__function_id", "pk"))


def open_removals(organization: Organization, at: datetime) -> QuerySet[ProposedRemoval]:
    """Somebody said these persons no longer hold their seats, and nobody has recorded since how long they do."""
    rows = ProposedRemoval.objects.filter(tenure__seat__organization=organization)
    rows = rows.filter(tenure__in=present_tenures(at).values("pk"))
    return rows.select_related("tenure__person", "tenure__seat__function", "by").order_by("pk")


def unconfirmed_seats(at: datetime) -> QuerySet[Seat]:
    """Seats of societies silent for too long, and those somebody said are no longer held as recorded."""
    doubted = ProposedRemoval.objects.filter(tenure__in=present_tenures(at).values("pk"))
    return Seat.objects.filter(Q(organization__unconfirmed_at__isnull=False) | Q(pk__in=doubted.values("tenure__seat")))
