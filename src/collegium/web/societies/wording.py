"""What an organization is to the council, in words."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.people.models import Organization, Standing

ALL = gettext_lazy("All")
EVERY_SPECIALTY = gettext_lazy("Every specialty")

Kind, Status = Organization.Kind, Standing.Status


def standing(organization: Any, *, in_full: bool) -> str:
    """A sentence; why a society is not a member at present is said only in full."""
    kind = organization.kind
    if kind == Kind.COUNCIL:
        return _("The council itself")
    if kind == Kind.RELATED_BODY:
        return _("A body outside the council, with which it keeps in touch")
    if kind == Kind.PARTNER:
        return _("A partner of the council")
    if kind in (Kind.SUBSPECIALTY, Kind.FOUNDATION):
        return _dependent(organization)
    return _society(organization, in_full=in_full)


def _dependent(organization: Any) -> str:
    words = {"parent": organization.parent.name}
    if organization.status != Status.MEMBER:
        return _("Takes no part at present, as %(parent)s is not a member") % words
    if organization.kind == Kind.FOUNDATION:
        return _("Takes part as the foundation of %(parent)s") % words
    return _("Takes part as a subspecialty society designated by %(parent)s") % words


def _society(organization: Any, *, in_full: bool) -> str:
    status, since = organization.status, organization.standing_since
    words = {"day": date_format(since, "j F Y")} if since else {}
    if status == Status.MEMBER:
        return _("Member society since %(year)s") % {"year": since.year} if since else _("Member society")
    sentences = {
        Status.APPLICANT: _("Has applied for membership on %(day)s"),
        Status.SUSPENDED: _("Membership suspended since %(day)s"),
        Status.FORMER: _("Former member; left on %(day)s"),
    }
    if in_full and status in sentences and words:
        return sentences[status] % words
    return _("Not a member at present")
