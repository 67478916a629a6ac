"""The access table's rows of undertakings, suspensions and readings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.core.groups import actions as groups

from .table import DONE, MISSING, PAGE, REFUSED, Row, group, nothing
from .world import CFO_CHAIR, EVERYONE, OFFICE, SIGNED_IN, World

WITH_A_SEAT = SIGNED_IN - {"outsider"}
RUN_CFOS, RUN_CEOS = CFO_CHAIR | OFFICE, OFFICE | {"chair"}


def furnish(world: World) -> None:
    """An undertaking everybody may read, needed by the CFOs; what a reader gives as reason is for those concerned."""
    cast, at = world.cast, timezone.now()
    text = world.canary("undertaking", EVERYONE)
    undertaking = groups.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=at)
    world.made["version"] = groups.publish_version(
        undertaking, text=f"I keep {text}.", viewer=world.viewer("staff"), at=at
    )
    other = groups.draw_up_undertaking("Conduct", slug="conduct", kind="conduct", by=None, at=at)
    groups.publish_version(other, text="I am kind.", viewer=world.viewer("staff"), at=at)
    world.made["need"] = groups.begin_need(
        cast.cfos, undertaking=undertaking, viewer=world.viewer("staff"), at=at, grace_days=14
    )
    why = world.canary("suspended", OFFICE)
    world.made["suspension"] = groups.suspend_person(
        cast.membership,
        person=cast.two_seats,
        until=at + timedelta(days=3),
        reason=f"Because of {why}",
        viewer=world.viewer("staff"),
        at=at,
    )
    groups.lift_suspension(world.made["suspension"], viewer=world.viewer("staff"), at=timezone.now())
    reason = world.canary("reading", RUN_CEOS)
    world.made["reading"] = groups.ask_to_read(
        cast.ceos, reason=f"About {reason}", viewer=world.viewer("staff"), at=timezone.now()
    )


def made(slug: str, name: str) -> Callable[[World], dict[str, Any]]:
    return group(slug, pk=lambda w: w.made[name].pk)


VERSION: Callable[[World], dict[str, Any]] = lambda w: {"slug": "keep", "number": 1}  # noqa: E731 - a word for rows
TOMORROW = (timezone.now() + timedelta(days=1)).date().isoformat()

TEXTS = [
    Row("undertakings:list", {PAGE: EVERYONE}),
    Row("undertakings:mine", {PAGE: SIGNED_IN}),
    Row("undertakings:undertaking", {PAGE: EVERYONE}, lambda w: {"slug": "keep"}),
    Row("undertakings:undertaking", {}, lambda w: {"slug": "none-such"}, state="unknown", nobody=MISSING),
    Row("undertakings:version", {PAGE: EVERYONE}, VERSION),
    Row("undertakings:version", {}, lambda w: {"slug": "keep", "number": 2}, state="unknown", nobody=MISSING),
    # Whoever holds no seat is told that there is nothing to undertake it for.
    Row("undertakings:accept", {DONE: WITH_A_SEAT}, VERSION, nothing, rest=REFUSED),
    Row("undertakings:accept", {}, lambda w: {"slug": "keep", "number": 2}, nothing, state="unknown"),
]

OFFICE_PAGES = [
    Row("office:undertakings", {PAGE: OFFICE}),
    Row("office:undertakings", {REFUSED: OFFICE}, nothing, nothing, state="empty"),
    Row(
        "office:undertakings",
        {DONE: OFFICE},
        nothing,
        lambda w: {"name": "Care", "slug": "care", "kind": "conduct"},
    ),
    Row("office:undertaking", {PAGE: OFFICE}, lambda w: {"slug": "keep"}),
    Row("office:undertaking", {}, lambda w: {"slug": "none-such"}, state="unknown"),
    Row(
        "office:undertaking",
        {DONE: OFFICE},
        lambda w: {"slug": "keep"},
        lambda w: {"text": "Other words", "grace_days": "14"},
    ),
    Row("office:undertaking", {REFUSED: OFFICE}, lambda w: {"slug": "keep"}, nothing, state="empty"),
    # Without a day it asks for one.
    Row("office:undertakings_export", {REFUSED: OFFICE}),
]

CONDITIONS = [
    Row("groups:conditions", {PAGE: RUN_CFOS}, group("cfos")),
    Row("groups:conditions", {PAGE: RUN_CEOS}, group("ceos"), state="closed"),
    Row("groups:conditions", {PAGE: OFFICE}, group("board"), state="hidden"),
    Row(
        "groups:begin_need",
        {DONE: RUN_CFOS},
        group("cfos"),
        lambda w: {"undertaking": "conduct", "grace_days": "14"},
    ),
    Row(
        "groups:begin_need",
        {REFUSED: RUN_CFOS},
        group("cfos"),
        lambda w: {"undertaking": "keep", "grace_days": "14"},
        state="needed",
    ),
    Row("groups:end_need", {DONE: OFFICE, REFUSED: CFO_CHAIR}, made("cfos", "need"), nothing),
    Row("groups:end_need", {}, made("ceos", "need"), nothing, state="of another group"),
    Row(
        "groups:suspend",
        {DONE: RUN_CFOS},
        group("cfos"),
        lambda w: {"handle": w.cast.peer.handle, "last_day": TOMORROW, "reason": "So"},
    ),
    Row("groups:suspend", {REFUSED: RUN_CFOS}, group("cfos"), nothing, state="empty"),
    Row("groups:lift", {REFUSED: OFFICE}, made("membership", "suspension"), nothing, state="lifted"),
    Row("groups:lift", {}, made("cfos", "suspension"), nothing, state="of another group"),
    Row(
        "groups:ask_to_read",
        {DONE: frozenset({"second_staff"}), REFUSED: RUN_CEOS},
        group("ceos"),
        lambda w: {"reason": "A complaint"},
    ),
    Row("groups:ask_to_read", {REFUSED: RUN_CEOS}, group("ceos"), nothing, state="empty"),
    Row(
        "groups:confirm_reading",
        {DONE: frozenset({"second_staff", "chair"}), REFUSED: OFFICE},
        made("ceos", "reading"),
        nothing,
    ),
    Row("groups:confirm_reading", {}, made("cfos", "reading"), nothing, state="of another group"),
    Row("groups:end_reading", {DONE: RUN_CEOS}, made("ceos", "reading"), nothing),
    Row("groups:end_reading", {}, made("cfos", "reading"), nothing, state="of another group"),
]
