"""The deeds of positions."""

from .adopting import follow_ballot, put_to_ballot
from .annulling import follow_annulment
from .comments import answer_disposition, dispose_comment, make_comment, withdraw_comment
from .committees import end_committee, name_committee
from .issues import accept_issue, decline_issue, merge_issue, raise_issue, refer_issue, withdraw_issue
from .moving import move_position, take_due_steps
from .positions import (
    declare_interests,
    name_drafter,
    name_lead,
    name_touched,
    open_position,
    release_drafter,
    replace_position,
)
from .publishing import confirm_supporters, issue_missing_editions, lift_embargo, set_embargo
from .reviewing import begin_version, set_dates
from .support import join_minority, leave_minority, set_terms, state_minority
from .texts import save_text

__all__ = [
    "accept_issue",
    "answer_disposition",
    "begin_version",
    "confirm_supporters",
    "declare_interests",
    "decline_issue",
    "dispose_comment",
    "end_committee",
    "follow_annulment",
    "follow_ballot",
    "issue_missing_editions",
    "join_minority",
    "leave_minority",
    "lift_embargo",
    "make_comment",
    "merge_issue",
    "move_position",
    "name_committee",
    "name_drafter",
    "name_lead",
    "name_touched",
    "open_position",
    "put_to_ballot",
    "raise_issue",
    "refer_issue",
    "release_drafter",
    "replace_position",
    "save_text",
    "set_dates",
    "set_embargo",
    "set_terms",
    "state_minority",
    "take_due_steps",
    "withdraw_comment",
    "withdraw_issue",
]
