"""Requests and applications to join, as the council's team sees them: one queue."""
