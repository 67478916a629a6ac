"""Calls as the council's team sees them: what runs, how far each is, whom a window shuts out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.calls.queries import Roll, progress_statement, shut_out, steps_of, tally
from collegium.core.calls.queries.progress import Standing, shows_choices
from collegium.core.calls.wording import STANDINGS, STATES
from collegium.core.people.models import Organization
from collegium.core.people.queries.attesting import asked_societies
from collegium.web.together import moments

from ..books.listing import listed, whole

SHOWN = 50
_ORDER = ("open", "draft", "announced", "closed", "cancelled")


def calls_of_office(viewer: Viewer) -> list[dict[str, Any]]:
    """All calls, those that run first, what is due first before the rest; each with its state and how many answered."""
    newest = list(Call.objects.select_related("entry").order_by("-pk")[:SHOWN])
    counted = RollRow.objects.filter(call__in=newest, struck_at=None).values("call").order_by("call")
    totals = counted.annotate(asked=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    counts = {row["call"]: {"asked": row["asked"], "answered": row["answered"]} for row in totals}
    steps = {call: call.state_at(viewer.at) for call in newest}
    ordered = sorted(steps, key=lambda call: (_ORDER.index(steps[call]), call.closes_at))
    none = {"asked": 0, "answered": 0}
    return [
        {"call": call, "step": steps[call], "state": STATES[steps[call]]} | counts.get(call.pk, none)
        for call in ordered
    ]


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


def progress_page(call: Call, viewer: Viewer, *, step: str = "", page: str | None = None) -> dict[str, Any]:
    """Row by row, a page at a time; before the opening, whom the window shuts out."""
    if call.opened_at is None:
        return {"listing": None, "planned": planned(call, viewer)}
    step = step if step in Standing.ALL else ""
    counts = steps_of(call)
    # Counted already: the rows with all that is told of them need not be made for it.
    total = counts.get(step, 0) if step else sum(counts.values())
    count = ("SELECT %s::bigint AS n", [total])
    listing = listed(progress_statement(call, step), asked={"step": step}, page=page, count=count)
    return {
        "listing": listing,
        "rows": worded(call, moments(listing.rows, "answered_at", "nudged_at"), viewer),
        "tabs": [_tab(_("All"), "", sum(counts.values()), step)]
        + [_tab(STANDINGS[name][1], name, counts[name], step) for name in Standing.ALL if name in counts],
        "tally": tally(call, viewer.at),
        "planned": None,
    }


def _tab(label: Any, step: str, n: int, current: str) -> dict[str, Any]:
    return {"label": label, "url": f"?step={step}" if step else "?", "count": n, "current": step == current}


def worded(call: Call, rows: list[dict[str, Any]], viewer: Viewer) -> list[dict[str, Any]]:
    """The rows with words for where each stands and, once it may be told, what it answered."""
    tells = shows_choices(call, viewer.at)
    for row in rows:
        row["state"] = STANDINGS[row["standing_step"]]
        choice = call.kind_of.choice(row["choice"] or "") if tells else None
        row["said"] = choice.given if choice else ""
        row["raw"] = row["raw"] if tells else ""
        row["can_be_nudged"] = row["standing_step"] not in (Standing.ANSWERED, Standing.STRUCK)
    return rows


def table_of(call: Call, viewer: Viewer) -> list[dict[str, Any]]:
    """All rows, for a table to download."""
    return worded(call, whole(progress_statement(call)), viewer)


def planned(call: Call, viewer: Viewer) -> dict[str, Any]:
    """Whom the window shuts out, of so many asked: societies, by what they told of themselves."""
    rule = Roll.of(call)
    asked = [row for row in societies(viewer.at) if (not rule.only or row.pk in rule.only) and row.pk not in rule.but]
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
