"""Somebody leaves a society: their seats end on a day, and what hung on them is handed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.trail import actions as trail

from .. import events
from ..models import (
    Departure,
    Handover,
    Leaving,
    Mandate,
    Organization,
    Person,
    ProposedRemoval,
    Seat,
    Tenure,
    tenure_period,
)
from ..registry import handing, taking_back
from ..rules import (
    check_begin_departure,
    check_change_departure,
    check_keep_roster,
    check_move_departure,
    check_successor,
)
from .findable import write_people
from .holders import LEADING, take_back_tenure
from .seats import give_mandate, start_tenure

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Heir:
    """Who follows in a seat, in which capacity, and whether with the mandates of whoever leaves."""

    person: Person
    capacity: str = Tenure.Capacity.HOLDER
    with_mandates: bool = False


@transaction.atomic
def begin_departure(person: Person, *, organization: Organization, last_day: date, by: Any, at: datetime) -> Departure:
    """All seats the person has at the organization end on this day, at midnight of its time zone."""
    check_keep_roster(by, organization, at)
    # The tenures before the person, as whoever ends one of them does; and those that were begun meanwhile.
    list(_lasting(person, organization, organization.day_of(at)))
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_begin_departure(person, organization, last_day, at)
    departure = Departure.objects.create(
        person=person, organization=organization, last_day=last_day, begun_by=by, begun_at=at
    )
    for tenure in _lasting(person, organization, organization.day_of(at)):
        _leave(departure, tenure, last_day, by=by, at=at)
    _record(events.DEPARTURE_BEGUN, departure, by=by, at=at)
    settle([person.pk])
    write_people([person.pk], at=at)
    return departure


@transaction.atomic
def move_departure(departure: Departure, *, last_day: date, by: Any, at: datetime) -> Departure:
    """Another last day; successors begin the day after it."""
    locked = _locked(departure)
    check_keep_roster(by, locked.organization, at)
    leavings = _kept_still(locked)
    check_move_departure(locked, last_day, at)
    # A seat with one holder is never held twice: whoever gives way moves first.
    deeds = [_end_with, _begin_after] if last_day <= locked.last_day else [_begin_after, _end_with]
    for deed in deeds:
        for leaving in leavings:
            deed(leaving, last_day, by=by, at=at)
    # Seats taken since, which lasted no longer than the departure allowed.
    for tenure in _lasting(locked.person, locked.organization, last_day + A_DAY).exclude(leavings__departure=locked):
        _leave(locked, tenure, last_day, by=by, at=at)
    locked.last_day = last_day
    locked.save(update_fields=["last_day"])
    _record(events.DEPARTURE_MOVED, locked, by=by, at=at)
    settle([locked.person_id, *[row.succession.person_id for row in leavings if row.succession]])
    write_people([locked.person_id, *[row.succession.person_id for row in leavings if row.succession]], at=at)
    return locked


@transaction.atomic
def hand_on(
    departure: Departure,
    *,
    seats: Mapping[int, Heir | None],
    things: Mapping[tuple[str, int], Person | None],
    by: Any,
    at: datetime,
) -> Departure:
    """Say in one go who follows in which seat (by the id of the tenure that ends) and who takes what else.

    Seats and things that are not named stay as they are; None takes back what was said before.
    """
    locked = _locked(departure)
    check_keep_roster(by, locked.organization, at)
    check_change_departure(locked, at)
    for leaving in _leavings(locked):
        if leaving.tenure_id in seats:
            _follow(leaving, seats[leaving.tenure_id], by=by, at=at)
    for (kind, thing_id), successor in things.items():
        _hand(locked, kind, thing_id, successor, at=at)
    locked.handed_at = at
    locked.save(update_fields=["handed_at"])
    _record(events.DEPARTURE_HANDED_ON, locked, by=by, at=at)
    return locked


def _follow(leaving: Leaving, heir: Heir | None, *, by: Any, at: datetime) -> None:
    """The seat's next tenure, from the day after; one that was said before and is the same stays."""
    present = leaving.succession
    same = heir and present and (present.person_id, present.capacity) == (heir.person.pk, heir.capacity)
    if same and heir and present and heir.with_mandates == present.mandates.exists():
        return
    if present is not None:
        leaving.succession = None
        leaving.save(update_fields=["succession"])
        take_back_tenure(present, by=by, at=at)
    if heir is None:
        return
    check_successor(leaving.departure, heir.person, at)
    before = leaving.tenure
    assert before.last_day is not None  # it leaves
    leaving.succession = start_tenure(
        before.seat,
        person=heir.person,
        title=before.title,
        starts_on=before.last_day + A_DAY,
        capacity=heir.capacity,
        leadership=before.leadership,
        by=by,
        at=at,
    )
    leaving.save(update_fields=["succession"])
    if heir.with_mandates:
        _pass_mandates(leaving, by=by, at=at)


