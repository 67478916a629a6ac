"""Counting what came back, suspending an address, letting it recover."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail

from . import events
from .envelopes import LETTER, Sent
from .failing import Failed
from .models import AddressHealth, Bounce
from .scoring import ENOUGH, HARD, Score, counted, next_try

# What came back is kept for so long.
KEPT_FOR = timedelta(days=180)


@transaction.atomic
def count_bounce(sent: Sent, failed: Failed, *, at: datetime) -> bool:
    """Count a letter that was not delivered against the address it went to, once; whether it was counted.

    Enough of them suspend the address. A letter that tried a suspended one has failed.
    """
    address = EmailAddress.objects.select_for_update(of=("self",), no_key=True).filter(pk=sent.address_id).first()
    if address is None:
        return False
    told = {"is_hard": failed.is_hard, "status": failed.status, "said": failed.said}
    _bounce, is_new = Bounce.objects.get_or_create(
        address=address, of=sent.of, of_id=sent.of_id, defaults={**told, "at": at}
    )
    if not is_new:
        return False
    health, _made = AddressHealth.objects.get_or_create(address=address)
    for name, value in told.items():
        setattr(health, name, value)
    _score(health, at=at)
    if health.suspended_at is not None:
        _note_failed_probe(health, sent, at=at)
    elif _score_of(health).is_enough:
        health.suspended_at, health.probe_due_at, health.probes = at, next_try(0, at), 0
        trail.record(events.ADDRESS_SUSPENDED, on=address, by=None, at=at, audience=OFFICE)
    health.save(update_fields=[*told, *_SCORED, "suspended_at", "probe", "probe_due_at", "probes"])
    return True


_SCORED = ("points", "day", "of_day", "since", "last_at")


def _score_of(health: AddressHealth) -> Score:
    return Score(*(getattr(health, name) for name in _SCORED))


def _score(health: AddressHealth, *, at: datetime) -> None:
    score = _score_of(health)
    if health.suspended_at is not None:
        # What came back before it was suspended, late: the moment since when stays.
        score = Score(score.points, score.day, score.of_day, score.since, max(at, score.last_at or at))
    else:
        score = counted(score, at=at, is_hard=health.is_hard)
    for name in _SCORED:
        setattr(health, name, getattr(score, name))


def _note_failed_probe(health: AddressHealth, sent: Sent, *, at: datetime) -> None:
    if sent.of == LETTER and health.probe_id == sent.of_id:
        health.probe, health.probe_due_at = None, next_try(health.probes, at)


@transaction.atomic
def recover_address(address: EmailAddress, *, at: datetime) -> bool:
    """Letters go to the address again, for it was shown that they arrive; whether it was suspended."""
    health = _suspended(address.pk)
    if health is None:
        return False
    _take_up(health, Score())
    trail.record(events.ADDRESS_RECOVERED, on=address, by=None, at=at, audience=OFFICE)
    return True


@transaction.atomic
def take_up_address(address: EmailAddress, *, by: Person, at: datetime) -> None:
    """Its owner wants letters sent to the address again. One on which nobody is there suspends it at once.

    Refused for an address of somebody else, and for one that is not suspended.
    """
    health = _suspended(address.pk) if address.user_id == by.pk else None
    if health is None:
        raise Refused(_("Letters are sent to this address."))
    _take_up(health, Score(ENOUGH - HARD, at.date() - timedelta(days=1), 0, at, at))
    trail.record(events.ADDRESS_TAKEN_UP, on=address, by=by, at=at, audience=OFFICE)


def _suspended(pk: int) -> AddressHealth | None:
    rows = AddressHealth.objects.select_for_update(of=("self",))
    return rows.filter(pk=pk, suspended_at__isnull=False).first()


def _take_up(health: AddressHealth, score: Score) -> None:
    changed: dict[str, Any] = {"suspended_at": None, "probe": None, "probe_due_at": None, "probes": 0}
    changed |= {name: getattr(score, name) for name in _SCORED}
    for name, value in changed.items():
        setattr(health, name, value)
    health.save(update_fields=list(changed))


def forget_bounces(*, at: datetime) -> int:
    """What came back long ago says nothing of an address any more; returns how many bounces were forgotten."""
    old = at - KEPT_FOR
    gone = Bounce.objects.filter(at__lt=old).delete()[0]
    AddressHealth.objects.filter(suspended_at=None).filter(Q(last_at__lt=old) | Q(last_at=None)).delete()
    return gone
