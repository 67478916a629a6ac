"""Calls, their rolls, what was answered, and how long societies take to answer."""

from .answers import Answer, Draft, DraftNote, DraftVersion
from .calls import Call, Extension
from .planning import LeadTime, Sitting
from .rolls import Entitlement, Reminder, RollRow, Ruling

__all__ = [
    "Answer",
    "Call",
    "Draft",
    "DraftNote",
    "DraftVersion",
    "Entitlement",
    "Extension",
    "LeadTime",
    "Reminder",
    "RollRow",
    "Ruling",
    "Sitting",
]
