"""The access table's rows of societies, seats, people and functions in the office: the council's team alone."""

from __future__ import annotations

from typing import Any

from collegium.core.people import actions
from collegium.core.people.models import Function, Mandate, Tenure

from .table import AWAY, PAGE, REFUSED, Row, everywhere_alike, nothing
from .world import OFFICE, World

FIRST = "2026-05-01"


def furnish(world: World) -> None:
    """A mandate, for the addresses of one."""
    tenure = world.cast.tenures["delegate"]
    world.made["mandate"] = actions.give_mandate(
        tenure, act="vote", starts_on=tenure.starts_on, by=None, at=world.cast.at
    )


def society(world: World) -> dict[str, Any]:
    return {"slug": "lagoon"}


def unknown(world: World) -> dict[str, Any]:
    return {"slug": "none-such"}


def person(world: World) -> dict[str, Any]:
    return {"handle": world.cast.peer.handle}


def function(world: World) -> dict[str, Any]:
    return {"function": "cfo"}


def tenure(world: World) -> dict[str, Any]:
    return {"tenure": world.cast.tenures["delegate"].pk}


def mandate(world: World) -> dict[str, Any]:
    return {"mandate": world.made["mandate"].pk}


WORDS = {
    "function": lambda world: [*Function.objects.values_list("slug", flat=True)[:3], "none-such"],
    "tenure": lambda world: [*Tenure.objects.values_list("pk", flat=True)[:5], 999_999],
    "mandate": lambda world: [*Mandate.objects.values_list("pk", flat=True), 999_999],
}

LISTS = everywhere_alike(
    "office:societies",
    "office:societies_csv",
    "office:persons",
    "office:persons_csv",
    "office:functions",
    "office:functions_csv",
    "office:new_society",
    "office:new_person",
    "office:new_function",
    answers={PAGE: OFFICE},
)

PAGES = [
    *(
        Row(f"office:{name}", {PAGE: OFFICE}, society)
        for name in ("society", "facts", "standing", "society_seats_csv", "new_tenure")
    ),
    *(Row(f"office:{name}", {PAGE: OFFICE}, person) for name in ("person", "person_address")),
    *(
        Row(f"office:{name}", {PAGE: OFFICE}, function)
        for name in ("function", "rename_function", "function_seats_csv")
    ),
    *(Row(f"office:{name}", {PAGE: OFFICE}, tenure) for name in ("tenure", "new_mandate")),
    Row("office:mandate", {PAGE: OFFICE}, mandate),
    Row("office:society", {}, unknown, state="unknown"),
    Row("office:tenure", {}, lambda w: {"tenure": 999_999}, state="unknown"),
]

FACTS = {"name": "Lagoon", "time_zone": "UTC"}
FORMER = {"status": "former", "from_day": FIRST}
TENURE = {
    "function": "cfo",
    "handle": "oz-nobody",
    "title": "Deputy",
    "capacity": "deputy",
    "leadership": "staff",
    "starts_on": FIRST,
}

DEEDS = [
    Row("office:new_society", {REFUSED: OFFICE}, post=nothing, state="empty"),
    Row("office:facts", {AWAY: OFFICE}, society, lambda w: FACTS),
    Row(
        "office:standing", {PAGE: OFFICE}, society, lambda w: {"status": "former", "from_day": FIRST}, state="foreseen"
    ),
    Row(
        "office:standing",
        {AWAY: OFFICE},
        society,
        lambda w: FORMER | {"confirmed": "1"},
        state="confirmed",
    ),
    Row("office:new_tenure", {AWAY: OFFICE}, society, lambda w: TENURE),
    Row("office:tenure", {AWAY: OFFICE}, tenure, lambda w: {"last_day": FIRST}),
    Row("office:new_mandate", {AWAY: OFFICE}, tenure, lambda w: {"act": "nominate", "starts_on": FIRST}),
    Row("office:mandate", {AWAY: OFFICE}, mandate, lambda w: {"last_day": FIRST}),
    Row("office:new_person", {REFUSED: OFFICE}, post=nothing, state="empty"),
    Row("office:person_address", {AWAY: OFFICE}, person, lambda w: {"email": "x@new.example"}),
    Row("office:new_function", {REFUSED: OFFICE}, post=nothing, state="empty"),
    Row("office:rename_function", {REFUSED: OFFICE}, function, nothing, state="empty"),
]
