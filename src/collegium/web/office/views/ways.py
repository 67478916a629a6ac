"""How letters fare, and the way of each that came in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.core.mail.queries import keeps_letters
from collegium.web.sheets import csv_answer
from collegium.web.together import moments

from ..books.listing import listed, whole
from ..doors import team_only
from ..groups.queries import groups_page
from ..letters import fares, ways, wording
from ..letters.forms import WaysForm


@team_only
@never_cache
@require_safe
def fare(request: Any) -> HttpResponse:
    """Society by society, the worst first, and day by day."""
    found = fares.overview(request.at)
    failing = [row for row in found["societies"] if row["failing"]]
    for row in failing:
        row["sentence"], row["more"] = wording.of_society(row, request.at), wording.suspended(row["suspended"])
    days = [row | {"label": wording.day(row["day"])} for row in found["days"]]
    context = {
        "failing": failing,
        "others": len(found["societies"]) - len(failing),
        "totals": found["totals"][0],
        "days": days,
        "bars": [{"label": row["label"], "count": row["came_back"] + row["refused"]} for row in days],
        "keeps_letters": keeps_letters(),
    }
    return render(request, "office/letters-fare.html", context)


@team_only
@never_cache
@require_safe
def fare_of(request: Any, slug: str) -> HttpResponse:
    """The addresses of one society from which letters come back."""
    name = fares.society_name(slug)
    if name is None:
        raise Http404
    listing = listed(fares.addresses(request.at, slug), asked={}, page=request.GET.get("page"))
    rows = moments(listing.rows, *fares.MOMENTS)
    return render(
        request, "office/letters-fare-of.html", {"name": name, "slug": slug, "listing": listing, "rows": rows}
    )


@team_only
@require_safe
def fare_csv(request: Any) -> HttpResponseBase:
    """Every address from which letters come back."""
    head = [_("Society"), _("Person"), _("Address"), _("Since"), _("Suspended"), _("What the server said")]
    rows = fares.sheet_rows(whole(fares.addresses(request.at)))
    return csv_answer(f"letters-{request.at:%Y-%m-%d}.csv", head, rows)


@team_only
@never_cache
@require_safe
def incoming(request: Any) -> HttpResponse:
    """Received, whose, and what became of it; no word of what it says."""
    form = WaysForm(request.GET)
    groups = groups_page(request.viewer)
    form.fields["group"].offer([(row["slug"], row["name"]) for row in groups])  # type: ignore[attr-defined]  # Chosen
    asked = form.asked()
    context = ways.page(request.viewer, asked=asked, before=request.GET.get("before"), shows_senders=True)
    return render(request, "office/letters-in.html", context | {"form": form, "narrowed": asked})
