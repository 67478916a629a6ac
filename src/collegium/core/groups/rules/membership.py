"""Who may join, run and widen a group."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import with_grounds
from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Tenure
from collegium.core.people.queries import present_tenures
from collegium.core.people.rules import check_office, check_society_writes, check_writes

from ..models import Circle, Group, JoinRequest, Membership, Office
from ..queries.eligibility import eligible_persons, eligible_tenures
from ..queries.rosters import officers_of

_CAN_ACT = """
SELECT EXISTS (SELECT FROM tenures t JOIN in_standing s USING (organization_id)
WHERE t.tenure_id = %(tenure)s AND t.period * s.period && tstzrange(%(at)s, NULL))"""


def check_run_group(viewer: Viewer, group: Group) -> None:
    """An officer of the group, or the council's team."""
    if not (viewer.is_among(group.officers_audience_id) or viewer.is_among(OFFICE)):
        raise Refused(_("Only an officer of the group or the council's team can do this."))
    if not viewer.is_among(OFFICE):
        check_writes(viewer, group.officers_audience_id)


MOST_HELD_AT_FIRST = 50


def check_change_holding(viewer: Viewer, group: Group, *, holding: str, held_at_first: int) -> None:
    """An officer or the council's team; something known and new."""
    check_run_group(viewer, group)
    if holding not in Group.Holding.values:
        raise Refused(_("There is no such choice."))
    if not 1 <= held_at_first <= MOST_HELD_AT_FIRST:
        raise Refused(_("Choose a number from 1 to %(most)s.") % {"most": MOST_HELD_AT_FIRST})
    is_same = holding == group.holding
    if is_same and (holding != Group.Holding.NEWCOMERS or held_at_first == group.held_at_first):
        raise Refused(_("This is what is held already."))


def check_eligible(group: Group, tenure: Tenure, viewer: Viewer) -> None:
    """The tenure is the viewer's own, in force, and the group's present policy admits it."""
    if tenure.person_id != viewer.person_id:
        raise Refused(_("You can join only with a seat of your own."))
    check_society_writes(tenure.seat.organization)
    if not eligible_tenures(group, viewer.at, person_id=tenure.person_id).filter(pk=tenure.pk).exists():
        raise Refused(_("The group does not admit this seat."))


def check_invite_person(viewer: Viewer, group: Group, tenure: Tenure) -> None:
    """An officer or the council's team, somebody whose tenure lasts at an organization in good standing."""
    check_run_group(viewer, group)
    _check_can_act(tenure, viewer.at)


def check_name_officer(viewer: Viewer, tenure: Tenure, role: str) -> None:
    """The council's team, somebody whose tenure lasts at an organization in good standing."""
    check_office(viewer)
    if role not in Office.Role.values:
        raise Refused(_("There is no such office."))
    _check_can_act(tenure, viewer.at)


def _check_can_act(tenure: Tenure, at: datetime) -> None:
    """Otherwise the deed would be recorded and admit nobody."""
    with connection.cursor() as cursor:
        grounds = with_grounds("tenures", "standings", "in_standing", among="= %(person)s")
        cursor.execute(f"{grounds} {_CAN_ACT}", {"person": tenure.person_id, "tenure": tenure.pk, "at": at})
        if not cursor.fetchone()[0]:
            raise Refused(_("This person's tenure has ended, or its society is not a member now."))


def check_leave_group(viewer: Viewer, membership: Membership) -> None:
    """With a seat one holds now, or from what one was invited to; a former holder has no say."""
    if membership.seat_id:
        is_own = present_tenures(viewer.at).filter(person=viewer.person_id, seat=membership.seat_id).exists()
    else:
        is_own = membership.tenure is not None and membership.tenure.person_id == viewer.person_id
    if viewer.person_id is None or not is_own:
        raise Refused(_("You can leave only with a seat of your own."))


def check_join_group(viewer: Viewer, group: Group, tenure: Tenure) -> None:
    """Only where joining is open, with an admitted seat that is not in yet."""
    if group.joining != Group.Joining.OPEN:
        raise Refused(_("This group is not joined by oneself."))
    check_eligible(group, tenure, viewer)
    _refuse_member(group, tenure)


def check_request_to_join(viewer: Viewer, group: Group, tenure: Tenure) -> None:
    """Only where joining is on request, with an admitted seat that is not in and has not asked yet."""
    if group.joining != Group.Joining.ON_REQUEST:
        raise Refused(_("This group takes no requests."))
    check_eligible(group, tenure, viewer)
    _refuse_member(group, tenure)
    if JoinRequest.objects.filter(group=group, tenure=tenure, state=JoinRequest.State.WAITING).exists():
        raise Refused(_("You have asked already; the group's officers will answer."))


