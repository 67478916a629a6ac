"""Addresses proposed for people who lost theirs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.people import actions
from collegium.core.people.models import AddressProposal
from collegium.core.people.queries import primary_address
from collegium.web.account.doors import page, refusals_in

from .. import queries
from ..doors import team_only
from ..forms import OverrideForm, ProposalForm


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: Any) -> HttpResponse:
    """What is proposed and not yet in effect; propose another."""
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            person, email = form.cleaned_data["handle"], form.cleaned_data["email"]
            actions.propose_address(person, email=email, by=request.user, at=request.at)
            messages.success(request, _("Proposed. A letter about it went to the present address."))
            return redirect("office:addresses")
    return page(request, "office/addresses.html", form, rows=queries.open_proposals())


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def override(request: Any, pk: int) -> HttpResponse:
    """Let an address take effect after 72 hours, with a reason and a letter to the old one."""
    proposal = get_object_or_404(AddressProposal.objects.select_related("person", "proposed_by"), pk=pk)
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            reason = form.cleaned_data["reason"]
            actions.override_address(proposal, viewer=request.viewer, reason=reason, at=request.at)
            messages.success(request, _("It takes effect in 72 hours, unless the person objects."))
            return redirect("office:addresses")
    old = primary_address(proposal.person, request.at)
    return page(request, "office/override.html", form, proposal=proposal, old=old)
