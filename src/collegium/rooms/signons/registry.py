"""What rooms above tell of sign-on letters."""

from __future__ import annotations

from collegium.core.access.registry import Registry

# name of a guard of `course.py` -> function(letter, attempt) raising Refused; stands in for the room's own of that
# name. `supported` is asked of advocacy that says something new: until somebody counts support a reason stands for it.
guards = Registry("guard of a sign-on letter")

# kind of entry -> function(entry) saying whether a letter may follow from it at present
grounds = Registry("ground of a sign-on letter")

# name -> function(viewer) saying whether they clear letters beside the council's team
clearers = Registry("who clears sign-on letters")
