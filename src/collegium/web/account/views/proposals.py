"""A proposed address, answered from a letter to the present one: a page to read, and a button that decides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import public
from collegium.core.access.errors import Refused
from collegium.core.people import actions
from collegium.core.people.models import AddressProposal

from .. import links
from ..doors import REFUSED

WAITING = (AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED)
DEEDS = {"confirm": actions.confirm_address, "decline": actions.decline_address}


@public
@never_cache
@require_http_methods(["GET", "POST"])
def proposal(request: Any, token: str) -> HttpResponse:
    """Who proposed which address. Opening the link changes nothing; 404 for a link that is not valid (any more)."""
    found = links.read(token, request.at)
    if found is None:
        raise Http404
    done, reason = "", ""
    if request.method == "POST":
        done = request.POST.get("deed", "")
        if done not in DEEDS:
            raise Http404
        try:
            DEEDS[done](found, by=found.person, at=request.at)
        except Refused as refusal:
            done, reason = "", str(refusal.reason)
    context = {"proposal": found, "done": done, "reason": reason, "is_open": not done and found.state in WAITING}
    return render(request, "account/proposal.html", context, status=REFUSED if reason else 200)
