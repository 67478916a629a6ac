"""Whom a window shuts out: who cannot answer in the time it leaves, by what they told of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.people.models import Organization
from collegium.core.people.queries import member_societies

from ..models import LeadTime, Sitting


@dataclass(frozen=True, slots=True)
class ShutOut:
    """A society that cannot answer in a window, and why, in words."""

    organization: Organization
    reason: str


def shut_out(organizations: list[Organization], *, act: str, opens_at: datetime, closes_at: datetime) -> list[ShutOut]:
    """Those who need more days than there are, or a meeting and have none between; whoever told nothing can.

    Days are counted in each organization's own time zone. A meeting counts if it lies at least as many days after the
    opening as the organization needs to prepare, and not after the day of the end.
    """
    leads = {row.organization_id: row for row in LeadTime.objects.filter(organization__in=organizations, act=act)}
    sittings: dict[int, list[date]] = {}
    for sitting in Sitting.objects.filter(organization__in=leads).order_by("on"):
        sittings.setdefault(sitting.organization_id, []).append(sitting.on)
    found = []
    for organization in organizations:
        lead = leads.get(organization.pk)
        reason = lead and _why(lead, sittings.get(organization.pk, []), organization, opens_at, closes_at)
        if reason:
            found.append(ShutOut(organization, reason))
    return found


def shut_out_members(*, act: str, opens_at: datetime, closes_at: datetime) -> tuple[int, list[ShutOut]]:
    """How many member societies would be asked at the opening, and whom of them such a window shuts out."""
    asked = list(member_societies(opens_at))
    return len(asked), shut_out(asked, act=act, opens_at=opens_at, closes_at=closes_at)


def _why(
    lead: LeadTime, sittings: list[date], organization: Organization, opens_at: datetime, closes_at: datetime
) -> str:
    first, last = organization.day_of(opens_at), organization.day_of(closes_at)
    there_are = (last - first).days
    if lead.days > there_are:
        words = ngettext(
            "needs %(days)d day, there is time for %(there)d",
            "needs %(days)d days, there is time for %(there)d",
            lead.days,
        )
        return words % {"days": lead.days, "there": there_are}
    if lead.needs_sitting and not any((day - first).days >= lead.days and day <= last for day in sittings):
        return _("decides by meeting only, and none lies in between")
    return ""
