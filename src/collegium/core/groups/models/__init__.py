"""Groups, their circles and policies, memberships, officers, requests to join."""

from .circles import Circle
from .groups import Charter, Group
from .memberships import Confirmation, JoinRequest, Membership, Office

__all__ = ["Charter", "Circle", "Confirmation", "Group", "JoinRequest", "Membership", "Office"]
