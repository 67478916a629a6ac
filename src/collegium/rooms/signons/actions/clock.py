"""What the clock brings beside the closing of calls: memberships that ended, and requests nobody confirmed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from collegium.core.access.errors import Refused

from ..course import LISTED, OPEN
from ..models import Letter
from .outsiders import forget_unverified
from .withdrawing import lapse_signatures


def advance_letters(*, at: datetime) -> int:
    """Each letter in a transaction of its own; returns how many signatures lapsed. May run twice."""
    taken = 0
    for letter in Letter.objects.filter(entry__state__in=(*OPEN, *LISTED)).order_by("pk"):
        with suppress(Refused):
            taken += lapse_signatures(letter, at=at)
    forget_unverified(at=at)
    return taken
