"""The access table's rows of the office's front page, the coverage map, the settings of groups and the health page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collegium.core.groups.models import Group, Office
from collegium.core.groups.preview import preview_closing

from .table import DONE, PAGE, REFUSED, Row, everywhere_alike, nothing
from .world import OFFICE, World

PAGES = everywhere_alike(
    "office:front",
    "office:coverage",
    "office:coverage_export",
    "office:groups",
    "office:found",
    "office:health",
    answers={PAGE: OFFICE},
)

TABLES = [
    Row("office:table", {PAGE: OFFICE}, lambda w, name=name: {"name": name}, state=name)
    for name in ("groups", "requests", "confirmations", "reports", "addresses")
] + [Row("office:table", {}, lambda w: {"name": "none-such"}, state="unknown")]

ONE = [
    Row("office:coverage_of", {PAGE: OFFICE}, lambda w: {"slug": "lagoon"}),
    Row("office:coverage_of", {}, lambda w: {"slug": "none-such"}, state="unknown"),
]


def of(slug: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"group_slug": slug}


def chair_of(world: World, slug: str) -> int:
    return Office.objects.get(group__slug=slug, role="chair").pk


def policy(*functions: str, **more: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: (
        {
            "functions": functions,
            "capacities": ["holder"],
            "leaderships": ["staff"],
            "organization_kinds": ["society"],
            "standings": ["member"],
        }
        | more
    )


SETTINGS = {
    "short": "Money",
    "purpose": "On reserves.",
    "kind": "peer_group",
    "joining": "ex_officio",
    "page_audience": "1",
    "default_level": "daily",
}


def closing(world: World) -> dict[str, Any]:
    """The name typed, and the list as one of the team has looked at it; another's list is another."""
    group = Group.objects.get(slug="cfos")
    seen = preview_closing(group, viewer=world.cast.viewer("staff"), at=world.cast.at)
    return {"name": group.name, "seen": seen.fingerprint()}


GROUPS = [
    *[
        row
        for name in ("office:group", "office:policy")
        for row in (
            Row(name, {PAGE: OFFICE}, of("cfos")),
            Row(name, {PAGE: OFFICE}, of("ceos"), state="closed"),
            Row(name, {PAGE: OFFICE}, of("board"), state="hidden"),
            Row(name, {}, of("none-such"), state="unknown"),
        )
    ],
    Row("office:group", {DONE: OFFICE}, of("cfos"), lambda w: SETTINGS),
    Row("office:group", {REFUSED: OFFICE}, of("cfos"), nothing, state="empty"),
    Row("office:policy", {PAGE: OFFICE}, of("cfos"), policy("cfo"), state="looked at"),
    Row("office:policy", {REFUSED: OFFICE}, of("cfos"), policy("cfo", seen="forged"), state="not as seen"),
    Row("office:officers", {DONE: OFFICE}, of("cfos"), lambda w: {"handle": w.cast.peer.handle, "role": "vice_chair"}),
    Row("office:officers", {REFUSED: OFFICE}, of("cfos"), nothing, state="empty"),
    Row(
        "office:officer_end",
        {DONE: OFFICE},
        lambda w: {"group_slug": "cfos", "pk": chair_of(w, "cfos")},
        nothing,
    ),
    Row(
        "office:officer_end",
        {},
        lambda w: {"group_slug": "cfos", "pk": chair_of(w, "ceos")},
        nothing,
        state="of another group",
    ),
    Row("office:closure", {PAGE: OFFICE}, of("cfos")),
    Row("office:closure", {REFUSED: OFFICE}, of("ceos"), state="closed already"),
    Row("office:closure", {REFUSED: OFFICE}, of("cfos"), nothing, state="name not typed"),
    Row("office:closure", {DONE: frozenset({"staff"}), REFUSED: frozenset({"second_staff"})}, of("cfos"), closing),
    Row("office:found", {REFUSED: OFFICE}, nothing, nothing, state="empty"),
    Row(
        "office:found",
        {DONE: OFFICE},
        nothing,
        lambda w: SETTINGS | policy("cfo")(w) | {"name": "Treasury", "slug": "treasury"},
    ),
]

HEALTH = [
    Row("office:checks", {DONE: OFFICE}, nothing, nothing),
    Row("office:retry", {REFUSED: OFFICE}, lambda w: {"pk": 999_999}, nothing, state="unknown"),
]

WORDS = {"group_slug": lambda world: [*Group.objects.values_list("slug", flat=True), "none-such"]}
