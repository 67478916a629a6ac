"""Who may apply with a role, and who may turn which of the two keys."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Function, Organization, Tenure
from collegium.core.people.rules import check_office

from .models import Application, Group
from .queries.applications import applicant, key_holder, key_holders, roles_of, societies_of
from .queries.criteria import criteria_of_application
from .queries.eligibility import eligible_tenures

State = Application.State


def takes_applications(group: Group) -> bool:
    """Whether a role can let somebody in at all."""
    return group.joining != Group.Joining.INVITATION and group.circle is not None and bool(group.circle.functions)


def check_apply(group: Group, society: Organization, function: Function, at: datetime) -> None:
    """The group can be joined, with a role its present policy names at an organization it admits."""
    if not takes_applications(group):
        raise Refused(_("Members of this group are invited; it takes no applications."))
    if not roles_of(group).filter(pk=function.pk).exists():
        raise Refused(_("The group does not admit this function."))
    if not societies_of(group, at).filter(pk=society.pk).exists():
        raise Refused(_("The group does not admit people of this organization."))


def check_apply_with_role(viewer: Viewer, group: Group, society: Organization, function: Function, email: str) -> None:
    """Somebody who can be written to, whom none of their present seats lets in, once."""
    check_apply(group, society, function, viewer.at)
    if viewer.person is None or not email:
        raise Refused(_("Add an address to your account first: the answer comes by letter."))
    if eligible_tenures(group, viewer.at, person_id=viewer.person_id).exists():
        raise Refused(_("The group admits a seat of yours already; ask on its page."))
    mine = Application.objects.filter(group=group, person=viewer.person, state__in=Application.OPEN)
    if mine.exists():
        raise Refused(_("You have applied already; you were sent a letter with the way to it."))


def check_verify(application: Application, at: datetime) -> None:
    """Within 72 hours, once, and not beside another application from the same address."""
    if application.state == State.WITHDRAWN:
        raise Refused(_("You have withdrawn this application. Ask again on the group’s page."))
    if application.state not in (State.UNVERIFIED, State.LAPSED):
        raise Refused(_("This address is verified already."))
    same = Application.objects.filter(group=application.group_id, email=application.email, state__in=Application.OPEN)
    if same.exists():
        raise Refused(_("You have applied to this group already, from the same address."))
    if application.state == State.LAPSED or application.is_too_late(at):
        raise Refused(_("This link has run out. Ask again on the group’s page."))


def check_withdraw_application(application: Application) -> None:
    """While nobody has decided."""
    if application.state not in (State.UNVERIFIED, *Application.OPEN):
        raise Refused(_("This application was already answered."))


def check_answer_for_society(application: Application, holder: Tenure, at: datetime) -> None:
    """Somebody who was asked, in a tenure that lasts, while the society has not answered."""
    if application.state != State.SOCIETY:
        raise Refused(_("This was already answered."))
    if key_holder(application, holder.pk, at) is None:
        raise Refused(_("Only the society’s liaison or chief executive can answer this."))


def check_vouch_for_role(viewer: Viewer, application: Application, remark: str) -> None:
    """The council's team, where nobody at the society could be asked, saying who gave the society's word."""
    check_office(viewer)
    _check_not_own(viewer, application)
    if application.state != State.SOCIETY:
        raise Refused(_("The society has answered already."))
    if key_holders(application, viewer.at):
        raise Refused(_("The society has somebody who can confirm the role; ask them again."))
    if not remark.strip():
        raise Refused(_("Say who confirmed the role for the society, and how."))


def check_ask_society_again(viewer: Viewer, application: Application) -> None:
    """The council's team, somebody who is there, once a day."""
    check_office(viewer)
    if application.state != State.SOCIETY:
        raise Refused(_("The society has answered already."))
    if not key_holders(application, viewer.at):
        raise Refused(_("The society has neither a liaison nor a chief executive who could be asked."))
    asked = application.society_asked_at
    if asked is not None and (viewer.at - asked).total_seconds() < 24 * 3600:
        raise Refused(_("The society was asked less than a day ago."))


def check_decline_application(viewer: Viewer, application: Application) -> None:
    """The council's team, while it is open, never one's own."""
    check_office(viewer)
    _check_not_own(viewer, application)
    if not application.is_open:
        raise Refused(_("This application was already answered."))


def check_approve_application(viewer: Viewer, application: Application) -> None:
    """After the society, by somebody else than turned the first key, and as long as the policy admits the role."""
    check_decline_application(viewer, application)
    if application.state != State.COUNCIL:
        raise Refused(_("The society has not confirmed the role yet."))
    if application.confirmed_by_id == viewer.person_id:
        raise Refused(_("You turned the first key; somebody else turns the second."))
    failing = [row for row in criteria_of_application(application, viewer.at) if row.fails]
    if failing:
        named = ", ".join(f"{row.label}: {row.found}" for row in failing)
        raise Refused(_("The group’s policy does not admit this. %(criteria)s.") % {"criteria": named})


def _check_not_own(viewer: Viewer, application: Application) -> None:
    if applicant(application, viewer.at) == viewer.person_id:
        raise Refused(_("Somebody else answers your own application."))
