"""The access table's rows of applications and of the queue of requests; canaries in what an applicant says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from collegium.core.groups import actions
from collegium.core.groups.tests.applying import role
from collegium.core.people.tests.factories import make_organization
from collegium.web.groups.applying import links

from .table import DONE, MISSING, PAGE, REFUSED, Row, group, nothing
from .world import EVERYONE, OFFICE, World

WORDS = {"token": lambda world: ["forged", "a:b:c"]}
# Whoever is in, or holds a seat the group admits, has a shorter way.
NEED_NOT = frozenset({"newcomer", "two_seats"})
MAY_APPLY = EVERYONE - NEED_NOT


def furnish(world: World) -> None:
    """Somebody applies at a society that has a liaison, somebody at one that has nobody; all they say has canaries."""
    world.made["application"] = _applies(world, "una", world.cast.lagoon)
    world.made["lonely"] = _applies(world, "ugo", make_organization("Lonely Academy", slug="lonely"))
    confirmed = _applies(world, "ulf", world.cast.lagoon)
    remark = world.canary("remark", OFFICE)
    world.made["confirmed"] = actions.confirm_role(
        confirmed, holder=world.cast.tenures["liaison"], remark=remark, at=timezone.now()
    )


def _applies(world: World, label: str, society: Any) -> Any:
    # Whoever keeps the society's desk is asked whether the person has the role.
    asked = OFFICE | ({"liaison", "delegate"} if society == world.cast.lagoon else frozenset())
    words = {name: world.canary(f"{label}{name}", asked) for name in ("name", "title", "note")}
    words["box"] = world.canary(f"{label}box", OFFICE)
    said = role(society, "membership", title=words["title"], note=words["note"])
    email, name = f"{words['box']}@{society.slug}.example", words["name"]
    application = actions.apply_to_join(world.cast.membership, email=email, name=name, at=timezone.now(), **said)
    return actions.verify_application(application, at=timezone.now())


def claim(world: World) -> dict[str, Any]:
    given = role(world.cast.lagoon, "membership")
    ids = {"society": world.cast.lagoon.pk, "function": given["function"].pk}
    return {**given, **ids, "name": "Una Later", "email": "una@lagoon.example"}


def made(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"pk": world.made[name].pk}


def own_link(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"token": links.write(world.made[name])}


def society_link(world: World) -> dict[str, Any]:
    return {"token": links.write_for(world.made["application"], world.cast.tenures["liaison"])}


def forged(world: World) -> dict[str, Any]:
    return {"token": "forged"}


def unknown(world: World) -> dict[str, Any]:
    return {"pk": 999_999}


REASON = {"reason": "So it is.", "remark": "The president."}


def says(world: World) -> dict[str, Any]:
    return REASON


def deed(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"deed": name, **REASON}


# Whoever has a link reads letters at the address it was sent to: it works signed in as anybody, or not at all.
APPLICATIONS = [
    Row("groups:apply", {PAGE: MAY_APPLY, REFUSED: NEED_NOT}, group("membership"), nobody=PAGE),
    Row("groups:apply", {DONE: MAY_APPLY, REFUSED: NEED_NOT}, group("membership"), claim),
    Row("groups:apply", {REFUSED: EVERYONE}, group("membership"), nothing, state="empty"),
    Row("groups:apply", {REFUSED: OFFICE}, group("board"), state="hidden", nobody=MISSING),
    Row("groups:apply", {}, group("none-such"), state="unknown", nobody=MISSING),
    Row("groups:applied", {PAGE: EVERYONE}, group("membership")),
    Row("groups:applied", {PAGE: OFFICE}, group("board"), state="hidden", nobody=MISSING),
    Row("groups:application", {PAGE: EVERYONE}, own_link("application")),
    Row("groups:application", {DONE: EVERYONE}, own_link("application"), deed("withdraw"), state="withdrawn"),
    Row("groups:application", {REFUSED: EVERYONE}, own_link("application"), deed("verify"), state="verified before"),
    Row("groups:application", {}, own_link("application"), deed("approve"), state="no deed", nobody=MISSING),
    Row("groups:application", {}, forged, state="forged", nobody=MISSING),
    Row("groups:role", {PAGE: EVERYONE}, society_link),
    Row("groups:role", {PAGE: EVERYONE}, society_link, deed("confirm"), state="confirmed"),
    Row("groups:role", {PAGE: EVERYONE}, society_link, deed("deny"), state="denied"),
    Row("groups:role", {}, own_link("application"), state="the applicant's token", nobody=MISSING),
    Row("groups:role", {}, forged, state="forged", nobody=MISSING),
]

TEAM = frozenset({"staff", "second_staff"})
QUEUE = [
    Row("office:requests", {PAGE: TEAM}),
    Row("office:application", {PAGE: TEAM}, made("application")),
    Row("office:application", {}, unknown, state="unknown"),
    Row("office:vouch", {REFUSED: TEAM}, made("application"), says, state="the society can be asked"),
    Row("office:vouch", {DONE: TEAM}, made("lonely"), says),
    Row("office:ask_again", {REFUSED: TEAM}, made("application"), says, state="asked today"),
    Row("office:approve_application", {DONE: TEAM}, made("confirmed"), says),
    Row("office:approve_application", {REFUSED: TEAM}, made("application"), says, state="before the society"),
    Row("office:decline_application", {DONE: TEAM}, made("application"), says),
    Row("office:decline_application", {}, unknown, says, state="unknown"),
    Row("office:seat_request", {PAGE: TEAM}, made("request")),
    Row("office:seat_request", {}, unknown, state="unknown"),
    Row("office:approve_seat", {DONE: TEAM}, made("request"), says),
    Row("office:decline_seat", {DONE: TEAM}, made("request"), says),
]
