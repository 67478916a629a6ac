"""Who may suspend whom from a group, and read it for the council's team."""

from datetime import datetime

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.models import Admission
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Person
from collegium.core.people.rules import check_office, check_writes

from ..models import Circle, Group, Office, Reading, Suspension
from ..models.suspensions import LONGEST_READING, LONGEST_SUSPENSION
from .membership import check_run_group, is_chair

CHAIRS = [Office.Role.CHAIR, Office.Role.VICE_CHAIR]


def check_suspend(viewer: Viewer, group: Group, person: Person, until: datetime) -> None:
    """An officer or the council's team: a member, until a day within a year, never oneself.

    Whoever holds the chair answers to the team, so only the team suspends a chair.
    """
    check_run_group(viewer, group)
    if person.pk == viewer.person_id:
        raise Refused(_("Nobody suspends themselves."))
    if not viewer.at < until <= viewer.at + LONGEST_SUSPENSION:
        raise Refused(_("A suspension ends on a day to come, a year from now at the latest."))
    if Suspension.objects.filter(group=group, person=person, period__contains=viewer.at).exists():
        raise Refused(_("This person is suspended already."))
    if not _belongs(group, person, viewer.at):
        raise Refused(_("Only somebody who is in the group can be suspended from it."))
    chairs = Office.objects.filter(group=group, tenure__person=person, role__in=CHAIRS, period__contains=viewer.at)
    if chairs.exists() and not viewer.is_among(OFFICE):
        raise Refused(_("Only the council's team can suspend a chair."))


def _belongs(group: Group, person: Person, at: datetime) -> bool:
    audiences = [*Circle.objects.filter(group=group).values_list("audience", flat=True), group.officers_audience_id]
    return Admission.objects.belonging(at).filter(person=person, audience__in=audiences).exists()


def check_lift(viewer: Viewer, suspension: Suspension) -> None:
    """An officer or the council's team while it lasts, never one's own; what the team gave, the team lifts."""
    check_run_group(viewer, suspension.group)
    if suspension.person_id == viewer.person_id:
        raise Refused(_("Somebody else lifts your own suspension."))
    if suspension.by_team and not viewer.is_among(OFFICE):
        raise Refused(_("Only the council's team can lift what it gave."))
    if suspension.lifted_at is not None or viewer.at not in suspension.period:
        raise Refused(_("This suspension has ended already."))


def check_ask_to_read(viewer: Viewer, group: Group) -> None:
    """One of the council's team who is not in the group, once at a time."""
    check_office(viewer)
    assert group.circle is not None  # a founded group has a circle
    if viewer.is_among(group.circle.audience_id):
        raise Refused(_("You can read this group already."))
    if Suspension.objects.filter(group=group, person=viewer.person, period__contains=viewer.at).exists():
        raise Refused(_("You are suspended from this group."))
    if Reading.objects.filter(group=group, person=viewer.person, period=None, ended_at=None).exists():
        raise Refused(_("You have asked already; a second person has to confirm it."))


def check_confirm_reading(viewer: Viewer, reading: Reading, hours: int) -> None:
    """A second person: another of the council's team, or a chair; for a day at most."""
    if not (viewer.is_among(OFFICE) or is_chair(viewer, reading.group)):
        raise Refused(_("Only a chair of the group or the council's team can confirm this."))
    if not viewer.is_among(OFFICE):
        check_writes(viewer, reading.group.officers_audience_id)
    if reading.person_id == viewer.person_id:
        raise Refused(_("A second person has to confirm this."))
    if not reading.is_waiting:
        raise Refused(_("This was answered already."))
    if not 1 <= hours <= LONGEST_READING.total_seconds() // 3600:
        raise Refused(_("A reading lasts between 1 and 24 hours."))


def check_end_reading(viewer: Viewer, reading: Reading) -> None:
    """Whoever asked, a chair, or the council's team: what waits is refused, what runs is ended."""
    if not (viewer.is_among(OFFICE) or is_chair(viewer, reading.group)):
        raise Refused(_("Only a chair of the group or the council's team can end this."))
    if not (reading.is_waiting or (reading.ended_at is None and reading.is_running(viewer.at))):
        raise Refused(_("This reading is over already."))
