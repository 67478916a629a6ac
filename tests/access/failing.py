"""The access table's rows of addresses from which letters come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from collegium.core.mail.models import AddressHealth, Incoming

from .account import PEER, own_address
from .table import AWAY, PAGE, Row, everywhere_alike, nothing
from .undertakings import RUN_CEOS, RUN_CFOS
from .world import NOBODY, OFFICE, World

RECOVERY = [
    Row("account:address_recovery", {AWAY: PEER}, own_address, nothing),
    Row("account:address_recovery", {}, lambda w: {"pk": 999_999}, nothing, state="unknown"),
]


def furnish(world: World) -> None:
    """A letter that came in for the CFOs, whose words are nobody's here, and one that nobody was found for."""
    words = world.canary("came_in", NOBODY)
    told = {"received_at": world.cast.at, "handled_at": world.cast.at, "state": "posted", "digest": words}
    raw = f"Subject: {words}\n\n{words}".encode()
    Incoming.objects.create(to="cfos@peers.example", place=world.cast.cfos.entry, raw=raw, message_id=words, **told)
    Incoming.objects.create(to="nobody@peers.example", raw=raw, message_id=f"{words}-2", **told)
    # The words of a server about somebody's address are for that person and the council's team.
    words = world.canary("server", OFFICE | PEER)
    address = world.made["address"]
    AddressHealth.objects.create(
        address=address, since=world.cast.at, last_at=timezone.now(), suspended_at=world.cast.at, said=words, points=6
    )


def group(slug: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slug": slug}


FARES = [
    *everywhere_alike("office:fare", "office:fare_csv", "office:incoming", answers={PAGE: OFFICE}),
    Row("office:fare_of", {PAGE: OFFICE}, group("lagoon")),
    Row("office:fare_of", {}, group("none-such"), state="unknown"),
    Row("groups:letters", {PAGE: RUN_CFOS}, group("cfos")),
    Row("groups:letters", {PAGE: RUN_CEOS}, group("ceos"), state="closed"),
    Row("groups:letters", {PAGE: OFFICE}, group("board"), state="hidden"),
    Row("groups:letters", {}, group("none-such"), state="unknown"),
]
