"""Rosters that come as files: read, compared with who holds which seat, and carried out once somebody confirms."""