def _pass_mandates(leaving: Leaving, *, by: Any, at: datetime) -> None:
    """What whoever leaves may do for the society on the last day, the successor may from the first."""
    tenure, after = leaving.tenure, leaving.succession
    assert after is not None
    assert tenure.last_day is not None
    for mandate in Mandate.objects.filter(tenure=tenure, period__contains=tenure.last_day).order_by("pk"):
        give_mandate(after, act=mandate.act, is_alternate=mandate.is_alternate, starts_on=after.starts_on, by=by, at=at)


def _hand(departure: Departure, kind: str, thing_id: int, successor: Person | None, *, at: datetime) -> None:
    before = Handover.objects.filter(departure=departure, kind=kind, thing_id=thing_id).first()
    if before is not None and (successor is None or before.successor_id != successor.pk):
        _take_back(before, at)
        before.delete()
    if successor is None:
        return
    check_successor(departure, successor, at)
    handover, _made = Handover.objects.update_or_create(
        departure=departure, kind=kind, thing_id=thing_id, defaults={"successor": successor, "at": at}
    )
    handing.get(kind)(handover, at)


def _take_back(handover: Handover, at: datetime) -> None:
    """What somebody was handed is theirs no longer; of most kinds nothing but the record was."""
    if handover.kind in taking_back:
        taking_back.get(handover.kind)(handover, at)


@transaction.atomic
def withdraw_departure(departure: Departure, *, by: Any, at: datetime) -> Departure:
    """The person stays: each seat ends when it would have ended, and nobody follows who has not begun."""
    locked = _locked(departure)
    check_keep_roster(by, locked.organization, at)
    check_change_departure(locked, at)
    today = locked.organization.day_of(at)
    for leaving in _kept_still(locked):
        if leaving.succession is None or leaving.succession.starts_on > today:
            _follow(leaving, None, by=by, at=at)
        _end_on(leaving, leaving.last_day_before, by=by, at=at)
    for handover in locked.handovers.order_by("pk"):
        _take_back(handover, at)
    locked.state, locked.closed_at = Departure.State.WITHDRAWN, at
    locked.save(update_fields=["state", "closed_at"])
    _record(events.DEPARTURE_WITHDRAWN, locked, by=by, at=at)
    settle([locked.person_id])
    write_people([locked.person_id], at=at)
    return locked


@transaction.atomic
def complete_departures(*, at: datetime) -> int:
    """Departures whose last day has passed are done; returns how many. Access ended by itself.

    What was handed on is handed on again, for what came after: a question asked on the last day.
    """
    rows = Departure.objects.select_for_update(of=("self",), skip_locked=True).select_related("organization")
    due = [row for row in rows.filter(state=Departure.State.OPEN) if row.organization.day_of(at) > row.last_day]
    for departure in due:
        for handover in departure.handovers.order_by("pk"):
            handing.get(handover.kind)(handover, at)
        departure.state, departure.closed_at = Departure.State.DONE, at
        departure.save(update_fields=["state", "closed_at"])
        _record(events.DEPARTURE_DONE, departure, by=None, at=at)
    return len(due)


def _locked(departure: Departure) -> Departure:
    rows = Departure.objects.select_for_update(of=("self",)).select_related("organization__entry", "person")
    return rows.get(pk=departure.pk)


def _leavings(departure: Departure) -> list[Leaving]:
    rows = Leaving.objects.filter(departure=departure).order_by("pk")
    return list(rows.select_related("departure__organization", "tenure__seat__organization", "succession__seat"))


def _kept_still(departure: Departure) -> list[Leaving]:
    """The leavings, while nobody takes one of the seats, ends a tenure or seats the person.

    An end that somebody recorded since the departure began is when the tenure would have ended without it.
    """
    seats = Seat.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(seats.filter(tenures__leavings__departure=departure))
    tenures = Tenure.objects.select_for_update(of=("self",)).order_by("pk")
    list(tenures.filter(leavings__departure=departure))
    Person.objects.select_for_update(of=("self",)).get(pk=departure.person_id)
    leavings = _leavings(departure)
    for leaving in leavings:
        if leaving.tenure.last_day != leaving.last_day_with(departure.last_day):
            leaving.last_day_before = leaving.tenure.last_day
            leaving.save(update_fields=["last_day_before"])
    return leavings


def _lasting(person: Person, organization: Organization, day: date) -> QuerySet[Tenure]:
    """The person's tenures at the organization that include this day or begin later, locked."""
    lasting = Q(period__endswith=None) | Q(period__endswith__gt=day)
    found = Tenure.objects.select_for_update(of=("self",)).select_related("seat__organization").order_by("pk")
    return found.filter(lasting, seat__organization=organization, person=person)


