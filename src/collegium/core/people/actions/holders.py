"""Holders of a society's seats: named by its liaison, corrected, taken back before they begin."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.trail import actions as trail

from .. import events
from ..models import Function, Mandate, Organization, Person, Seat, Tenure
from ..queries.addresses import live_owner
from ..registry import unbegun
from ..rules import (
    check_change_capacity,
    check_correct_tenure,
    check_keep_roster,
    check_propose_holder,
    check_take_back_tenure,
)
from .findable import write_people
from .persons import make_known
from .seats import end_tenure, keep_from_leaving, open_seat, start_tenure

LEADING = (Tenure.Capacity.HOLDER, Tenure.Capacity.INTERIM)
A_DAY = timedelta(days=1)


@transaction.atomic
def propose_holder(
    organization: Organization,
    *,
    function: Function,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    title: str,
    starts_on: date,
    by: Any,
    at: datetime,
    capacity: str = Tenure.Capacity.HOLDER,
    leadership: str = Tenure.Leadership.STAFF,
    succeeds: bool = False,
) -> Tenure:
    """Somebody takes a seat of the society: a person, or whoever signs in with the address, or else somebody new.

    Where the seat admits one holder and has one, Refused unless the new one `succeeds`: the tenure before then ends on
    the day before. What a closed group asks to be confirmed waits for its second key.
    """
    check_keep_roster(by, organization, at)
    check_propose_holder(by, organization, title, capacity, leadership)
    seat = open_seat(organization, function)
    Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    if capacity in LEADING and seat.single_holder:
        _make_room(seat, starts_on, succeeds=succeeds, by=by, at=at)
    holder = person or live_owner(email, at) or make_known(name, email=email, by=by, at=at)
    tenure = start_tenure(
        seat, person=holder, title=title, starts_on=starts_on, capacity=capacity, leadership=leadership, by=by, at=at
    )
    _record(events.HOLDER_PROPOSED, tenure, by=by, at=at)
    return tenure


def _make_room(seat: Seat, starts_on: date, *, succeeds: bool, by: Any, at: datetime) -> None:
    """The tenure that would still last ends the day before."""
    lasting = Q(period__endswith=None) | Q(period__endswith__gt=starts_on)
    for before in Tenure.objects.filter(lasting, seat=seat, capacity__in=LEADING).select_related("person"):
        if not succeeds:
            raise Refused(
                _("%(name)s holds this seat then. Say that the new holder succeeds, or choose another day.")
                % {"name": before.person.name}
            )
        end_tenure(before, last_day=starts_on - A_DAY, by=by, at=at)


@transaction.atomic
def correct_tenure(tenure: Tenure, *, title: str, leadership: str, by: Any, at: datetime) -> Tenure:
    """Another title, staff or volunteer leader; what was said under the old title keeps it."""
    locked = _locked(tenure)
    check_keep_roster(by, locked.seat.organization, at)
    check_correct_tenure(title, leadership)
    locked.title, locked.leadership = title, leadership
    locked.save(update_fields=["title", "leadership"])
    _record(events.TENURE_CORRECTED, locked, by=by, at=at)
    settle([locked.person_id])
    write_people([locked.person_id], at=at)
    return locked


@transaction.atomic
def change_capacity(tenure: Tenure, *, capacity: str, from_day: date, by: Any, at: datetime) -> Tenure:
    """From this day the person has the seat in another capacity: a new tenure, for a closed group a new holder."""
    keep_from_leaving(tenure.person_id)
    locked = _locked(tenure)
    check_keep_roster(by, locked.seat.organization, at)
    check_change_capacity(locked, capacity, from_day, at)
    last_day = locked.last_day
    end_tenure(locked, last_day=from_day - A_DAY, by=by, at=at)
    return start_tenure(
        locked.seat,
        person=locked.person,
        title=locked.title,
        starts_on=from_day,
        last_day=last_day,
        capacity=capacity,
        leadership=locked.leadership,
        by=by,
        at=at,
    )


@transaction.atomic
def take_back_tenure(tenure: Tenure, *, by: Any, at: datetime) -> None:
    """A tenure that has not begun never will; Refused once something lasting hangs on it."""
    locked = _locked(tenure)
    check_keep_roster(by, locked.seat.organization, at)
    check_take_back_tenure(locked, at)
    _record(events.TENURE_TAKEN_BACK, locked, by=by, at=at)
    for take_back in unbegun.all():
        take_back(locked)
    Mandate.objects.filter(tenure=locked).delete()
    try:
        locked.delete()
    except ProtectedError as error:
        raise Refused(_("Something hangs on this tenure already; ask the council's team.")) from error
    settle([locked.person_id])
    write_people([locked.person_id], at=at)


def _locked(tenure: Tenure) -> Tenure:
    return (
        Tenure.objects.select_for_update(of=("self",)).select_related("seat__organization", "person").get(pk=tenure.pk)
    )


def _record(event: Any, tenure: Tenure, *, by: Any, at: datetime) -> None:
    organization = tenure.seat.organization
    facts = {"seat": tenure.seat_id, "person": tenure.person_id}
    trail.record(
        event, on=tenure, by=by, at=at, audience=organization.audience_id, acting_for=organization, facts=facts
    )
