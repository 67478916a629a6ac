"""What waits for somebody: requests to join, and what a closed group has to confirm."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from collegium.core.people.models import Tenure
from collegium.core.people.queries import present_tenures

from ..models import Circle, Group, JoinRequest, Membership, Office
from .eligibility import eligible_tenures


def waiting_requests(group: Group, at: datetime) -> QuerySet[JoinRequest]:
    """Requests without an answer, oldest first; one ends with the seat it was made with."""
    asking = group.requests.filter(state=JoinRequest.State.WAITING, tenure__in=present_tenures(at).values("pk"))
    found = asking.order_by("asked_at")
    return found.select_related("tenure__person", "tenure__seat__function", "tenure__seat__organization__entry")


def waiting_confirmations(group: Group, at: datetime) -> dict[str, list[Any]]:
    """What took a first person and waits for a second: `{tenures, members, officers, circles}`."""
    if not group.is_closed:
        return {"tenures": [], "members": [], "officers": [], "circles": []}
    people = ("tenure__person", "tenure__seat__function", "tenure__seat__organization__entry")
    return {
        "tenures": list(unconfirmed_tenures(group, at)),
        "members": list(unconfirmed(Membership, group).select_related("seat__organization__entry", *people)),
        "officers": list(unconfirmed(Office, group).select_related(*people)),
        "circles": list(Circle.objects.filter(group=group, opened_at=None)),
    }


def unconfirmed(model: Any, group: Group) -> Any:
    """Memberships or offices of the group in force that nobody confirmed."""
    return model.objects.filter(group=group, confirmed_at=None, period__upper_inf=True).order_by("pk")


_MEMBER_SEATS = """
SELECT t.id FROM people_tenure t WHERE EXISTS (
    SELECT FROM groups_membership m WHERE m.group_id = %s AND m.seat_id = t.seat_id AND m.confirmed_at IS NOT NULL
    AND upper_inf(m.period))"""


def unconfirmed_tenures(group: Group, at: datetime) -> QuerySet[Tenure]:
    """Holders, also those whose tenure is about to begin, whom the policy admits and nobody has confirmed.

    Ex officio all, else those whose seat is in.
    """
    found = eligible_tenures(group, at, or_later=True).exclude(confirmations__group=group)
    if group.joining != Group.Joining.EX_OFFICIO:
        found = found.filter(pk__in=RawSQL(_MEMBER_SEATS, [group.pk]))  # noqa: S611 - a constant with a parameter
    return found
