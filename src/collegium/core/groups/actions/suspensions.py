"""Suspending somebody from a group for a time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail

from .. import events
from ..models import Group, Suspension
from ..models.memberships import until as cut_off
from ..rules import check_lift, check_suspend


@transaction.atomic
def suspend_person(
    group: Group, *, person: Person, until: datetime, reason: str, viewer: Viewer, at: datetime
) -> Suspension:
    """Keep a member out of the group, its officers' audience included, until a day; they are told why."""
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    check_suspend(viewer, locked, person, until)
    if not reason.strip():
        raise Refused(_("Give the reason: the person will read it."))
    assert viewer.person is not None  # the rule asked
    suspension = Suspension.objects.create(
        group=locked,
        person=person,
        period=TimestamptzRange(at, until),
        reason=reason,
        given_by=viewer.person,
        by_team=viewer.is_among(OFFICE),
    )
    _record(events.PERSON_SUSPENDED, suspension, by=viewer.person, at=at)
    settle([person.pk])
    return suspension


def _record(event: Any, suspension: Suspension, *, by: Any, at: datetime) -> None:
    """For the officers alone: the others need not know."""
    facts = {"suspension": suspension.pk, "person": suspension.person_id}
    audience = suspension.group.officers_audience_id
    trail.record(event, on=suspension, by=by, at=at, audience=audience, facts=facts)


@transaction.atomic
def lift_suspension(suspension: Suspension, *, viewer: Viewer, at: datetime) -> Suspension:
    """End a suspension before its day."""
    rows = Suspension.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("group__entry", "person").get(pk=suspension.pk)
    check_lift(viewer, locked)
    locked.period = cut_off(locked.period, at)
    locked.lifted_by, locked.lifted_at = viewer.person, at
    locked.save(update_fields=["period", "lifted_by", "lifted_at"])
    _record(events.SUSPENSION_LIFTED, locked, by=viewer.person, at=at)
    settle([locked.person_id])
    return locked
