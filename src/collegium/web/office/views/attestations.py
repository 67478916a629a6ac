"""The board of the quarter's confirmations, and a departure's recommendations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.people import actions

from .. import attestations as queries
from ..doors import team_only


@team_only
@require_safe
def board(request: Any) -> HttpResponse:
    """Per society and step; who was written to or called, and when."""
    viewer = viewer_of(request)
    return render(request, "office/attestations.html", queries.board(viewer.at) | {"leaving": queries.departures()})


@team_only
@require_POST
def resend(request: Any, pk: int) -> HttpResponse:
    """Have the letter written again."""
    viewer = viewer_of(request)
    actions.resend_attestation(queries.attestation(pk), viewer=viewer, at=viewer.at)
    return _back(request, _("The letter is on its way again."))


@team_only
@require_POST
def call(request: Any, pk: int) -> HttpResponse:
    """Note that the society was called."""
    viewer = viewer_of(request)
    actions.note_call(queries.attestation(pk), viewer=viewer, at=viewer.at)
    return _back(request, _("The call is noted."))


def _back(request: Any, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(reverse("office:attestations"), status=303)
