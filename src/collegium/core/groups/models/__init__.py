"""Groups, their circles and policies, memberships, officers, requests, applications, undertakings, suspensions."""

from .applications import Application
from .circles import Circle
from .groups import Charter, Group
from .memberships import Confirmation, JoinRequest, Membership, Office
from .suspensions import Reading, Suspension
from .undertakings import Acceptance, Deferral, Need, Undertaking, UndertakingVersion

__all__ = [
    "Acceptance",
    "Application",
    "Charter",
    "Circle",
    "Confirmation",
    "Deferral",
    "Group",
    "JoinRequest",
    "Membership",
    "Need",
    "Office",
    "Reading",
    "Suspension",
    "Undertaking",
    "UndertakingVersion",
]
