"""Reading the trail: what is settled, what a chain's digest is, whether the seals still hold, an entry's history."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.db import connection
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer

from .models import Event, Seal
from .registry import pasts

FIRST_PREVIOUS = "0" * 64
HISTORY = 50


def last_seal() -> Seal | None:
    return Seal.objects.order_by("-id").first()


def settled_events(previous: Seal | None, *, limit: int, restored: bool = False) -> list[Event]:
    """The next events after the seal, in the order of transaction id and id, that nothing can still precede.

    Ids are handed out before commit, so a lower id may appear after a higher one was read. Every transaction below
    the snapshot's xmin has ended: no event of such a transaction can appear any more (PostgreSQL manual, 9.27.6
    "Transaction ID and Snapshot Information Functions").
    """
    events = Event.objects.filter(_after(previous)).order_by("transaction_id", "id")
    if not restored:
        events = events.filter(transaction_id__lt=_oldest_running_transaction())
    return list(events[:limit])


def _after(previous: Seal | None) -> Q:
    if previous is None:
        return Q()
    transaction, event = previous.through_transaction, previous.through_event
    later = Q(transaction_id__gt=transaction) | Q(transaction_id=transaction, id__gt=event)
    return later & Q(id__gt=previous.after_event)


def _oldest_running_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


_NEWEST_KNOWN = """
SELECT greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"""


def events_of_another_cluster() -> Iterator[str]:
    """A sentence if the present era has events of transactions this cluster has not seen yet.

    That is so where a backup was brought back by other means than `collegium restore`: what is done from now on would
    sort before it.
    """
    previous = last_seal()
    events = Event.objects.filter(pk__gt=previous.after_event) if previous else Event.objects.all()
    newest = events.aggregate(newest=Max("transaction_id"))["newest"]
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_KNOWN)
        known = int(cursor.fetchone()[0])
    if newest is not None and newest > known:
        yield f"event of transaction {newest}, but this cluster is at {known}: use `collegium restore`"


def chain(previous: str, events: Iterable[Event], *, era: int, after_event: int) -> str:
    """SHA-256, in hex, over the previous digest and every column of each event in order."""
    digest = hashlib.sha256(f"{previous} {era} {after_event}\n".encode())
    for event in events:
        columns = [
            event.pk,
            event.transaction_id,
            event.name,
            event.actor_id,
            event.acting_for_id,
            event.entry_id,
            event.thing,
            event.thing_id,
            event.audience_id,
            event.at.astimezone(UTC).isoformat(),
            event.facts,
        ]
        digest.update(json.dumps(columns, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def broken_seals() -> Iterator[str]:
    """A sentence for the first seal that does not match its events; what follows it cannot be trusted either."""
    previous: Seal | None = None
    # An era holds the events up to where the next begins: those after it count transactions anew.
    begins = dict(Seal.objects.values_list("era").annotate(begin=Min("after_event")).values_list("era", "begin"))
    for seal in Seal.objects.order_by("id").iterator():
        problem = _problem(previous, seal, begins.get(seal.era + 1))
        if problem:
            yield problem
            return
        previous = seal


def _problem(previous: Seal | None, seal: Seal, next_era: int | None) -> str | None:
    before = previous.digest if previous else FIRST_PREVIOUS
    if seal.previous != before:
        return f"seal {seal.pk}: the seal before it was removed or changed"
    is_new_era = seal.era != (previous.era if previous else 0)
    events = [] if is_new_era else _events_between(previous, seal, next_era)
    if len(events) != seal.events:
        return f"seal {seal.pk}: {seal.events} events were sealed, {len(events)} are there"
    if chain(before, events, era=seal.era, after_event=seal.after_event) != seal.digest:
        return f"seal {seal.pk}: an event was changed after it was sealed"
    return None


def _events_between(previous: Seal | None, seal: Seal, next_era: int | None) -> list[Event]:
    through = Q(transaction_id__lt=seal.through_transaction) | Q(
        transaction_id=seal.through_transaction, id__lte=seal.through_event
    )
    if next_era is not None:
        through &= Q(id__lte=next_era)
    return list(Event.objects.filter(_after(previous) & through).order_by("transaction_id", "id"))


def history(entry: Any, viewer: Viewer, *, limit: int = HISTORY) -> list[dict[str, Any]]:
    """What happened to an entry, newest first, as far as the viewer may see: `{at, sentence, acting_for}` each."""
    events = Event.objects.visible_to(viewer).filter(entry=entry).order_by("-at", "-id")
    rows = events.select_related("actor", "acting_for__entry")[:limit]
    return [{"at": row.at, "sentence": sentence(row), "acting_for": row.acting_for, "event": row} for row in rows]


def sentence(event: Event) -> str:
    """The event in words, as its room declared them."""
    past = pasts().get(event.name)
    actor = event.actor.name if event.actor else _("The house")
    # A sentence reworded since may ask for a fact that older events do not have.
    return str(past.sentence).format_map(defaultdict(lambda: "…", event.facts, actor=actor)) if past else event.name
