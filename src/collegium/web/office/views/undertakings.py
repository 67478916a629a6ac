"""Undertakings at the office: their texts, new versions, who has accepted, and the export for a day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.groups import actions
from collegium.core.groups.queries import people_asked
from collegium.design.text import render_markdown
from collegium.web.account.doors import REFUSED, page, refusals_in
from collegium.web.sheets import csv_answer

from ..doors import team_only
from ..undertakings import (
    HEAD,
    DayForm,
    DrawUpForm,
    VersionForm,
    export_rows,
    list_page,
    one_page,
    undertaking_of,
)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def undertakings(request: Any) -> HttpResponse:
    """Every undertaking and who needs it; draw up another."""
    form = DrawUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.draw_up_undertaking(**form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, _("Drawn up. Now publish its text."))
            return _see(made.slug)
    day = DayForm(initial={"on": timezone.localdate(request.at)})
    return page(request, "office/undertakings.html", form, rows=list_page(request.at), day=day)


def _see(slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("office:undertaking", args=[slug]), status=303)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def undertaking(request: Any, slug: str) -> HttpResponse:
    """Its versions and how far their acceptance is; look at the next version, then publish it."""
    found = undertaking_of(slug)
    context = one_page(found, request.at)
    newest = next(iter(context["versions"]), None)
    form = VersionForm(
        request.POST if request.method == "POST" else None, initial={"text": newest.text if newest else ""}
    )
    context["asked"] = people_asked(request.at, undertaking=found.pk)
    if form.is_valid() and "preview" in request.POST:
        context["preview"] = render_markdown(form.cleaned_data["text"])
    elif form.is_valid():
        with refusals_in(form):
            actions.publish_version(found, **form.cleaned_data, viewer=request.viewer, at=request.at)
            messages.success(request, _("Published. Whoever it concerns is told and gets a letter."))
            return _see(found.slug)
    return page(request, "office/undertaking.html", form, **context)


@team_only
@require_safe
def export(request: Any) -> HttpResponseBase:
    """Who was bound to which version on a day, as CSV."""
    form = DayForm(request.GET)
    if not form.is_valid():
        context = {"form": DrawUpForm(), "rows": list_page(request.at), "day": form}
        return render(request, "office/undertakings.html", context, status=REFUSED)
    day = form.cleaned_data["on"]
    return csv_answer(f"undertakings-{day:%Y-%m-%d}.csv", HEAD, export_rows(day))
