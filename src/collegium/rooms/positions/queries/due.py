"""Which positions the clock may move."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q


def due(at: datetime) -> Q:
    """Those whose window closed or whose review fell due, and those published at the end of their embargo.

    The steps ask again under the lock.
    """
    closed = Q(windows__state=F("entry__state"), windows__closes_at__lte=at)
    goes_out = Q(embargoes__lifted_at=None, embargoes__publishes=True, embargoes__ends_at__lte=at)
    return closed | Q(entry__state="public", review_on__lte=at.date()) | Q(goes_out, entry__state="adopted")
