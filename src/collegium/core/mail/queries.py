"""The outbox of a demonstration: single letters, and those that went to many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from collegium.core.people.domains import to_write_to

from .bounces.reaching import reached_address
from .mailings.claiming import Claimed
from .mailings.posting import as_sent
from .models import Delivery, Letter, Mailing
from .relay import takes_letters

PAGE = 30


def keeps_letters() -> bool:
    """Whether this is a demonstration whose letters go nowhere: none of them waits for anything."""
    return settings.MODE == "demo" and not takes_letters()


def outbox(*, before: int | None = None) -> tuple[list[Letter], bool]:
    """A page of letters, newest first, older than the letter `before`; and whether there are older ones."""
    found = Letter.objects.order_by("-pk").defer("html")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def letter(pk: int) -> Letter | None:
    return Letter.objects.filter(pk=pk).first()


def mailings(*, before: int | None = None) -> tuple[list[Any], bool]:
    """A page of mailings with `readers`, newest first, older than the mailing `before`; and whether there are older."""
    found = Mailing.objects.select_related("entry__place").annotate(readers=Count("deliveries")).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def deliveries(mailing_id: int) -> list[Delivery]:
    """To whom a mailing goes, by name."""
    found = Delivery.objects.filter(mailing=mailing_id).select_related("person", "mailing__entry")
    return list(found.order_by("person__name", "pk"))


def delivered(pk: int, at: datetime) -> tuple[Delivery, str, bytes] | None:
    """A delivery, where it goes and the letter; None if there is none, or what it says is no longer there."""
    found = Delivery.objects.select_related("person", "mailing__entry").filter(pk=pk).first()
    address = reached_address(found.person, at) if found else None
    to = to_write_to(address.email) if address else None
    if found is None or address is None or to is None:
        return None
    claimed = Claimed(found.pk, found.mailing_id, found.person_id, to, found.person.name, 0, address.pk)
    raw = as_sent(claimed, found.mailing, at=at)
    return (found, to, raw) if raw is not None else None
