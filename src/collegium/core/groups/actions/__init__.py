"""What is done to groups: founding, circles, memberships, officers, requests."""

from .circles import confirm_widening, narrow_policy, propose_widening
from .groups import adopt_charter, found_group
from .memberships import confirm_membership, confirm_tenure, end_membership, invite_person, join_group, leave_group
from .officers import confirm_office, end_office, name_officer
from .requests import approve_request, decline_request, request_to_join, withdraw_request

__all__ = [
    "adopt_charter",
    "approve_request",
    "confirm_membership",
    "confirm_office",
    "confirm_tenure",
    "confirm_widening",
    "decline_request",
    "end_membership",
    "end_office",
    "found_group",
    "invite_person",
    "join_group",
    "leave_group",
    "name_officer",
    "narrow_policy",
    "propose_widening",
    "request_to_join",
    "withdraw_request",
]
