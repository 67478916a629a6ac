"""The access table's rows of calls: what is asked members see; a society's draft its own people; progress the team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.core.access.standard import MEMBERS as ALL_MEMBERS
from collegium.core.calls import actions
from collegium.core.calls.models import Call, RollRow, Sitting
from collegium.core.calls.tests.scene import mandate, row_of
from collegium.core.people.models import Mandate
from collegium.web.desk.calls import token

from .table import DONE, MISSING, PAGE, REFUSED, Row, nothing
from .world import EVERYONE, MEMBERS, OFFICE, World

LAGOON = frozenset({"peer", "two_seats", "delegate", "liaison"})
KEEPERS = frozenset({"liaison", "delegate"})
DELEGATE = frozenset({"delegate"})


def at(name: str, row: str = "") -> Callable[[World], dict[str, Any]]:
    """The call of this name, and a society's row of it."""

    def found(world: World) -> dict[str, Any]:
        words = {"pk": world.made[name].pk}
        return words | ({"row_id": row_of(world.made[name], getattr(world.cast, row)).pk} if row else {})

    return found


def said(world: World) -> dict[str, Any]:
    return {"choice": "answered", "raw": "As full members."}


def window(world: World) -> dict[str, Any]:
    day = timezone.now() + timedelta(days=40)
    opens, closes = (moment.strftime("%Y-%m-%dT%H:%M") for moment in (day, day + timedelta(days=9)))
    return {"title": "Asked", "raw": "", "opens_at": opens, "closes_at": closes, "time_zone": "America/New_York"}


def later(world: World) -> dict[str, Any]:
    return {"closes_at": window(world)["closes_at"], "reason": "Boards meet."}


def because(world: World) -> dict[str, Any]:
    return {"kind": "stand", "reason": "Looked at."}


def entered(world: World) -> dict[str, Any]:
    return {"choice": "answered", "raw": "Yes.", "evidence": "Letter of 4 May"}


CALLS = [
    Row("calls:calls", {PAGE: EVERYONE - {None}}),
    Row("calls:call", {PAGE: MEMBERS}, at("call")),
    Row("calls:call", {PAGE: OFFICE}, at("call_draft"), state="in preparation"),
    Row("calls:call", {}, lambda w: {"pk": 999_999}, state="unknown"),
    Row("calls:roll", {PAGE: MEMBERS}, at("call")),
    Row("calls:roll", {}, at("call_draft"), state="in preparation"),
    Row("calls:roll_lines", {PAGE: MEMBERS}, at("call")),
    Row("calls:roll_lines", {}, at("call_draft"), state="in preparation"),
    Row("calls:answer", {PAGE: LAGOON}, at("call", "lagoon")),
    Row("calls:answer", {}, lambda w: at("call")(w) | {"row_id": 999_999}, state="unknown"),
    Row("calls:answer", {DONE: DELEGATE | {"peer"}, REFUSED: LAGOON - DELEGATE - {"peer"}}, at("call", "lagoon"), said),
    Row("calls:draft", {DONE: LAGOON}, at("call", "lagoon"), lambda w: said(w) | {"seen": "1"}),
    Row("calls:note", {DONE: LAGOON}, at("call", "lagoon"), lambda w: {"raw": "Hm."}),
    Row("calls:taking", {DONE: LAGOON}, at("call", "lagoon"), nothing),
    Row("calls:withdrawal", {REFUSED: LAGOON}, at("call", "lagoon"), nothing, state="nothing answered"),
]

OFFICE_CALLS = [
    Row("office:calls", {PAGE: OFFICE}),
    Row("office:new_call", {PAGE: OFFICE}),
    Row("office:new_call", {DONE: OFFICE}, post=window),
    Row("office:call", {PAGE: OFFICE}, at("call")),
    Row("office:call", {PAGE: OFFICE}, at("call_draft"), state="in preparation"),
    Row("office:change_call", {PAGE: OFFICE}, at("call_draft")),
    Row("office:change_call", {DONE: OFFICE}, at("call_draft"), window),
    Row("office:announce_call", {DONE: OFFICE}, at("call_draft"), nothing),
    Row("office:call_deadline", {DONE: OFFICE}, at("call"), later),
    Row("office:cancel_call", {DONE: OFFICE}, at("call"), lambda w: {"reason": "Off."}),
    Row("office:call_table", {PAGE: OFFICE}, at("call")),
    Row("office:call_row", {PAGE: OFFICE}, at("call", "lagoon")),
    Row("office:call_reminder", {DONE: OFFICE}, at("call", "lagoon"), nothing),
    Row("office:call_ruling", {DONE: OFFICE}, at("call", "lagoon"), because),
    Row("office:call_entry", {DONE: OFFICE}, at("call", "reef"), entered),
]


