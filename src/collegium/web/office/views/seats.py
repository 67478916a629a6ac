"""Who takes a seat, until when, and what the holder may do for the society."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.people import actions
from collegium.web.account.doors import page, refusals_in
from collegium.web.societies.queries import visible_organization

from ..books import deeds
from ..books.forms.seats import LastDayForm, MandateForm, TenureForm
from ..books.functions import all_functions
from ..books.seats import mandate_of_page, mandates, tenure_of_page
from ..doors import team_only


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def start_tenure(request: Any, slug: str) -> HttpResponse:
    """Somebody known or somebody new takes a seat of the society."""
    organization = visible_organization(request.viewer, slug)
    typed = request.POST if request.method == "POST" else None
    form = TenureForm(typed, functions=all_functions(), initial={"function": request.GET.get("function", "")})
    if form.is_valid():
        with refusals_in(form):
            deeds.seat_somebody(organization, form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, _("The tenure is recorded."))
            return redirect("office:society", slug=organization.slug)
    return page(request, "office/new-tenure.html", form, society=organization)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def end_tenure(request: Any, tenure: int) -> HttpResponse:
    """One tenure with its mandates; record its last day."""
    found = tenure_of_page(request.viewer, tenure)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.end_tenure(found, last_day=form.cleaned_data["last_day"], by=request.user, at=request.at)
            messages.success(request, _("The end of the tenure is recorded."))
            return redirect("office:society", slug=found.seat.organization.slug)
    return page(request, "office/tenure.html", form, tenure=found, mandates=mandates(found, request.at))


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def give_mandate(request: Any, tenure: int) -> HttpResponse:
    """Say what the holder may do for the society."""
    found = tenure_of_page(request.viewer, tenure)
    form = MandateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.give_mandate(found, by=request.user, at=request.at, **form.cleaned_data)
            messages.success(request, _("The mandate is given."))
            return redirect("office:tenure", tenure=found.pk)
    return page(request, "office/new-mandate.html", form, tenure=found)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: Any, mandate: int) -> HttpResponse:
    """Say the last day of a mandate."""
    found = mandate_of_page(request.viewer, mandate)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.end_mandate(found, last_day=form.cleaned_data["last_day"], by=request.user, at=request.at)
            messages.success(request, _("The end of the mandate is recorded."))
            return redirect("office:tenure", tenure=found.tenure_id)
    return page(request, "office/end-mandate.html", form, mandate=found)
