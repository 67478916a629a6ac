"""Trying suspended addresses, and letting those recover from which nothing came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from collegium.core.access.standard import OFFICE
from collegium.core.trail import actions as trail

from ..bounces.actions import recover_address
from ..bounces.models import AddressHealth
from ..bounces.scoring import next_try
from . import events
from .letters import write_probe

# A server that refuses says so at once; one that cannot reach the next gives up after five days (RFC 5321, 4.5.4.1).
QUIET = timedelta(days=5)
BATCH = 100


def try_addresses(*, at: datetime) -> int:
    """Send a letter to each suspended address that is due to be tried; returns to how many."""
    due = AddressHealth.objects.filter(suspended_at__isnull=False, probe_due_at__lte=at).order_by("probe_due_at")
    tried = 0
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        tried += _try_address(pk, at=at)
    return tried


@transaction.atomic
def _try_address(pk: int, *, at: datetime) -> bool:
    waiting = AddressHealth.objects.select_for_update(of=("self",), skip_locked=True).select_related("address__user")
    health = waiting.filter(pk=pk, probe_due_at__lte=at).first()
    if health is None:
        return False
    health.probe = write_probe(health, at=at)
    health.probe_due_at, health.probes = None, health.probes + 1
    health.save(update_fields=["probe", "probe_due_at", "probes"])
    trail.record(events.ADDRESS_TRIED, on=health.address, by=None, at=at, audience=OFFICE)
    return True


def recover_tried(*, at: datetime) -> int:
    """Where the letter that tried an address did not come back, it has arrived. What never went is tried again."""
    tried = AddressHealth.objects.filter(suspended_at__isnull=False, probe__isnull=False)
    arrived = tried.filter(probe__refused="", probe__sent_at__lte=at - QUIET)
    found = list(arrived.select_related("address")[:BATCH])
    for health in found:
        recover_address(health.address, at=at)
    # The relay was away for as long as letters are tried; one that was refused for its reader is counted already.
    for health in tried.exclude(probe__refused="")[:BATCH]:
        waiting = AddressHealth.objects.filter(pk=health.pk, probe=health.probe_id)
        waiting.update(probe=None, probe_due_at=next_try(health.probes, at))
    return len(found)
