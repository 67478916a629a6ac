"""The access table's rows of the desks, for whoever keeps the roster of the society."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.core.people import actions as people
from collegium.core.people.queries import open_attestation, open_removals
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.web.desk import links

from .table import AWAY, DONE, MISSING, PAGE, REFUSED, Row, nothing
from .world import EVERYONE, OFFICE, World

LAGOON = frozenset({"liaison", "delegate"})
KEEPERS = LAGOON | {"chair"}
LATER = timedelta(days=30)


def at(name: str = "", slug: str = "lagoon") -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slug": slug} | ({"pk": world.made[name].pk} if name else {})


def day(world: World) -> dict[str, Any]:
    return {"last_day": (timezone.now() + LATER).date().isoformat()}


def holder(world: World) -> dict[str, Any]:
    return {
        "function": "cfo",
        "name": "Nia New",
        "email": "nia@lagoon.example",
        "title": "Deputy Treasurer",
        "capacity": "deputy",
        "leadership": "staff",
        "starts_on": timezone.now().date().isoformat(),
    }


DESK = [
    Row("desk:desks", {AWAY: KEEPERS}),
    Row("desk:desk", {PAGE: LAGOON}, at()),
    Row("desk:desk", {PAGE: frozenset({"chair"})}, at(slug="harbour"), state="of another society"),
    Row("desk:desk", {}, at(slug="none-such"), state="unknown"),
    Row("desk:holders", {PAGE: LAGOON}, at()),
    Row("desk:holders", {DONE: LAGOON}, at(), holder),
    Row("desk:tenure", {PAGE: LAGOON}, at("desk_tenure")),
    Row("desk:tenure", {}, at("desk_tenure", "harbour"), state="of another society"),
    Row("desk:tenure", {DONE: LAGOON}, at("desk_tenure"), lambda w: {"title": "Counsel", "leadership": "staff"}),
    Row("desk:capacity", {REFUSED: LAGOON}, at("desk_tenure"), nothing, state="empty"),
    Row("desk:end", {DONE: LAGOON}, at("desk_tenure"), day),
    Row("desk:take_back", {REFUSED: LAGOON}, at("desk_tenure"), nothing, state="begun"),
    Row("desk:departures", {PAGE: LAGOON}, at()),
    Row("desk:departures", {DONE: LAGOON}, at(), lambda w: {"person": w.cast.peer.handle} | day(w)),
    Row("desk:departure", {PAGE: LAGOON}, at("departure")),
    Row("desk:departure", {}, at("departure", "harbour"), state="of another society"),
    Row("desk:departure", {DONE: LAGOON}, at("departure"), nothing),
    Row("desk:departure_day", {DONE: LAGOON}, at("departure"), day),
    Row("desk:departure_withdrawal", {DONE: LAGOON}, at("departure"), nothing),
]


def link(world: World) -> dict[str, Any]:
    return {"token": links.write(world.made["attestation"], world.cast.tenures["liaison"])}


ATTESTATION = [
    # Whoever holds the letter, signed in or not.
    Row("desk:attestation_link", {PAGE: EVERYONE}, link),
    Row("desk:attestation_link", {DONE: EVERYONE}, link, nothing),
    Row("desk:attestation_link", {}, lambda w: {"token": "forged"}, state="forged", nobody=MISSING),
    Row("desk:attestation", {PAGE: LAGOON}, at()),
    Row("desk:attestation", {DONE: LAGOON}, at(), nothing),
    Row("desk:removal_declined", {DONE: frozenset({"chair"})}, at("removal", "harbour"), nothing),
    Row("desk:removal_declined", {}, at("removal"), nothing, state="of another society"),
    Row("office:attestations", {PAGE: OFFICE}),
    Row("office:attestation_call", {DONE: OFFICE}, lambda w: {"pk": w.made["attestation"].pk}, nothing),
    Row("office:attestation_letter", {DONE: OFFICE}, lambda w: {"pk": w.made["attestation"].pk}, nothing),
]


def furnish(world: World) -> None:
    """Somebody of Lagoon leaves; that they do is for the society and the council's team alone."""
    person = make_person("Lea Leaver", email="lea@lagoon.example")
    world.made["desk_tenure"] = make_tenure(person, world.cast.lagoon, "general-counsel", title="General Counsel")
    leaver = make_person("Max Mover", email="max@lagoon.example")
    make_tenure(leaver, world.cast.lagoon, "hr", title="Head of People")
    now = timezone.now()
    world.made["departure"] = people.begin_departure(
        leaver, organization=world.cast.lagoon, last_day=(now + LATER).date(), by=world.cast.liaison, at=now
    )
    people.advance_attestations(at=now)
    world.made["attestation"] = open_attestation(world.cast.lagoon)
    confirmed = open_attestation(world.cast.harbour)
    colleague = world.cast.tenures["colleague"].pk
    people.attest(confirmed, titles={}, removals={colleague}, by=world.cast.chair, at=now)
    world.made["removal"] = open_removals(world.cast.harbour, now).get()
