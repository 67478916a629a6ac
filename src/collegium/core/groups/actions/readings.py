"""Reading a group as one of the council's team, with a reason and a second person."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Group, Reading
from ..models.memberships import until
from ..rules import check_ask_to_read, check_confirm_reading, check_end_reading

WHOLE_DAY = 24


@transaction.atomic
def ask_to_read(group: Group, *, reason: str, viewer: Viewer, at: datetime) -> Reading:
    """Ask to read a group one is not in; nothing is opened before a second person agrees."""
    locked = Group.objects.select_for_update(of=("self",), no_key=True).select_related("circle").get(pk=group.pk)
    check_ask_to_read(viewer, locked)
    if not reason.strip():
        raise Refused(_("Give the reason: the members will read it."))
    assert viewer.person is not None  # the rule asked
    reading = Reading.objects.create(group=locked, person=viewer.person, reason=reason, asked_at=at)
    facts = {"reading": reading.pk, "person": reading.person_id}
    audience = locked.officers_audience_id
    trail.record(events.READING_ASKED, on=reading, by=viewer.person, at=at, audience=audience, facts=facts)
    return reading


@transaction.atomic
def confirm_reading(reading: Reading, *, viewer: Viewer, at: datetime, hours: int = WHOLE_DAY) -> Reading:
    """The second person opens the group to the reader for a day at most; its members see that."""
    locked = _locked(reading)
    check_confirm_reading(viewer, locked, hours)
    locked.confirmed_by, locked.period = viewer.person, TimestamptzRange(at, at + timedelta(hours=hours))
    locked.save(update_fields=["confirmed_by", "period"])
    trail.record(
        events.READING_CONFIRMED,
        on=locked,
        by=viewer.person,
        at=at,
        audience=_members(locked),
        facts={"reading": locked.pk, "person": locked.person_id, "hours": hours},
    )
    settle([locked.person_id])
    return locked


@transaction.atomic
def end_reading(reading: Reading, *, viewer: Viewer, at: datetime) -> Reading:
    """Refuse or take back what waits; end what runs before its hour."""
    locked = _locked(reading)
    check_end_reading(viewer, locked)
    audience = locked.group.officers_audience_id if locked.period is None else _members(locked)
    if locked.period is not None:
        locked.period = until(locked.period, at)
    locked.ended_by, locked.ended_at = viewer.person, at
    locked.save(update_fields=["period", "ended_by", "ended_at"])
    facts = {"reading": locked.pk, "person": locked.person_id}
    trail.record(events.READING_ENDED, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    settle([locked.person_id])
    return locked


def _locked(reading: Reading) -> Reading:
    rows = Reading.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group__circle", "group__entry", "person").get(pk=reading.pk)


def _members(reading: Reading) -> int:
    """Whose text is read learns of it."""
    assert reading.group.circle is not None  # a founded group has a circle
    return reading.group.circle.audience_id
