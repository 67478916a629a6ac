"""Calls of the demo council in every state, and how long some societies take to answer."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.people.actions import give_mandate
from collegium.core.people.models import Organization, Person, Tenure
from collegium.core.trail.actions import without_waking

from .. import actions
from ..models import Call, RollRow
from ..queries.able import able

# Each call was prepared so many days before it opened, and announced a day later.
PREPARED, A_DAY = timedelta(days=6), timedelta(days=1)
# Chief executives answer; presidents comment, sign and vote in their place, and whoever leads advocacy answers so.
ALTERNATES = {"president": ("vote", "sign", "comment"), "advocacy": ("answer",)}


def load(at: datetime) -> None:
    """As if the calls had run their course; nobody is written to now."""
    tables = tomllib.loads((Path(__file__).parent / "calls.toml").read_text(encoding="utf-8"))
    with without_waking():
        _mandates(at)
        _leads(tables["lead"], at)
        made = [_call(row, at) for row in tables["call"]]
        _draft(made[0], tables["draft"], at)


def _mandates(at: datetime) -> None:
    for slug, acts in {"ceo": ("answer",), **ALTERNATES}.items():
        found = Tenure.objects.filter(seat__function__slug=slug, seat__organization__kind="society")
        for tenure in found.filter(period__contains=at.date(), capacity="holder").order_by("pk"):
            for act in acts:
                give_mandate(
                    tenure, act=act, is_alternate=slug in ALTERNATES, starts_on=tenure.starts_on, by=None, at=at
                )


def _leads(rows: list[dict[str, Any]], at: datetime) -> None:
    for row in rows:
        society = Organization.objects.get(slug=row["society"])
        given = {"act": row["act"], "days": row["days"], "needs_sitting": row.get("needs_sitting", False)}
        actions.set_lead_time(society, **given, by=None, at=at)
        days = [at.date() + timedelta(days=number) for number in row.get("sittings", [])]
        actions.add_sittings(society, days=days, name="Board", by=None, at=at)


def _call(row: dict[str, Any], at: datetime) -> Call:
    council = Organization.objects.get(kind="council")
    team = Person.objects.get(handle="bridget-oyelaran")
    local = at.replace(hour=14, minute=0, second=0, microsecond=0)
    opens, closes = local + timedelta(days=row["opens"]), local + timedelta(days=row["closes"])
    begun = min(opens, at) - PREPARED
    call = actions.draft_call(
        "consultation",
        title=row["title"],
        raw=row["words"].strip(),
        opens_at=opens,
        closes_at=closes - timedelta(days=row.get("extended", 0)),
        time_zone=council.time_zone,
        seen_by=MEMBERS,
        by=team,
        at=begun,
    )
    if row["state"] == "draft":
        return call
    call = actions.announce_call(call, by=team, at=begun + A_DAY)
    if opens > at:
        return call
    call = actions.open_call(call, at=opens)
    if "extended" in row:
        call = actions.extend_call(
            call, closes_at=closes, reason=row["extended_for"], by=team, at=call.closes_at - 3 * A_DAY
        )
    _answers(call, row.get("answers", []))
    if row["state"] == "closed":
        return actions.close_call(call, at=closes)
    if row["state"] == "cancelled":
        return actions.cancel_call(call, reason=row["reason"], by=team, at=at - A_DAY)
    return call


def _answers(call: Call, said: list[str]) -> None:
    """One after the other, an hour apart, each by whoever may answer for the society."""
    if not said:
        return
    rows = RollRow.objects.filter(call=call).order_by("organization__entry__title")
    for number, (row, words) in enumerate(zip(rows, cycle(said), strict=False)):
        at = call.opens_at + timedelta(hours=9 + 5 * number)
        may = able(call, at, row_id=row.pk)
        if not may or not words or row.organization is None or row.organization.slug == "lagoon-cardiology":
            continue
        choice = "nothing" if words == "Nobody this year." else "answered"
        viewer = Viewer.of(Person.objects.get(pk=may[0].person_id), at=at)
        actions.mark_seen(row, at=at - timedelta(hours=2))
        actions.answer_call(row, choice=choice, raw=words, viewer=viewer, at=at)


def _draft(call: Call, row: dict[str, Any], at: datetime) -> None:
    society = Organization.objects.get(slug=row["society"])
    asked = RollRow.objects.get(call=call, organization=society)
    viewers = {name: Viewer.of(Person.objects.get(handle=name), at=at) for name in (row["by"], *_names(row))}
    actions.take_up(asked, viewer=viewers[row["by"]], at=at - 3 * A_DAY)
    words = row["words"].strip()
    actions.keep_draft(asked, choice="answered", raw=words, seen=0, viewer=viewers[row["by"]], at=at - 2 * A_DAY)
    for number, note in enumerate(row["note"]):
        when = at - A_DAY + timedelta(hours=number)
        actions.note_on_draft(asked, raw=note["words"], viewer=viewers[note["by"]], at=when)


def _names(row: dict[str, Any]) -> list[str]:
    return [note["by"] for note in row["note"]]
