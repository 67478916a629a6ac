"""Seats and persons joining and leaving, and the second key of a closed group."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle, settle_shared
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Seat, Tenure
from collegium.core.people.queries import present_tenures
from collegium.core.trail import actions as trail

from .. import events
from ..models import Confirmation, Group, Membership
from ..models.memberships import until
from ..rules import (
    check_confirm,
    check_confirm_tenure,
    check_invite_person,
    check_join_group,
    check_leave_group,
    check_run_group,
)

# Of a seat: whoever holds, held or will hold it. Another action may just be giving the seat to somebody, so they are
# chosen while nobody else settles.
_HOLDERS = "SELECT person_id FROM people_tenure WHERE seat_id = %s"


@transaction.atomic
def join_group(group: Group, *, tenure: Tenure, viewer: Viewer, at: datetime) -> Membership:
    """Join an open group with one's seat; whoever holds the seat later is in as well."""
    check_join_group(viewer, group, tenure)
    return add_seat(group, seat=tenure.seat, by=viewer.person, at=at, event=events.MEMBERSHIP_JOINED)


def add_seat(group: Group, *, seat: Seat, by: Any, at: datetime, event: Any = events.MEMBERSHIP_GIVEN) -> Membership:
    """Make a seat a member; Refused if it is one."""
    return _add(group, by=by, at=at, event=event, seat=seat)


@transaction.atomic
def invite_person(group: Group, *, tenure: Tenure, viewer: Viewer, at: datetime) -> Membership:
    """Make a person a member while the tenure lasts, whatever the policy says of the seat."""
    check_invite_person(viewer, group, tenure)
    return add_person(group, tenure=tenure, by=viewer.person, at=at)


def add_person(group: Group, *, tenure: Tenure, by: Any, at: datetime) -> Membership:
    """Make a person a member; Refused if the tenure is one."""
    return _add(group, by=by, at=at, event=events.MEMBERSHIP_GIVEN, tenure=tenure)


@transaction.atomic
def _add(group: Group, *, by: Any, at: datetime, event: Any, **member: Any) -> Membership:
    # The circle current now, not when the caller read the group: it decides what an invited person may read.
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    assert locked.circle is not None  # a founded group has a circle
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                group=locked,
                from_circle=locked.circle,
                period=TimestamptzRange(at, None),
                given_by=by,
                **member,
            )
    except IntegrityError as error:
        if "member_once" not in str(error):
            raise
        raise Refused(_("It is a member already.")) from error
    facts = {name: thing.pk for name, thing in member.items()}
    # For the members, also where a closed group has yet to confirm it.
    trail.record(event, on=membership, by=by, at=at, audience=_told(locked), facts=facts)
    _settle(membership)
    return membership


def _told(group: Group) -> int:
    assert group.circle is not None  # a founded group has a circle
    return group.circle.audience_id


def _settle(membership: Membership) -> None:
    if membership.tenure is not None:
        settle([membership.tenure.person_id])
    else:
        settle_shared(_HOLDERS, [membership.seat_id])


@transaction.atomic
def leave_group(membership: Membership, *, viewer: Viewer, at: datetime) -> Membership:
    """Leave with one's own seat or person."""
    check_leave_group(viewer, membership)
    return _end(membership, by=viewer.person, at=at)


@transaction.atomic
def end_membership(membership: Membership, *, viewer: Viewer, at: datetime) -> Membership:
    """An officer or the council's team ends a membership."""
    check_run_group(viewer, membership.group)
    return _end(membership, by=viewer.person, at=at)


def _end(membership: Membership, *, by: Any, at: datetime) -> Membership:
    locked = Membership.objects.select_for_update(of=("self",)).select_related("group__circle").get(pk=membership.pk)
    if locked.has_ended:
        raise Refused(_("This membership has ended already."))
    locked.period = until(locked.period, at)
    locked.save(update_fields=["period"])
    facts = {"seat": locked.seat_id} if locked.seat_id else {"tenure": locked.tenure_id}
    trail.record(events.MEMBERSHIP_ENDED, on=locked, by=by, at=at, audience=_told(locked.group), facts=facts)
    _settle(locked)
    return locked


@transaction.atomic
def confirm_membership(membership: Membership, *, viewer: Viewer, at: datetime) -> Membership:
    """The second person lets a member into a closed group, with whoever holds the seat now."""
    locked = turn_for_membership(membership, viewer=viewer, at=at)
    _settle(locked)
    return locked


def turn_for_membership(membership: Membership, *, viewer: Viewer, at: datetime) -> Membership:
    """The same for whoever settles several together."""
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("group__circle", "tenure")
        .get(pk=membership.pk)
    )
    if locked.confirmed_at is not None:
        raise Refused(_("This is confirmed already."))
    if locked.has_ended:
        raise Refused(_("This membership has ended already."))
    holders = list(_holders(locked, at))
    check_confirm(viewer, locked.group, first=locked.given_by_id, gains={tenure.person_id for tenure in holders})
    locked.confirmed_by, locked.confirmed_at = viewer.person, at
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    if locked.seat_id:
        _confirm_holders(locked, holders, by=viewer.person, at=at)
    facts = {"seat": locked.seat_id} if locked.seat_id else {"tenure": locked.tenure_id}
    trail.record(
        events.MEMBERSHIP_CONFIRMED, on=locked, by=viewer.person, at=at, audience=_told(locked.group), facts=facts
    )
    return locked


def _holders(membership: Membership, at: datetime) -> QuerySet[Tenure]:
    """The invited person's tenure, or those in which somebody holds the seat now."""
    if membership.tenure_id:
        return Tenure.objects.filter(pk=membership.tenure_id)
    return present_tenures(at).filter(seat=membership.seat_id)


def _confirm_holders(membership: Membership, holders: list[Tenure], *, by: Any, at: datetime) -> None:
    """Those holding the seat were looked at together with the seat; but nobody confirms a holder they recorded."""
    rows = [
        Confirmation(group=membership.group, tenure=tenure, by=by, at=at)
        for tenure in holders
        if tenure.recorded_by_id is None or tenure.recorded_by_id != by.pk
    ]
    Confirmation.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def confirm_tenure(group: Group, *, tenure: Tenure, viewer: Viewer, at: datetime) -> Confirmation:
    """The second person lets a new holder of a seat into a closed group, now or before the tenure begins."""
    confirmation = turn_for_tenure(group, tenure=tenure, viewer=viewer, at=at)
    settle([tenure.person_id])
    return confirmation


def turn_for_tenure(group: Group, *, tenure: Tenure, viewer: Viewer, at: datetime) -> Confirmation:
    """The same for whoever settles several together."""
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    check_confirm_tenure(viewer, locked, tenure)
    confirmation, made = Confirmation.objects.get_or_create(
        group=locked, tenure=tenure, defaults={"by": viewer.person, "at": at}
    )
    if not made:
        raise Refused(_("This is confirmed already."))
    trail.record(
        events.TENURE_CONFIRMED, on=locked, by=viewer.person, at=at, audience=_told(locked), facts={"tenure": tenure.pk}
    )
    return confirmation
