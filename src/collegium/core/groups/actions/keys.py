"""The two keys of an application: the society confirms the role, the council's team the fit."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people.actions import open_seat, register_person, start_tenure
from collegium.core.people.actions.addresses import lock_address
from collegium.core.people.models import Person, Seat, Tenure
from collegium.core.people.queries import live_owner
from collegium.core.trail import actions as trail

from .. import events
from ..application_rules import (
    check_answer_for_society,
    check_approve_application,
    check_ask_society_again,
    check_decline_application,
    check_vouch_for_role,
)
from ..models import Application, Group, Membership
from ..queries.eligibility import eligible_tenures
from .applications import locked, record
from .memberships import add_person, add_seat

State = Application.State


@transaction.atomic
def confirm_role(application: Application, *, holder: Tenure, at: datetime, remark: str = "") -> Application:
    """The first key: the society's liaison or chief executive stands by the role."""
    found = locked(application)
    check_answer_for_society(found, holder, at)
    _turn_first(found, remark, by=holder.person, at=at)
    record(events.ROLE_CONFIRMED, found, by=holder.person, at=at, acting_for=found.society)
    return found


def _turn_first(application: Application, remark: str, *, by: Any, at: datetime) -> None:
    application.state, application.remark = State.COUNCIL, remark
    application.confirmed_by, application.confirmed_at = by, at
    application.save(update_fields=["state", "remark", "confirmed_by", "confirmed_at"])


@transaction.atomic
def deny_role(application: Application, *, holder: Tenure, reason: str, at: datetime) -> Application:
    """Not one of ours: the society ends the application, with a reason the applicant reads."""
    found = locked(application)
    check_answer_for_society(found, holder, at)
    _decline(found, reason, by=holder.person, at=at)
    record(events.ROLE_DENIED, found, by=holder.person, at=at, acting_for=found.society)
    return found


def _decline(application: Application, reason: str, *, by: Any, at: datetime) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason: the person will read it."))
    application.state, application.reason = State.DECLINED, reason
    application.decided_by, application.decided_at = by, at
    application.save(update_fields=["state", "reason", "decided_by", "decided_at"])


@transaction.atomic
def vouch_for_role(application: Application, *, viewer: Viewer, remark: str, at: datetime) -> Application:
    """The first key where the society has nobody who could be asked by letter: the team says whose word it has."""
    found = locked(application)
    check_vouch_for_role(viewer, found, remark)
    _turn_first(found, remark, by=viewer.person, at=at)
    record(events.ROLE_VOUCHED, found, by=viewer.person, at=at)
    return found


@transaction.atomic
def ask_society_again(application: Application, *, viewer: Viewer, at: datetime) -> Application:
    """Write once more to whoever can confirm the role now."""
    found = locked(application)
    check_ask_society_again(viewer, found)
    found.society_asked_at = at
    found.save(update_fields=["society_asked_at"])
    record(events.SOCIETY_ASKED_AGAIN, found, by=viewer.person, at=at)
    return found


@transaction.atomic
def decline_application(application: Application, *, viewer: Viewer, reason: str, at: datetime) -> Application:
    """The council's team says no, with a reason the applicant reads."""
    found = locked(application)
    check_decline_application(viewer, found)
    _decline(found, reason, by=viewer.person, at=at)
    record(events.APPLICATION_DECLINED, found, by=viewer.person, at=at)
    return found


@transaction.atomic
def approve_application(application: Application, *, viewer: Viewer, at: datetime, reason: str = "") -> Application:
    """The second key: the person is made known, takes the seat from today on and comes in as the group is joined.

    An address that is somebody's by now leads to that person. In a closed group a second person has yet to confirm.
    """
    group = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=application.group_id)
    found = locked(application)
    check_approve_application(viewer, found)
    seat = open_seat(found.society, found.function)
    tenure = _seated(found, seat, by=viewer.person, at=at)
    _let_in(group, tenure, by=viewer.person, at=at)
    found.state, found.reason, found.tenure = State.APPROVED, reason, tenure
    found.decided_by, found.decided_at = viewer.person, at
    found.save(update_fields=["state", "reason", "tenure", "decided_by", "decided_at"])
    facts = {"society": found.society_id, "function": found.function_id, "tenure": tenure.pk}
    trail.record(events.APPLICATION_APPROVED, on=found, by=viewer.person, at=at, audience=OFFICE, facts=facts)
    return found


def _seated(application: Application, seat: Seat, *, by: Any, at: datetime) -> Tenure:
    """The person in the seat: in a tenure there is that the group admits, or in one that begins today."""
    person = _person(application, by=by, at=at)
    present = eligible_tenures(application.group, at, person_id=person.pk).filter(seat=seat).first()
    if present is not None:
        return present
    return start_tenure(
        seat,
        person=person,
        title=application.title,
        capacity=application.capacity,
        leadership=application.leadership,
        starts_on=at.astimezone(ZoneInfo(application.society.time_zone)).date(),
        by=by,
        at=at,
    )


def _person(application: Application, *, by: Any, at: datetime) -> Person:
    if application.person is not None:
        return application.person
    lock_address(application.email)
    zone = application.society.time_zone
    owner = live_owner(application.email, at)
    return owner or register_person(application.name, email=application.email, by=by, at=at, time_zone=zone)


def _let_in(group: Group, tenure: Tenure, *, by: Any, at: datetime) -> None:
    """By office the seat is enough; else the seat joins, or the person where members are invited by now."""
    if group.joining == Group.Joining.EX_OFFICIO:
        return
    present = Membership.objects.filter(group=group, period__upper_inf=True)
    if present.filter(Q(tenure=tenure) | Q(seat=tenure.seat_id)).exists():
        return
    if group.joining == Group.Joining.INVITATION:
        add_person(group, tenure=tenure, by=by, at=at)
    else:
        add_seat(group, seat=tenure.seat, by=by, at=at)
