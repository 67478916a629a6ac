"""Calls as the council's team sees them: what runs, how far each is, whom a window shuts out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.calls.queries import Roll, progress, shut_out, tally
from collegium.core.calls.queries.progress import Standing, shows_choices
from collegium.core.calls.wording import STANDINGS, STATES
from collegium.core.people.models import Organization
from collegium.core.people.queries.attesting import asked_societies

SHOWN = 100
_ORDER = ("open", "draft", "announced", "closed", "cancelled")


def calls_of_office(viewer: Viewer) -> list[dict[str, Any]]:
    """All calls, those that run first, what is due first before the rest; each with its state and how many answered."""
    on_roll = Q(roll__struck_at=None)
    found = Call.objects.select_related("entry").annotate(
        asked=Count("roll", filter=on_roll), answered=Count("roll", filter=on_roll & Q(roll__is_answered=True))
    )
    steps = {call: call.state_at(viewer.at) for call in found.order_by("-pk")[:SHOWN]}
    ordered = sorted(steps, key=lambda call: (_ORDER.index(steps[call]), call.closes_at))
    return [{"call": call, "step": steps[call], "state": STATES[steps[call]]} for call in ordered]


def call_at(pk: int) -> Call:
    """A call; Http404 for one that is none. Whoever asks is of the council's team."""
    found = Call.objects.select_related("entry", "about", "group__entry", "group__circle").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def zone_of_council() -> str:
    """On whose clock a call is planned, unless one says otherwise."""
    return Organization.objects.get(kind=Organization.Kind.COUNCIL).time_zone


def societies(at: Any) -> QuerySet[Organization]:
    """Member societies, by name."""
    asked = [society.pk for society in asked_societies(at)]
    return Organization.objects.filter(pk__in=asked).order_by("entry__title")


def progress_page(call: Call, viewer: Viewer) -> dict[str, Any]:
    """Row by row; before the opening, whom the window shuts out and who would have nobody to answer."""
    if call.opened_at is None:
        return {"rows": [], "planned": planned(call, viewer)}
    tells = shows_choices(call, viewer.at)
    rows = progress(call)
    for row in rows:
        row["state"] = STANDINGS[row["standing_step"]]
        choice = call.kind_of.choice(row["choice"] or "") if tells else None
        row["said"] = choice.given if choice else ""
        row["can_be_nudged"] = row["standing_step"] not in (Standing.ANSWERED, Standing.STRUCK)
        if not tells:
            row["raw"] = ""
    return {"rows": rows, "tally": tally(call, viewer.at), "planned": None, "tells": tells}


def planned(call: Call, viewer: Viewer) -> dict[str, Any]:
    """Whom the window shuts out, of so many asked: societies, by what they told of themselves."""
    rule = Roll.of(call)
    asked = [row for row in societies(viewer.at) if not rule.only or row.pk in rule.only]
    found = shut_out(asked, act=call.kind_of.act, opens_at=call.opens_at, closes_at=call.closes_at)
    return {"asked": len(asked), "shut_out": found}


def row_at(pk: int, row_id: int) -> RollRow:
    """A row of a call; Http404 for another's."""
    rows = RollRow.objects.select_related("call__entry", "call__group__circle", "organization__entry", "person")
    standing = Prefetch("answers", queryset=Answer.objects.select_related("by"), to_attr="all_answers")
    found = rows.filter(call=pk, pk=row_id).prefetch_related(standing, "entitled__person", "rulings__by").first()
    if found is None:
        raise Http404
    return found
