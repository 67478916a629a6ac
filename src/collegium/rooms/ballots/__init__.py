"""Ballots: what a body decides, asked, counted and certified."""