def desk(slug: str = "lagoon", **more: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slug": slug} | {word: world.made[name].pk for word, name in more.items()}


PLANS = [
    Row("desk:plan", {PAGE: KEEPERS}, desk()),
    Row("desk:plan", {DONE: KEEPERS}, desk(), lambda w: {"act": "answer", "days": "9"}),
    Row("desk:sittings", {DONE: KEEPERS}, desk(), lambda w: {"days": "2090-01-02"}, state="far ahead"),
    Row("desk:sitting_removal", {DONE: KEEPERS}, desk(pk="sitting"), nothing),
    Row("desk:sitting_removal", {}, desk("harbour", pk="sitting"), nothing, state="of another society"),
    Row("desk:mandates", {PAGE: KEEPERS}, desk()),
    Row(
        "desk:mandates",
        {DONE: KEEPERS},
        desk(),
        lambda w: {"tenure": w.cast.tenures["liaison"].pk, "act": "nominate"},
    ),
    Row("desk:mandate_end", {DONE: KEEPERS}, desk(pk="answer_mandate"), nothing),
    Row("desk:mandate_end", {}, desk("harbour", pk="answer_mandate"), nothing, state="of another society"),
    # Whoever has the address: calendar programs do not sign in.
    Row("desk:feed", {PAGE: EVERYONE}, lambda w: {"token": token(w.cast.lagoon, w.cast.liaison)}),
    Row("desk:feed", {}, lambda w: {"token": "forged"}, state="forged", nobody=MISSING),
]

WORDS = {
    # Those of the call that has answers and a draft, and of the ballot that is open; elsewhere they are as unknown.
    "row_id": lambda world: [*_rows(world).values_list("pk", flat=True).order_by("pk"), 999_999],
}


def _rows(world: World) -> Any:
    return RollRow.objects.filter(call__in=[world.made["call"].pk, world.made["open"].call_id])


def furnish(world: World) -> None:
    """An open call with a draft and an answer, and one in preparation."""
    cast, now = world.cast, timezone.now()
    for part in ("delegate", "chair", "leaver"):
        mandate(cast.tenures[part])
    mandate(cast.tenures["peer"], is_alternate=True)
    world.made["answer_mandate"] = Mandate.objects.get(tenure=cast.tenures["peer"], act="answer")
    window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30), "time_zone": "UTC"}
    told = {"seen_by": ALL_MEMBERS, "by": cast.staff, "at": now}
    made: dict[str, Call] = {}
    for name, seen_by in (("call", MEMBERS), ("call_draft", OFFICE)):
        title, raw = world.canary(f"title{name}", seen_by), world.canary(f"words{name}", seen_by)
        made[name] = actions.draft_call("consultation", title=title, raw=raw, **window, **told)
    call = actions.open_call(actions.announce_call(made["call"], by=cast.staff, at=now), at=now)
    world.made |= made | {"call": call}
    row = row_of(call, cast.lagoon)
    actions.keep_draft(
        row, choice="answered", raw=world.canary("draft", LAGOON), seen=0, viewer=world.viewer("peer"), at=now
    )
    actions.note_on_draft(row, raw=world.canary("note", LAGOON), viewer=world.viewer("liaison"), at=now)
    raw = world.canary("answer", OFFICE | {"chair", "colleague"})
    harbour = row_of(call, cast.harbour)
    actions.answer_call(harbour, choice="answered", raw=raw, viewer=world.viewer("chair"), at=now)
    day = now.date() + timedelta(days=60)
    actions.add_sittings(cast.lagoon, days=[day], by=cast.liaison, at=now)
    world.made["sitting"] = Sitting.objects.get()
