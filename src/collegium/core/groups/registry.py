"""What rooms tell of a group."""

from collegium.core.access.registry import Registry

# name -> function(group) to how much of what the room held back waits for the group's officers
held_back = Registry("what waits for a group's officers")
