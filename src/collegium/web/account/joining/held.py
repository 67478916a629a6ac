"""What becomes of the columns of the doors when two accounts are joined."""

from collegium.core.people.registry import Held

HELD = (Held("web.CheckRun.asked_by"),)
