"""Being somebody of the demo council, without a code."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import queries
from .doors import demo_only


@demo_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personas(request: Any) -> HttpResponse:
    """Choose who to be; POST signs in as one of the listed persons and nobody else."""
    found = queries.personas(request.at)
    wanted = get_next_redirect_url(request)
    if request.method != "POST":
        return render(request, "demo/personas.html", {"personas": found, "wanted": wanted or ""})
    chosen = next((row["person"] for row in found if row["person"].handle == request.POST.get("handle")), None)
    if chosen is None:
        raise Http404
    logout(request)
    adapter = get_adapter()
    adapter.login(request, chosen)
    return adapter.post_login(
        request, chosen, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=wanted
    )
