"""Who holds a seat, from when until when, and what the holder may do for the organization."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.access.statements import row as one_row
from collegium.core.trail import actions as trail

from .. import events
from ..models import Function, Mandate, Organization, Person, ProposedRemoval, Seat, Tenure, tenure_period
from ..rules import (
    check_end_mandate,
    check_end_tenure,
    check_give_mandate,
    check_keep_roster,
    check_last_day_of_departure,
    check_start_tenure,
)
from .findable import write_people

# The weakest lock that whoever records a departure waits for, and that waits for them.
_SHARED = "SELECT 1 FROM people_person WHERE id = %s FOR KEY SHARE"


def open_seat(organization: Organization, function: Function) -> Seat:
    """The organization's seat for the function, made if there was none."""
    seat, _made = Seat.objects.get_or_create(
        organization=organization, function=function, defaults={"single_holder": function.single_holder}
    )
    return seat


@transaction.atomic
def start_tenure(
    seat: Seat,
    *,
    person: Person,
    title: str,
    starts_on: date,
    by: Any,
    at: datetime,
    capacity: str = Tenure.Capacity.HOLDER,
    leadership: str = Tenure.Leadership.STAFF,
    last_day: date | None = None,
) -> Tenure:
    """Somebody takes a seat.

    Refused if on any of these days it has its one holder, or the person in this capacity, or the person has left.
    """
    check_keep_roster(by, seat.organization, at)
    check_start_tenure(person, starts_on, last_day)
    # One at a time: two inserts that exclude each other would otherwise wait for each other.
    Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    keep_from_leaving(person.pk)
    check_last_day_of_departure(person, seat.organization, last_day, at)
    tenure = _seated(
        seat=seat,
        person=person,
        title=title,
        capacity=capacity,
        leadership=leadership,
        period=tenure_period(starts_on, last_day),
        single_holder=seat.single_holder,
        recorded_by=by,
    )
    trail.record(
        events.TENURE_STARTED,
        on=tenure,
        by=by,
        at=at,
        audience=seat.organization.audience_id,
        acting_for=seat.organization,
        facts={"seat": seat.pk, "person": person.pk, "capacity": capacity},
    )
    settle([person.pk])
    write_people([person.pk], at=at)
    return tenure


def keep_from_leaving(person_id: int) -> None:
    """No departure of the person begins meanwhile; one that is being recorded is waited for, and seen."""
    one_row(_SHARED, [person_id])


def _seated(**told: Any) -> Tenure:
    """A new tenure; Refused where somebody has the seat already."""
    same = Tenure.objects.filter(seat=told["seat"], person=told["person"], capacity=told["capacity"])
    if same.filter(period__overlap=told["period"]).exists():
        raise Refused(_("%(name)s holds this seat on these days already.") % {"name": told["person"].name})
    try:
        with transaction.atomic():
            return Tenure.objects.create(**told)
    except IntegrityError as error:
        if "one_holder_at_a_time" not in str(error):
            raise
        raise Refused(_("Somebody else holds this seat on these days; record the end of that tenure first.")) from error


@transaction.atomic
def end_tenure(tenure: Tenure, *, last_day: date, by: Any, at: datetime) -> Tenure:
    """The tenure ends with this day, at midnight of the organization's time zone; all that hangs on it ends with it."""
    locked = Tenure.objects.select_for_update(of=("self",)).select_related("seat__organization").get(pk=tenure.pk)
    check_keep_roster(by, locked.seat.organization, at)
    check_end_tenure(locked, last_day)
    locked.period = tenure_period(locked.starts_on, last_day)
    locked.save(update_fields=["period"])
    # Whoever doubted it is answered.
    ProposedRemoval.objects.filter(tenure=locked).delete()
    trail.record(
        events.TENURE_ENDED,
        on=locked,
        by=by,
        at=at,
        audience=locked.seat.organization.audience_id,
        acting_for=locked.seat.organization,
        facts={"seat": locked.seat_id, "person": locked.person_id, "last_day": last_day.isoformat()},
    )
    settle([locked.person_id])
    write_people([locked.person_id], at=at)
    return locked


@transaction.atomic
def give_mandate(
    tenure: Tenure,
    *,
    act: str,
    starts_on: date,
    by: Any,
    at: datetime,
    is_alternate: bool = False,
    last_day: date | None = None,
) -> Mandate:
    """The holder may do acts of this kind for the organization; Refused if a mandate for it already covers a day."""
    organization = tenure.seat.organization
    check_keep_roster(by, organization, at)
    locked = Tenure.objects.select_for_update(of=("self",)).get(pk=tenure.pk)
    check_give_mandate(locked, starts_on, last_day)
    period = tenure_period(starts_on, last_day)
    if Mandate.objects.filter(tenure=tenure, act=act, period__overlap=period).exists():
        raise Refused(_("This mandate is already given."))
    mandate = Mandate.objects.create(tenure=tenure, act=act, is_alternate=is_alternate, period=period)
    trail.record(
        events.MANDATE_GIVEN,
        on=mandate,
        by=by,
        at=at,
        audience=organization.audience_id,
        acting_for=organization,
        facts={"act": act, "tenure": tenure.pk},
    )
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, last_day: date, by: Any, at: datetime) -> Mandate:
    """The mandate ends with this day."""
    organization = mandate.tenure.seat.organization
    check_keep_roster(by, organization, at)
    locked = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    check_end_mandate(locked, last_day)
    locked.period = tenure_period(locked.period.lower, last_day)
    locked.save(update_fields=["period"])
    trail.record(
        events.MANDATE_ENDED,
        on=locked,
        by=by,
        at=at,
        audience=organization.audience_id,
        acting_for=organization,
        facts={"act": locked.act, "tenure": locked.tenure_id, "last_day": last_day.isoformat()},
    )
    return locked
