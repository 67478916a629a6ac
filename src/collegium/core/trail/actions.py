"""Recording an event, sealing the settled ones, beginning a new era after a restore."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from collegium.core.access.statements import row

from .models import Event, Seal
from .queries import FIRST_PREVIOUS, chain, last_seal, settled_events
from .registry import Past, wakers

# One of the house's advisory locks: only one process seals at a time.
SEALING = 0x5EA1
BATCH = 1000


def record(
    event: Past,
    *,
    on: models.Model,
    by: Any,
    at: datetime,
    audience: int | None = None,
    acting_for: Any = None,
    facts: dict[str, Any] | None = None,
) -> Event:
    """Leave the trace of an action on its thing, in the action's transaction, and wake whoever listens.

    `on` is the thing; if it has an entry (or is one) the event stands in that entry's history. `audience` is the id
    of those who may see the event, by default the entry's.
    """
    entry = _entry_of(on)
    if audience is None:
        if entry is None:
            raise ValueError(f"{event.name} on {on!r}: a thing without an entry needs an audience")
        audience = entry.audience_id
    recorded = Event(
        name=event.name,
        actor=by,
        acting_for=acting_for,
        entry=entry,
        thing=on._meta.label_lower,
        thing_id=on.pk,
        audience_id=audience,
        at=at,
        facts=facts or {},
    )
    _insert(recorded)
    if _wakes.get():
        for wake in wakers.all():
            wake(recorded)
    return recorded


_COLUMNS = ("name", "actor_id", "acting_for_id", "entry_id", "thing", "thing_id", "audience_id", "at")
_INSERT = f"""
INSERT INTO trail_event ({", ".join(_COLUMNS)}, facts) VALUES ({"%s, " * len(_COLUMNS)} %s::jsonb) RETURNING id
"""  # noqa: S608 - constants


def _insert(event: Event) -> None:
    """Every action passes here; the transaction's id is the column's default."""
    made = row(_INSERT, [*(getattr(event, column) for column in _COLUMNS), Jsonb(event.facts)])
    assert made is not None  # an INSERT returns its row
    event.pk = made[0]
    event._state.adding = False


_wakes: ContextVar[bool] = ContextVar("wakes", default=True)


@contextmanager
def without_waking() -> Iterator[None]:
    """For bulk doors that bring in the past: events are recorded, and nobody is told of them."""
    token = _wakes.set(False)
    try:
        yield
    finally:
        _wakes.reset(token)


def _entry_of(thing: models.Model) -> Any:
    return thing if thing._meta.label_lower == "entries.entry" else getattr(thing, "entry", None)


@transaction.atomic
def seal_settled_events(*, at: datetime, batch: int = BATCH) -> int:
    """Chain the next batch of events that no running transaction can still precede; returns how many were sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
    previous = last_seal()
    events = settled_events(previous, limit=batch)
    return _seal(previous, events, at=at)


@transaction.atomic
def begin_era(*, at: datetime) -> None:
    """Seal everything that came with a restored backup, then start counting transactions anew.

    In a cluster just restored every event present is settled, and its transaction ids say nothing of the new cluster's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
    previous = last_seal()
    while events := settled_events(previous, limit=BATCH, restored=True):
        _seal(previous, events, at=at)
        previous = last_seal()
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    era = previous.era + 1 if previous else 1
    before = previous.digest if previous else FIRST_PREVIOUS
    Seal.objects.create(
        era=era,
        after_event=newest,
        through_transaction=0,
        through_event=newest,
        events=0,
        previous=before,
        digest=chain(before, [], era=era, after_event=newest),
        at=at,
    )


def _seal(previous: Seal | None, events: list[Event], *, at: datetime) -> int:
    if not events:
        return 0
    era, after_event = (previous.era, previous.after_event) if previous else (0, 0)
    before = previous.digest if previous else FIRST_PREVIOUS
    Seal.objects.create(
        era=era,
        after_event=after_event,
        through_transaction=events[-1].transaction_id,
        through_event=events[-1].pk,
        events=len(events),
        previous=before,
        digest=chain(before, events, era=era, after_event=after_event),
        at=at,
    )
    return len(events)
