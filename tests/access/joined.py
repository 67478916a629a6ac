"""The access table's rows of joining two accounts; canaries in the reason and in the name of the other account."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django.utils import timezone

from collegium.core.people import actions
from collegium.core.people.tests.factories import make_person
from collegium.web.account.joining import links

from .table import AWAY, PAGE, REFUSED, Row, nothing
from .world import OFFICE, SIGNED_IN, World

_numbers = count(1)

PEER = frozenset({"peer"})
OTHERS = SIGNED_IN - PEER

WORDS = {"token": lambda world: ["forged", "a:b:c", *(stays(world)["token"], other(world)["token"])]}


def furnish(world: World) -> None:
    """The team asks the peer to join an account nobody else sees; somebody was joined to the colleague before."""
    at = timezone.now()
    told = OFFICE | PEER
    name, reason, box = (world.canary(f"joining{word}", told) for word in ("name", "reason", "box"))
    second = make_person(f"Ines {name}", email=f"{box}@second.example")
    world.made["joining"] = actions.begin_joining(
        world.cast.peer, other=second, viewer=world.viewer("staff"), reason=f"Since {reason}.", at=at
    )
    colleague = world.cast.colleague
    once = make_person("Tomasz Once", email="once@harbour.example", handle="tomasz-once")
    asked = actions.ask_to_join(colleague, email="once@harbour.example", by=colleague, at=at)
    world.made["once"] = actions.agree_to_join(asked, side="other", by=colleague, at=at).other or once


def stays(world: World) -> dict[str, Any]:
    return {"token": links.write(world.made["joining"], "stays", "peer@lagoon.example")}


def other(world: World) -> dict[str, Any]:
    joining = world.made["joining"]
    return {"token": links.write(joining, "other", joining.email)}


def forged(world: World) -> dict[str, Any]:
    return {"token": "forged"}


def made(world: World) -> dict[str, Any]:
    return {"pk": world.made["joining"].pk}


def once(world: World) -> dict[str, Any]:
    return {"handle": world.made["once"].handle}


def of(part: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"handle": getattr(world.cast, part).handle}


def asks(world: World) -> dict[str, Any]:
    # Letters to one address are few: a new one each time.
    return {"email": f"nobody-{next(_numbers)}@nowhere.example"}


def begins(world: World) -> dict[str, Any]:
    return {"handle": world.cast.newcomer.handle, "reason": "So it is."}


MEMBERS = frozenset(SIGNED_IN - {"outsider", "suspended"})

# A link is for whoever is signed in to the account that stays; to everybody else it says so, and not whose it is.
JOINING = [
    Row("account:join", {PAGE: SIGNED_IN}),
    # Answered by the page itself, told anew.
    Row("account:join", {PAGE: SIGNED_IN}, nothing, asks),
    Row("account:join", {REFUSED: SIGNED_IN}, nothing, nothing, state="empty"),
    Row("account:joining", {PAGE: PEER, REFUSED: OTHERS}, stays),
    Row("account:joining", {PAGE: PEER, REFUSED: OTHERS}, other, state="the other's"),
    Row("account:joining", {AWAY: PEER, REFUSED: OTHERS}, other, nothing),
    Row("account:joining", {}, forged, state="forged"),
    Row("account:withdraw_joining", {AWAY: PEER}, made, nothing),
    Row("account:withdraw_joining", {}, lambda w: {"pk": 999_999}, nothing, state="unknown"),
    Row("office:begin_joining", {PAGE: OFFICE}, of("peer")),
    Row("office:begin_joining", {AWAY: OFFICE}, of("colleague"), begins),
    Row("office:begin_joining", {REFUSED: OFFICE}, of("colleague"), nothing, state="empty"),
    Row("office:begin_joining", {}, lambda w: {"handle": "none-such"}, state="unknown"),
    Row("office:withdraw_joining", {AWAY: OFFICE}, made, nothing),
    Row("office:withdraw_joining", {}, lambda w: {"pk": 999_999}, nothing, state="unknown"),
    # Where somebody was before two accounts were joined, whoever sees them is led on.
    Row("persons:person", {AWAY: MEMBERS}, once, state="joined to another"),
    Row("office:person", {AWAY: OFFICE}, once, state="joined to another"),
]
