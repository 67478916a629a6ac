"""Reading groups: who is eligible, who is in, what waits, what audiences are called."""

from .audiences import circle_names, group_address, officers_names
from .eligibility import eligible_tenures
from .rosters import groups_of, officers_of, roster, visible_counts
from .waiting import waiting_confirmations, waiting_requests

__all__ = [
    "circle_names",
    "eligible_tenures",
    "group_address",
    "groups_of",
    "officers_names",
    "officers_of",
    "roster",
    "visible_counts",
    "waiting_confirmations",
    "waiting_requests",
]
