"""Collegium, the operating platform of a council of professional societies."""

__version__ = "0.1.0"
