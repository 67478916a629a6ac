"""What rooms above or beside tell of positions."""

from __future__ import annotations

from collegium.core.access.registry import Registry

# name of a guard of `course.py` -> function(position, attempt) raising Refused; stands in for the room's own of that
# name: who can count support or a ballot tells here what has to hold
guards = Registry("guard of a position")