def _leave(departure: Departure, tenure: Tenure, last_day: date, *, by: Any, at: datetime) -> None:
    """The tenure ends with the departure, unless it ends before."""
    leaving = Leaving.objects.create(departure=departure, tenure=tenure, last_day_before=tenure.last_day)
    _end_with(leaving, last_day, by=by, at=at)


def _end_with(leaving: Leaving, last_day: date, *, by: Any, at: datetime) -> None:
    """The tenure ends with the departure, unless it ends before."""
    _end_on(leaving, leaving.last_day_with(last_day), by=by, at=at)


def _end_on(leaving: Leaving, last_day: date | None, *, by: Any, at: datetime) -> None:
    """The end of a tenure that leaves is moved either way, which nobody can do with one that does not."""
    tenure = Tenure.objects.select_for_update(of=("self",)).get(pk=leaving.tenure_id)
    if tenure.last_day == last_day:
        return
    _give_days(tenure, tenure.starts_on, last_day)
    _record_tenure(tenure, last_day, by=by, at=at)


def _begin_after(leaving: Leaving, last_day: date, *, by: Any, at: datetime) -> None:
    """Whoever follows begins the day after, with the mandates given for it."""
    if leaving.succession is None:
        return
    tenure = Tenure.objects.select_for_update(of=("self",)).get(pk=leaving.succession.pk)
    first = _first_day_after(leaving, tenure, last_day)
    if tenure.starts_on == first:
        return
    if tenure.last_day is not None and tenure.last_day < first:
        words = _("%(name)s follows only until %(day)s: choose an earlier day, or another successor first.")
        raise Refused(words % {"name": tenure.person.name, "day": date_format(tenure.last_day)})
    _move_mandates(tenure, first)
    _give_days(tenure, first, tenure.last_day)
    _record_tenure(tenure, tenure.last_day, by=by, at=at)


def _first_day_after(leaving: Leaving, succession: Tenure, last_day: date) -> date:
    """A successor follows the seat; or the departure, if the seat's own end was recorded after they were named."""
    follows_seat = succession.starts_on == leaving.last_day_with(leaving.departure.last_day) + A_DAY
    return (leaving.last_day_with(last_day) if follows_seat else last_day) + A_DAY


def _move_mandates(tenure: Tenure, first: date) -> None:
    """Mandates given from the first day are given from the new one; one that would be over by then goes."""
    mandates = Mandate.objects.filter(tenure=tenure)
    mandates.filter(period__endswith__lte=first).delete()
    for mandate in mandates.filter(Q(period__startswith=tenure.starts_on) | Q(period__startswith__lt=first)):
        mandate.period = DateRange(first, mandate.period.upper)
        mandate.save(update_fields=["period"])


def _give_days(tenure: Tenure, first: date, last_day: date | None) -> None:
    """Other days than before; Refused, as when a seat is taken, where somebody has the seat on one of them."""
    days = tenure_period(first, last_day)
    rivals = Q(person=tenure.person_id, capacity=tenure.capacity)
    if tenure.single_holder and tenure.capacity in LEADING:
        rivals |= Q(single_holder=True, capacity__in=LEADING)
    others = Tenure.objects.filter(rivals, seat=tenure.seat_id, period__overlap=days).exclude(pk=tenure.pk)
    other = others.select_related("person", "seat__function").order_by("period").first()
    if other is not None:
        words = _("%(name)s holds the seat %(seat)s from %(day)s: take that back first, or record its end.")
        facts = {"name": other.person.name, "seat": other.seat.function.name, "day": date_format(other.starts_on)}
        raise Refused(words % facts)
    tenure.period = days
    tenure.save(update_fields=["period"])


def _record_tenure(tenure: Tenure, last_day: date | None, *, by: Any, at: datetime) -> None:
    ProposedRemoval.objects.filter(tenure=tenure).delete()
    organization = tenure.seat.organization
    facts = {
        "seat": tenure.seat_id,
        "person": tenure.person_id,
        "starts_on": tenure.starts_on.isoformat(),
        "last_day": last_day.isoformat() if last_day else None,
    }
    trail.record(
        events.TENURE_END_MOVED,
        on=tenure,
        by=by,
        at=at,
        audience=organization.audience_id,
        acting_for=organization,
        facts=facts,
    )


def _record(event: Any, departure: Departure, *, by: Any, at: datetime) -> None:
    organization = departure.organization
    facts = {"person": departure.person_id, "last_day": departure.last_day.isoformat()}
    trail.record(
        event, on=departure, by=by, at=at, audience=organization.audience_id, acting_for=organization, facts=facts
    )
