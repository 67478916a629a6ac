"""What is done to groups: founding, circles, memberships, officers, requests, undertakings, suspensions, readings."""

from .circles import confirm_widening, narrow_policy, propose_widening
from .groups import adopt_charter, found_group
from .memberships import confirm_membership, confirm_tenure, end_membership, invite_person, join_group, leave_group
from .officers import confirm_office, end_office, name_officer
from .readings import ask_to_read, confirm_reading, end_reading
from .requests import approve_request, decline_request, request_to_join, withdraw_request
from .suspensions import lift_suspension, suspend_person
from .undertakings import (
    accept_undertaking,
    begin_need,
    draw_up_undertaking,
    end_need,
    publish_version,
    remind_of_undertakings,
)

__all__ = [
    "accept_undertaking",
    "adopt_charter",
    "approve_request",
    "ask_to_read",
    "begin_need",
    "confirm_membership",
    "confirm_office",
    "confirm_reading",
    "confirm_tenure",
    "confirm_widening",
    "decline_request",
    "draw_up_undertaking",
    "end_membership",
    "end_need",
    "end_office",
    "end_reading",
    "found_group",
    "invite_person",
    "join_group",
    "leave_group",
    "lift_suspension",
    "name_officer",
    "narrow_policy",
    "propose_widening",
    "publish_version",
    "remind_of_undertakings",
    "request_to_join",
    "suspend_person",
    "withdraw_request",
]
