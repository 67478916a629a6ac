"""Rosters: handed in, looked at line by line, confirmed; and the present one as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.people import actions
from collegium.core.people.roster.columns import WRITTEN, heading_of
from collegium.core.people.roster.planning import Outcome
from collegium.core.people.roster.present import exported
from collegium.web import cursors
from collegium.web.account.doors import page, refusals_in
from collegium.web.sheets import csv_answer

from ..doors import team_only
from ..rosters import queries
from ..rosters.forms import RosterForm

WORKING = ("reading", "applying")


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def rosters(request: Any) -> HttpResponse:
    """Hand in a file; those of late."""
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if form.is_valid():
        with refusals_in(form):
            given = form.cleaned_data
            taken = actions.receive_roster(
                given["sheet"], name=given["file"].name, content=given["content"], by=request.user, at=request.at
            )
            return redirect("office:roster", taken.pk)
    return page(request, "office/rosters.html", form, rows=queries.recent(), columns=[*map(heading_of, WRITTEN)])


@team_only
@require_safe
def roster(request: Any, pk: int) -> HttpResponse:
    """What each line comes to, refused ones first; how far it is while the worker is at it."""
    found = queries.roster(pk)
    counts = queries.counts(found)
    outcome = request.GET.get("show", "" if not counts[Outcome.REFUSED] else Outcome.REFUSED)
    rows, more = queries.lines(found, outcome, cursors.number(request.GET.get("after")) or 0)
    context = {
        "roster": found,
        "counts": counts,
        "tabs": _tabs(outcome, counts),
        "rows": rows,
        "older": f"?show={outcome}&after={more}" if more else "",
        "first": f"?show={outcome}" if request.GET.get("after") else "",
        "is_working": found.state in WORKING,
        "changing": counts[Outcome.NEW] + counts[Outcome.CHANGED],
    }
    asks_how_far = bool(request.htmx) and request.htmx.target == "how-far"
    return render(request, "office/roster.html#howfar" if asks_how_far else "office/roster.html", context)


def _tabs(outcome: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    kinds = [("", _("All"), sum(counts.values())), *((one.value, one.label, counts[one.value]) for one in Outcome)]
    return [
        {"label": label, "url": f"?show={value}", "current": value == outcome, "count": count}
        for value, label, count in kinds
    ]


@team_only
@require_POST
def confirmation(request: Any, pk: int) -> HttpResponse:
    """Carry it out."""
    actions.confirm_roster(queries.roster(pk), by=request.user, at=request.at)
    return redirect("office:roster", pk)


@team_only
@require_POST
def abandonment(request: Any, pk: int) -> HttpResponse:
    """Forget it, or what is left of it."""
    left = actions.abandon_roster(queries.roster(pk), by=request.user, at=request.at)
    if left.confirmed_at is None:
        messages.success(request, _("The roster is abandoned, and its lines are forgotten."))
    else:
        messages.success(request, _("The rest of the roster is abandoned; what was carried out stays."))
    return redirect("office:rosters")


@team_only
@require_safe
def refused(request: Any, pk: int) -> StreamingHttpResponse:
    """The refused lines as they came in, with why: to be mended and handed in again."""
    head, rows = queries.refused_rows(queries.roster(pk))
    return csv_answer("refused-lines.csv", [*head, _("Line"), _("Why it was refused")], rows)


@team_only
@require_safe
def present(request: Any) -> StreamingHttpResponse:
    """Who holds which seat, in the form an import takes."""
    return csv_answer(f"roster-{request.at:%Y-%m-%d}.csv", [*map(heading_of, WRITTEN)], exported(request.at))


@team_only
@require_safe
def template(request: Any) -> StreamingHttpResponse:
    """The headings alone."""
    return csv_answer("roster.csv", [*map(heading_of, WRITTEN)], [])
