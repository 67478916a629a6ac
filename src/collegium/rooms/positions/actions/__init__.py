"""The deeds of positions."""

from .committees import end_committee, name_committee
from .issues import accept_issue, decline_issue, merge_issue, raise_issue, refer_issue, withdraw_issue

__all__ = [
    "accept_issue",
    "decline_issue",
    "end_committee",
    "merge_issue",
    "name_committee",
    "raise_issue",
    "refer_issue",
    "withdraw_issue",
]
