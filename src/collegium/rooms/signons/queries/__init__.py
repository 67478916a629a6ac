"""Rows shaped for the pages of sign-on letters."""
