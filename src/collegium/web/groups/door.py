"""Where a person stands before the door of a group, and what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group, JoinRequest, Suspension

from ..together import Row

Joining, State = Group.Joining, JoinRequest.State


@dataclass(frozen=True)
class Door:
    """`state` is one word for the template; the rest is what its sentences and forms need."""

    state: str
    joining: str
    # Own seats the group admits that are not in it.
    free: Sequence[Row]
    # Own seats that are in it by a membership that can be ended.
    joined: Sequence[Row]
    request: Row | None
    reasons: Sequence[Row]
    # What the group needs of the viewer and has not got.
    asked: Sequence[Row]
    suspension: Suspension | None

    @property
    def takes_seats(self) -> bool:
        """Whether one of the viewer's seats can join by itself."""
        return self.joining == Joining.OPEN and bool(self.free)

    @property
    def takes_requests(self) -> bool:
        """Whether one of the viewer's seats can ask."""
        waits = self.request is not None and self.request["state"] == State.WAITING
        return self.joining == Joining.ON_REQUEST and bool(self.free) and not waits

    @property
    def is_shut(self) -> bool:
        """Whether there is nothing the viewer could do or wait for."""
        return self.state in ("by_invitation", "not_admitted", "no_seat")

    @property
    def was_declined(self) -> bool:
        return bool(self.request and self.request["state"] == State.DECLINED)


def door(group: Group, viewer: Viewer, **own: Any) -> Door:
    """The door as the viewer finds it.

    `own` are the viewer's present `seats`, `requests` (newest first), `reasons`, what is `asked`, and the `suspension`.
    """
    seats, requests = own["seats"], own["requests"]
    request = requests[0] if requests else None
    free = [seat for seat in seats if seat["is_eligible"] and not seat["membership_id"]]
    joined = [seat for seat in seats if seat["membership_id"]]
    asked = [row for row in own["asked"] if not row["is_accepted"]]
    state = _barred(own["suspension"], asked) or _state(group, viewer, seats, free, request)
    return Door(state, group.joining, free, joined, request, own["reasons"], asked, own["suspension"])


def _barred(suspension: Suspension | None, asked: list[Row]) -> str:
    """What keeps somebody out who would otherwise be in."""
    if suspension is not None:
        return "suspended"
    return "undertake" if any(row["is_barred"] for row in asked) else ""


def _state(group: Group, viewer: Viewer, seats: list[Row], free: list[Row], request: Row | None) -> str:
    assert group.circle is not None  # a founded group has a circle
    if viewer.person is None:
        return "signed_out"
    if viewer.belongs_to(group.circle.audience_id):
        return "in"
    if request and request["state"] == State.WAITING:
        return "asked"
    if any(_waits_for_second_key(group, seat) for seat in seats):
        return "unconfirmed"
    if group.joining == Joining.INVITATION:
        return "by_invitation"
    if free:
        return {Joining.OPEN: "may_join", Joining.ON_REQUEST: "may_ask"}.get(Joining(group.joining), "not_admitted")
    return "not_admitted" if seats else "no_seat"


def _waits_for_second_key(group: Group, seat: Row) -> bool:
    if not group.is_closed:
        return False
    return bool(seat["membership_id"]) or (group.joining == Joining.EX_OFFICIO and seat["is_eligible"])
