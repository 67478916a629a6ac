"""Applying to a group with a role: before there is an account, or with a role one does not hold here yet."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Function, Organization
from collegium.core.people.queries import live_owner
from collegium.core.trail import actions as trail

from .. import events
from ..application_rules import check_apply, check_apply_with_role, check_verify, check_withdraw_application
from ..models import Application, Group
from ..models.applications import VERIFIED_WITHIN

# What nobody verified is kept a little longer, so that the council's team sees how the door is used.
KEPT_FOR = timedelta(days=30)


class AddressKnown(Refused):
    """The address is that of an account, or of an open application: only whoever reads letters there may know."""

    def __init__(self, application: Application | None) -> None:
        super().__init__(_("There is an account or an application with this address already."))
        self.application = application


@transaction.atomic
def apply_to_join(
    group: Group, *, email: str, society: Organization, function: Function, at: datetime, **role: Any
) -> Application:
    """Somebody without an account asks; it counts from when the address is verified.

    `role` has `name`, `title`, `capacity`, `leadership`, `note`. Raises AddressKnown, after the same work, if the
    address is somebody's or has applied: whoever measures how long the answer takes learns nothing.
    """
    email = email.strip().lower()
    check_apply(group, society, function, at)
    owner = live_owner(email, at)
    earlier = Application.objects.filter(group=group, email=email, state__in=Application.OPEN).first()
    with transaction.atomic():
        application = Application.objects.create(
            group=group, email=email, society=society, function=function, asked_at=at, **role
        )
        if owner is not None or earlier is not None:
            transaction.set_rollback(True)
    if owner is not None or earlier is not None:
        raise AddressKnown(earlier if owner is None else None)
    return application


@transaction.atomic
def apply_with_role(
    group: Group,
    *,
    email: str,
    society: Organization,
    function: Function,
    viewer: Viewer,
    at: datetime,
    **role: Any,
) -> Application:
    """Somebody whose present seats the policy does not admit asks with another role; their address is known."""
    Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    check_apply_with_role(viewer, group, society, function, email)
    assert viewer.person is not None  # the rule asked
    application = _created(
        group=group,
        person=viewer.person,
        name=viewer.person.name,
        email=email.lower(),
        society=society,
        function=function,
        state=Application.State.SOCIETY,
        asked_at=at,
        verified_at=at,
        society_asked_at=at,
        **role,
    )
    record(events.APPLICATION_MADE, application, by=viewer.person, at=at)
    return application


def _created(**fields: Any) -> Application:
    try:
        with transaction.atomic():
            return Application.objects.create(**fields)
    except IntegrityError as error:
        if "applied_once" not in str(error):
            raise
        raise Refused(_("You have applied to this group already, from the same address.")) from error


def record(event: Any, application: Application, *, by: Any, at: datetime, acting_for: Any = None) -> None:
    """For the council's team: that somebody applied is nobody else's business."""
    facts = {"society": application.society_id, "function": application.function_id}
    trail.record(event, on=application, by=by, at=at, audience=OFFICE, acting_for=acting_for, facts=facts)


def locked(application: Application) -> Application:
    """The row, nobody else changing it; with all that rules ask of it."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("group__entry", "group__circle", "society__entry", "function", "person").get(
        pk=application.pk
    )


@transaction.atomic
def verify_application(application: Application, *, at: datetime) -> Application:
    """Whoever reads letters at the address says it was them: from now on it counts, and the society is asked.

    Others typed with the same address lapse.
    """
    Group.objects.select_for_update(of=("self",), no_key=True).get(pk=application.group_id)
    found = locked(application)
    check_verify(found, at)
    found.state, found.verified_at, found.society_asked_at = Application.State.SOCIETY, at, at
    found.save(update_fields=["state", "verified_at", "society_asked_at"])
    same = Application.objects.filter(group=found.group_id, email=found.email, state=Application.State.UNVERIFIED)
    same.update(state=Application.State.LAPSED)
    record(events.APPLICATION_VERIFIED, found, by=None, at=at)
    return found


@transaction.atomic
def withdraw_application(application: Application, *, at: datetime) -> Application:
    """The applicant takes it back, by the link only they were sent."""
    found = locked(application)
    check_withdraw_application(found)
    found.state = Application.State.WITHDRAWN
    found.save(update_fields=["state"])
    record(events.APPLICATION_WITHDRAWN, found, by=found.person, at=at)
    return found


@transaction.atomic
def lapse_applications(*, at: datetime) -> int:
    """Those whose address nobody verified in time; returns how many."""
    late = Application.objects.filter(state=Application.State.UNVERIFIED, asked_at__lte=at - VERIFIED_WITHIN)
    return late.update(state=Application.State.LAPSED)


@transaction.atomic
def forget_lapsed_applications(*, at: datetime) -> int:
    """What somebody typed about somebody who never said so is not kept; returns how many were forgotten."""
    old = Application.objects.filter(state=Application.State.LAPSED, asked_at__lte=at - KEPT_FOR)
    return old.delete()[0]