def _refuse_member(group: Group, tenure: Tenure) -> None:
    if Membership.objects.filter(group=group, seat=tenure.seat_id, period__upper_inf=True).exists():
        raise Refused(_("Your seat is a member already."))


def check_answer_request(viewer: Viewer, request: JoinRequest) -> None:
    """An officer or the council's team, while it waits, and never one's own."""
    check_run_group(viewer, request.group)
    if request.tenure.person_id == viewer.person_id:
        raise Refused(_("Somebody else answers your own request."))
    if request.state != JoinRequest.State.WAITING:
        raise Refused(_("This request was already answered."))


def check_approve_request(viewer: Viewer, request: JoinRequest) -> None:
    """As for any answer; and whoever asked still holds a seat the group admits."""
    check_answer_request(viewer, request)
    if not eligible_tenures(request.group, viewer.at).filter(pk=request.tenure_id).exists():
        raise Refused(_("Whoever asked no longer holds a seat this group admits."))


def check_confirm(viewer: Viewer, group: Group, *, first: int | None, gains: Collection[int]) -> None:
    """A second person confirms: a chair, or another of the council's team; not the first, nor who gains by it.

    `first` is the id of the person who did the first half; `gains` those of the persons it admits.
    """
    if not group.is_closed:
        raise Refused(_("This group asks for no confirmation."))
    _check_has_key(viewer, group, _("Only a chair of the group or the council's team can confirm this."))
    if viewer.person_id == first:
        raise Refused(_("A second person has to confirm this."))
    if viewer.person_id in gains:
        raise Refused(_("Whoever gains by it cannot confirm it."))


def _check_has_key(viewer: Viewer, group: Group, refusal: str) -> None:
    """A chair whose society is not silent, or the council's team."""
    if viewer.is_among(OFFICE):
        return
    if not is_chair(viewer, group):
        raise Refused(refusal)
    check_writes(viewer, group.officers_audience_id)


def is_chair(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer chairs the group at the moment."""
    if not viewer.is_among(group.officers_audience_id):
        return False
    chairs = officers_of([group], viewer.at).filter(role__in=[Office.Role.CHAIR, Office.Role.VICE_CHAIR])
    return chairs.filter(tenure__person=viewer.person_id).exists()


def check_confirm_tenure(viewer: Viewer, group: Group, tenure: Tenure) -> None:
    """A second person; and the policy admits the tenure, today or on a later day."""
    check_confirm(viewer, group, first=tenure.recorded_by_id, gains={tenure.person_id})
    if not eligible_tenures(group, viewer.at, person_id=tenure.person_id, or_later=True).filter(pk=tenure.pk).exists():
        raise Refused(_("The group does not admit this seat."))


def check_confirm_widening(viewer: Viewer, circle: Circle) -> None:
    """A second person whom the wider circle does not let in."""
    assert circle.group.circle is not None  # a founded group has a circle
    gains = eligible_persons(circle, viewer.at) - eligible_persons(circle.group.circle, viewer.at)
    check_confirm(viewer, circle.group, first=circle.proposed_by_id, gains=gains)


def check_withdraw_widening(viewer: Viewer, circle: Circle) -> None:
    """Whoever could confirm such a one, the first person too, while it waits."""
    _check_has_key(viewer, circle.group, _("Only a chair of the group or the council's team can withdraw this."))
    if circle.opened_at is not None:
        raise Refused(_("This circle is open already."))


def check_widen(viewer: Viewer, group: Group) -> None:
    """The council's team, one widening at a time."""
    if not viewer.is_among(OFFICE):
        raise Refused(_("Only the council's team can change whom a group admits."))
    if Circle.objects.filter(group=group, opened_at=None).exists():
        raise Refused(_("Another widening waits for its confirmation."))


def check_change_group(viewer: Viewer, group: Group, *, kind: str, joining: str, page_audience: int) -> None:
    """The council's team; a governing body is closed, and a closed group keeps the way one comes in by office."""
    check_office(viewer)
    if kind == Group.Kind.GOVERNING_BODY and not group.is_closed:
        raise Refused(_("A governing body is a closed group: close it first."))
    by_office = Group.Joining.EX_OFFICIO
    if group.is_closed and joining != group.joining and by_office in (joining, group.joining):
        raise Refused(_("In a closed group one goes on coming in as when it was closed: by office, or not."))
    if page_audience not in (PUBLIC, MEMBERS, OFFICE):
        raise Refused(_("The page of a group is for everyone, for member societies or for the council's team."))


def check_close_group(viewer: Viewer, group: Group) -> None:
    """The council's team, once."""
    check_office(viewer)
    if group.is_closed:
        raise Refused(_("This group is closed already."))
