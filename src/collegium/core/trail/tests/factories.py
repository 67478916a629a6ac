"""Events as they would stand in the trail of another time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from collegium.core.access.standard import PUBLIC
from collegium.core.trail.models import Event

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def make_event(transaction_id: int, **facts: Any) -> Event:
    """An event of a transaction that ended long ago: ids this small are older than any cluster."""
    return Event.objects.create(
        transaction_id=transaction_id, name="thing.done", audience_id=PUBLIC, at=AT, facts=facts
    )
