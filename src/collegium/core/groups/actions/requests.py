"""Asking to join a group, and the answer."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Tenure
from collegium.core.trail import actions as trail

from .. import events
from ..models import Group, JoinRequest
from ..rules import check_answer_request, check_approve_request, check_request_to_join
from .memberships import add_seat


@transaction.atomic
def request_to_join(group: Group, *, tenure: Tenure, note: str, viewer: Viewer, at: datetime) -> JoinRequest:
    """Ask to join with one's seat; officers and the council's team are told."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    check_request_to_join(viewer, group, tenure)
    request = JoinRequest.objects.create(group=group, tenure=tenure, note=note, asked_at=at)
    _record(events.JOIN_REQUESTED, request, by=viewer.person, at=at)
    return request


def _record(event: Any, request: JoinRequest, *, by: Any, at: datetime) -> None:
    """The event stands in the group's history for its officers: who asked is not for everyone."""
    group = request.group
    facts = {"request": request.pk, "person": request.tenure.person_id}
    trail.record(event, on=group, by=by, at=at, audience=group.officers_audience_id, facts=facts)


@transaction.atomic
def withdraw_request(request: JoinRequest, *, viewer: Viewer, at: datetime) -> JoinRequest:
    """Take back one's own request while it waits."""
    locked = _locked(request)
    if locked.tenure.person_id != viewer.person_id or locked.state != JoinRequest.State.WAITING:
        raise Refused(_("You can withdraw only a request of your own that still waits."))
    locked.state = JoinRequest.State.WITHDRAWN
    locked.save(update_fields=["state"])
    _record(events.JOIN_WITHDRAWN, locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def approve_request(request: JoinRequest, *, viewer: Viewer, at: datetime, reason: str = "") -> JoinRequest:
    """The seat joins; in a closed group once a second person has confirmed it."""
    locked = _locked(request)
    check_approve_request(viewer, locked)
    _answer(locked, JoinRequest.State.APPROVED, reason, by=viewer.person, at=at)
    add_seat(locked.group, seat=locked.tenure.seat, by=viewer.person, at=at)
    _record(events.JOIN_APPROVED, locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def decline_request(request: JoinRequest, *, viewer: Viewer, at: datetime, reason: str) -> JoinRequest:
    """Say no, with a reason the person will read."""
    locked = _locked(request)
    check_answer_request(viewer, locked)
    if not reason.strip():
        raise Refused(_("Give the reason: the person will read it."))
    _answer(locked, JoinRequest.State.DECLINED, reason, by=viewer.person, at=at)
    _record(events.JOIN_DECLINED, locked, by=viewer.person, at=at)
    return locked


def _locked(request: JoinRequest) -> JoinRequest:
    rows = JoinRequest.objects.select_for_update(of=("self",))
    return rows.select_related("group__circle", "tenure__seat", "tenure__person").get(pk=request.pk)


def _answer(request: JoinRequest, state: str, reason: str, *, by: Any, at: datetime) -> None:
    request.state, request.reason, request.decided_by, request.decided_at = state, reason, by, at
    request.save(update_fields=["state", "reason", "decided_by", "decided_at"])
