"""Changing whom a group admits: narrowing at once, widening by a new circle."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.actions import settle_shared
from collegium.core.access.errors import Refused
from collegium.core.access.models import Audience
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Circle, Group
from ..models.circles import POLICY_FIELDS
from ..rules import check_confirm_widening, check_run_group, check_widen, check_withdraw_widening

# Everybody the group admits now or could admit under any of its policies: settling the rest changes nothing.
_CONCERNED = """
SELECT t.person_id FROM people_tenure t
JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
WHERE EXISTS (SELECT FROM groups_circle c WHERE c.group_id = %s AND f.slug = ANY(c.functions))
UNION SELECT t.person_id FROM groups_membership m JOIN people_tenure t ON t.id = m.tenure_id WHERE m.group_id = %s
UNION SELECT t.person_id FROM groups_office o JOIN people_tenure t ON t.id = o.tenure_id WHERE o.group_id = %s
UNION SELECT a.person_id FROM access_admission a JOIN groups_circle c ON c.audience_id = a.audience_id
WHERE c.group_id = %s
"""


def settle_group(group: Group) -> None:
    """Settle everyone the group concerns."""
    settle_shared(_CONCERNED, [group.pk] * 4)


def told_to_members(group: Group) -> int:
    """The audience of what all members should learn: whoever sees the group's page; of a hidden one, its circle."""
    assert group.circle is not None  # a founded group has a circle
    page = group.entry.audience_id
    return page if page in (PUBLIC, MEMBERS) else group.circle.audience_id


def _record(event: Any, group: Group, *, viewer: Viewer, at: datetime, facts: dict[str, Any]) -> None:
    trail.record(event, on=group, by=viewer.person, at=at, audience=told_to_members(group), facts=facts)


def is_narrower(policy: dict[str, list[str]], than: dict[str, list[str]]) -> bool:
    """Whether everyone the first admits the second admits too."""
    return all(set(policy[field]) <= set(than[field]) for field in POLICY_FIELDS)


@transaction.atomic
def narrow_policy(group: Group, *, policy: dict[str, list[str]], viewer: Viewer, at: datetime) -> Circle:
    """Admit fewer: takes effect at once on all that was written; Refused if it would admit anybody new."""
    check_run_group(viewer, group)
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    circle = Circle.objects.select_for_update(of=("self",)).get(current_of=group.pk)
    if not is_narrower(policy, circle.policy):
        raise Refused(_("This admits people who are not admitted now: propose a widening instead."))
    if is_narrower(circle.policy, policy):
        raise Refused(_("This is whom the group admits already."))
    for field in POLICY_FIELDS:
        setattr(circle, field, policy[field])
    circle.save(update_fields=list(POLICY_FIELDS))
    _record(events.POLICY_NARROWED, group, viewer=viewer, at=at, facts={"policy": circle.policy})
    settle_group(group)
    return circle


@transaction.atomic
def propose_widening(group: Group, *, policy: dict[str, list[str]], viewer: Viewer, at: datetime) -> Circle:
    """Admit more or others, by a new circle: what was written before stays with the old one.

    In a closed group the circle opens when a second person confirms, otherwise at once.
    """
    locked = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    check_widen(viewer, locked)
    present = Circle.objects.get(current_of=locked.pk)
    if is_narrower(policy, present.policy):
        raise Refused(_("This admits nobody new."))
    circle = Circle.objects.create(
        group=locked,
        audience=Audience.objects.create(kind="circle"),
        number=present.number + 1,
        proposed_by=viewer.person,
        proposed_at=at,
        **{field: policy[field] for field in POLICY_FIELDS},
    )
    _record(events.WIDENING_PROPOSED, locked, viewer=viewer, at=at, facts={"policy": circle.policy})
    return circle if locked.is_closed else open_circle(circle, at=at, viewer=viewer)


@transaction.atomic
def confirm_widening(circle: Circle, *, viewer: Viewer, at: datetime) -> Circle:
    """The second person opens the wider circle of a closed group."""
    Group.objects.select_for_update(of=("self",)).get(pk=circle.group_id)
    locked = Circle.objects.select_for_update(of=("self",)).select_related("group").get(pk=circle.pk)
    if locked.opened_at is not None:
        raise Refused(_("This circle is open already."))
    check_confirm_widening(viewer, locked)
    locked.confirmed_by = viewer.person
    locked.save(update_fields=["confirmed_by"])
    return open_circle(locked, at=at, viewer=viewer)


@transaction.atomic
def withdraw_widening(circle: Circle, *, viewer: Viewer, at: datetime) -> None:
    """A widening that waits is given up: nobody was let in by it, and another can be proposed."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=circle.group_id)
    locked = Circle.objects.select_for_update(of=("self",)).select_related("group", "audience").filter(pk=circle.pk)
    waiting = locked.first()
    if waiting is None:
        raise Refused(_("This widening was withdrawn already."))
    check_withdraw_widening(viewer, waiting)
    _record(events.WIDENING_WITHDRAWN, group, viewer=viewer, at=at, facts={"policy": waiting.policy})
    waiting.delete()
    waiting.audience.delete()


def open_circle(circle: Circle, *, at: datetime, viewer: Viewer) -> Circle:
    """Put the wider circle in force. For the deeds that have asked whether it may be, and for trying one out."""
    circle.opened_at = at
    circle.save(update_fields=["opened_at"])
    group = Group.objects.get(pk=circle.group_id)
    group.circle = circle
    group.save(update_fields=["circle"])
    _record(events.CIRCLE_OPENED, group, viewer=viewer, at=at, facts={"circle": circle.number})
    settle_group(group)
    return circle
