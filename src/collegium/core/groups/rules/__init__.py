"""Who may join, run and widen a group, bind it to undertakings, suspend from it and read it."""

from .membership import (
    check_answer_request,
    check_approve_request,
    check_change_holding,
    check_confirm,
    check_confirm_tenure,
    check_confirm_widening,
    check_eligible,
    check_invite_person,
    check_join_group,
    check_leave_group,
    check_name_officer,
    check_request_to_join,
    check_run_group,
    check_widen,
    is_chair,
)
from .suspensions import check_ask_to_read, check_confirm_reading, check_end_reading, check_lift, check_suspend
from .undertakings import check_accept, check_begin_need, check_grace

__all__ = [
    "check_accept",
    "check_answer_request",
    "check_approve_request",
    "check_ask_to_read",
    "check_begin_need",
    "check_change_holding",
    "check_confirm",
    "check_confirm_reading",
    "check_confirm_tenure",
    "check_confirm_widening",
    "check_eligible",
    "check_end_reading",
    "check_grace",
    "check_invite_person",
    "check_join_group",
    "check_leave_group",
    "check_lift",
    "check_name_officer",
    "check_request_to_join",
    "check_run_group",
    "check_suspend",
    "check_widen",
    "is_chair",
]
