"""Which positions the clock may move."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q


def due(at: datetime) -> Q:
    """Those whose window closed, and those whose review fell due; the steps ask again under the lock."""
    closed = Q(windows__state=F("entry__state"), windows__closes_at__lte=at)
    return closed | Q(entry__state="public", review_on__lte=at.date())
