"""Naming officers of a group and ending their office."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Tenure
from collegium.core.people.rules import check_office
from collegium.core.trail import actions as trail

from .. import events
from ..models import Group, Office
from ..models.memberships import until
from ..rules import check_confirm, check_name_officer
from .circles import told_to_members


@transaction.atomic
def name_officer(group: Group, *, tenure: Tenure, role: str, viewer: Viewer, at: datetime) -> Office:
    """The council's team names a chair, vice-chair or liaison; in a closed group a second person confirms."""
    check_name_officer(viewer, tenure, role)
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    assert locked.circle is not None  # a founded group has a circle
    try:
        with transaction.atomic():
            office = Office.objects.create(
                group=locked,
                tenure=tenure,
                role=role,
                from_circle=locked.circle,
                period=TimestamptzRange(at, None),
                given_by=viewer.person,
            )
    except IntegrityError as error:
        if "office_held_once" not in str(error):
            raise
        raise Refused(_("This office is held by the same person already.")) from error
    _record(events.OFFICE_GIVEN, office, viewer=viewer, at=at)
    settle([tenure.person_id])
    return office


def _record(event: Any, office: Office, *, viewer: Viewer, at: datetime) -> None:
    """The event stands in the group's history, where its members read it."""
    facts = {"role": office.role, "tenure": office.tenure_id}
    trail.record(event, on=office.group, by=viewer.person, at=at, audience=told_to_members(office.group), facts=facts)


@transaction.atomic
def confirm_office(office: Office, *, viewer: Viewer, at: datetime) -> Office:
    """The second person lets an officer of a closed group take up the office."""
    locked = turn_for_office(office, viewer=viewer, at=at)
    settle([locked.tenure.person_id])
    return locked


def turn_for_office(office: Office, *, viewer: Viewer, at: datetime) -> Office:
    """The same for whoever settles several together."""
    locked = Office.objects.select_for_update(of=("self",)).select_related("group", "tenure").get(pk=office.pk)
    if locked.confirmed_at is not None:
        raise Refused(_("This is confirmed already."))
    if locked.has_ended:
        raise Refused(_("This office has ended already."))
    check_confirm(viewer, locked.group, first=locked.given_by_id, gains={locked.tenure.person_id})
    locked.confirmed_by, locked.confirmed_at = viewer.person, at
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(events.OFFICE_CONFIRMED, locked, viewer=viewer, at=at)
    return locked


@transaction.atomic
def end_office(office: Office, *, viewer: Viewer, at: datetime) -> Office:
    """The council's team ends an office."""
    check_office(viewer)
    locked = Office.objects.select_for_update(of=("self",)).select_related("group", "tenure").get(pk=office.pk)
    if locked.has_ended:
        raise Refused(_("This office has ended already."))
    locked.period = until(locked.period, at)
    locked.save(update_fields=["period"])
    _record(events.OFFICE_ENDED, locked, viewer=viewer, at=at)
    settle([locked.tenure.person_id])
    return locked
