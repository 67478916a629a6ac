"""Calls for tests: the cast with mandates, and calls in each state."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions
from collegium.core.calls.models import Call, RollRow
from collegium.core.calls.queries import progress_statement, steps_of
from collegium.core.groups.tests.cast import Cast
from collegium.core.people import actions as people
from collegium.core.people.models import Organization, Tenure
from collegium.core.people.tests.factories import LONG_AGO, make_person, make_tenure

DAY = timedelta(days=1)


def mandate(tenure: Tenure, act: str = "answer", *, is_alternate: bool = False, **facts: Any) -> Tenure:
    """The holder of the tenure may do acts of this kind, since long ago."""
    facts.setdefault("starts_on", LONG_AGO)
    facts.setdefault("at", datetime.fromisoformat("2026-05-01T12:00:00+00:00"))
    people.give_mandate(tenure, act=act, is_alternate=is_alternate, by=None, **facts)
    return tenure


def mandates(cast: Cast, act: str = "answer") -> None:
    """Lagoon through its delegate, with the peer as alternate; Harbour through the chair; Reef through the leaver."""
    for part in ("delegate", "chair", "leaver"):
        mandate(cast.tenures[part], act)
    mandate(cast.tenures["peer"], act, is_alternate=True)


def make_call(cast: Cast, kind: str = "consultation", **facts: Any) -> Call:
    """Announced; opens a day after the cast's moment and closes ten days later, unless said otherwise."""
    is_announced = facts.pop("is_announced", True)
    facts.setdefault("title", "How do you count associate members?")
    facts.setdefault("raw", "Tell us *how*.")
    facts.setdefault("opens_at", cast.at + DAY)
    facts.setdefault("closes_at", cast.at + 11 * DAY)
    facts.setdefault("time_zone", "America/New_York")
    facts.setdefault("seen_by", MEMBERS)
    call = actions.draft_call(kind, by=cast.staff, at=cast.at, **facts)
    return actions.announce_call(call, by=cast.staff, at=cast.at) if is_announced else call


def open_call(cast: Cast, **facts: Any) -> tuple[Call, datetime]:
    """A call whose roll was taken, and a moment two days after the cast's, while it is open."""
    call = make_call(cast, **facts)
    at = cast.at + 2 * DAY
    return actions.open_call(call, at=at), at


def row_of(call: Call, society: Organization) -> RollRow:
    return RollRow.objects.select_related("call__entry", "organization__entry").get(call=call, organization=society)


def steps(call: Call) -> dict[str, str]:
    """How far each society is, by its slug; the totals of the steps are those of the rows."""
    sql, parameters = progress_statement(call)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    at = {row["slug"]: row["standing_step"] for row in found}
    assert steps_of(call) == Counter(at.values())
    return at


def answer(call: Call, society: Organization, viewer: Viewer, at: datetime, **facts: Any) -> Any:
    facts.setdefault("choice", "answered")
    facts.setdefault("raw", "As full members.")
    return actions.answer_call(row_of(call, society), viewer=viewer, at=at, **facts)


def another(society: Organization, function: str, name: str) -> Tenure:
    """Somebody else in a seat of the society."""
    return make_tenure(make_person(name), society, function)
