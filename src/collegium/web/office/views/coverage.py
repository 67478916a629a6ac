"""The coverage map, one organization of it, and the same as a spreadsheet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.groups.queries import coverage
from collegium.web.sheets import csv_answer

from ..coverage import drawing, sheet
from ..coverage.forms import CoverageForm
from ..coverage.maps import the_map
from ..doors import team_only


@team_only
@require_safe
def coverage_map(request: Any) -> HttpResponse:
    """Organizations by groups, narrowed to what was chosen."""
    form, shown = _shown(request)
    chosen = form.chosen()
    context = {
        "form": form,
        "shown": shown,
        "head": drawing.head(shown),
        "body": drawing.body(shown),
        "places": drawing.places(shown),
        "export": f"?{urlencode({'kind': ''} | chosen)}",
    }
    whole = "office/coverage.html"
    return render(request, f"{whole}#map" if request.htmx and request.htmx.target == "map" else whole, context)


def _shown(request: Any) -> tuple[CoverageForm, Any]:
    organizations = coverage.organizations(request.viewer)
    # Without a question: the member societies' own seats, not those of every foundation and subspecialty.
    form = CoverageForm(request.GET or {"kind": "society"})
    form.offer(organizations)
    return form, the_map(request.viewer, organizations, form.chosen())


@team_only
@require_safe
def export(request: Any) -> StreamingHttpResponse:
    """What the map shows with the same narrowing, a line for each cell."""
    _form, shown = _shown(request)
    return csv_answer(f"coverage-{shown.at:%Y-%m-%d}.csv", sheet.head(), sheet.rows(shown))


@team_only
@require_safe
def coverage_of(request: Any, slug: str) -> HttpResponse:
    """One organization in every group that admits a seat of it."""
    organizations = [row for row in coverage.organizations(request.viewer) if row["slug"] == slug]
    if not organizations:
        raise Http404
    shown = the_map(request.viewer, organizations, {})
    context = {"organization": organizations[0], "shown": shown, "lines": sheet.lines_of(shown, organizations[0])}
    return render(request, "office/coverage_of.html", context)
