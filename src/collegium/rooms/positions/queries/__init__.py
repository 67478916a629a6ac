"""Rows shaped for the pages of issues and positions."""
