"""Applying to a group with a role: forms, links, letters and words of the door for those without a fitting seat."""
