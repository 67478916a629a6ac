"""Closing a group, and confirming at once those who are in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import present_tenures
from collegium.core.trail import actions as trail

from .. import events
from ..models import Confirmation, Group, Membership, Office
from ..queries.waiting import unconfirmed, unconfirmed_tenures
from ..rules import check_close_group
from .circles import settle_group, told_to_members


@transaction.atomic
def close_group(group: Group, *, viewer: Viewer, at: datetime) -> Group:
    """From now on a second person confirms everybody who is in, those present as well: until then they are out.

    One person alone must not be able to let somebody into a closed group, neither by adding them just before. A closed
    group is never opened again: its members wrote for those whom two people had let in.
    """
    locked = _close(group, viewer=viewer, at=at)
    settle_group(locked)
    return locked


def _close(group: Group, *, viewer: Viewer, at: datetime) -> Group:
    locked = Group.objects.select_for_update(of=("self",)).select_related("entry", "circle").get(pk=group.pk)
    check_close_group(viewer, locked)
    locked.is_closed = True
    locked.save(update_fields=["is_closed"])
    trail.record(events.GROUP_CLOSED, on=locked, by=viewer.person, at=at, audience=told_to_members(locked))
    return locked


@transaction.atomic
def close_group_around(group: Group, *, viewer: Viewer, at: datetime) -> Group:
    """Close a group and confirm, in one deed, whoever is in it and was let in by somebody else.

    So two people stand behind each, as everywhere in a closed group: whoever recorded or invited them, and whoever
    closes it. Those whom the closer let in wait for another person, and so does the closer.
    """
    locked = _close(group, viewer=viewer, at=at)
    confirmed = _confirm_present(locked, by=viewer.person, at=at)
    facts = {"memberships": confirmed.memberships, "tenures": confirmed.tenures, "offices": confirmed.offices}
    audience = told_to_members(locked)
    trail.record(events.MEMBERS_CONFIRMED, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    settle_group(locked)
    return locked


@dataclass(frozen=True)
class _Confirmed:
    """Ids of what was confirmed."""

    memberships: list[int]
    offices: list[int]
    tenures: list[int]


def _confirm_present(group: Group, *, by: Any, at: datetime) -> _Confirmed:
    own = present_tenures(at).filter(person=by.pk)
    others = unconfirmed(Membership, group).exclude(given_by=by).exclude(tenure__person=by)
    memberships = _confirm(others.exclude(seat__in=own.values("seat")), by, at)
    offices = _confirm(unconfirmed(Office, group).exclude(given_by=by).exclude(tenure__person=by), by, at)
    # Of seats that are in only by what was just confirmed.
    tenures = unconfirmed_tenures(group, at).exclude(recorded_by=by).exclude(person=by)
    rows = [Confirmation(group=group, tenure=tenure, by=by, at=at) for tenure in tenures]
    Confirmation.objects.bulk_create(rows)
    return _Confirmed(memberships, offices, [row.tenure_id for row in rows])


def _confirm(waiting: Any, by: Any, at: datetime) -> list[int]:
    ids = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
    waiting.model.objects.filter(pk__in=ids).update(confirmed_by=by, confirmed_at=at)
    return ids
