"""What rooms above or beside tell of positions."""

from __future__ import annotations

from collegium.core.access.registry import Registry

# name of a guard of `course.py` -> function(position, attempt) raising Refused; stands in for the room's own of that
# name: who can count support or a ballot tells here what has to hold
guards = Registry("guard of a position")

# name -> function(position) giving those who are to be named beside the published text, as (Organization, stance,
# words) in their order; a stance is one of `models.Supporter.Stance`. Whoever counts support tells here who they are.
supporters = Registry("list of those who support a position")

# name -> function(position, viewer) giving what the council did about a position that the viewer may know of, as
# (what it is, its title, its address): letters, appeals
related = Registry("what goes with a position")
