"""What is done to groups: founding, circles, memberships, officers, requests, undertakings, suspensions, readings."""

from .applications import (
    apply_to_join,
    apply_with_role,
    forget_lapsed_applications,
    lapse_applications,
    verify_application,
    withdraw_application,
)
from .circles import confirm_widening, narrow_policy, propose_widening, withdraw_widening
from .closing import close_group, close_group_around
from .confirming import confirm_together
from .groups import adopt_charter, change_holding, found_group
from .keys import (
    approve_application,
    ask_society_again,
    confirm_role,
    decline_application,
    deny_role,
    vouch_for_role,
)
from .memberships import confirm_membership, confirm_tenure, end_membership, invite_person, join_group, leave_group
from .officers import confirm_office, end_office, name_officer
from .readings import ask_to_read, confirm_reading, end_reading
from .requests import approve_request, decline_request, request_to_join, withdraw_request
from .settings import change_group
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
    "apply_to_join",
    "apply_with_role",
    "approve_application",
    "approve_request",
    "ask_society_again",
    "ask_to_read",
    "begin_need",
    "change_group",
    "change_holding",
    "close_group",
    "close_group_around",
    "confirm_membership",
    "confirm_office",
    "confirm_reading",
    "confirm_role",
    "confirm_tenure",
    "confirm_together",
    "confirm_widening",
    "decline_application",
    "decline_request",
    "deny_role",
    "draw_up_undertaking",
    "end_membership",
    "end_need",
    "end_office",
    "end_reading",
    "forget_lapsed_applications",
    "found_group",
    "invite_person",
    "join_group",
    "lapse_applications",
    "leave_group",
    "lift_suspension",
    "name_officer",
    "narrow_policy",
    "propose_widening",
    "publish_version",
    "remind_of_undertakings",
    "request_to_join",
    "suspend_person",
    "verify_application",
    "vouch_for_role",
    "withdraw_application",
    "withdraw_request",
    "withdraw_widening",
]
