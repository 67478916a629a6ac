"""What people undertake: the texts, what changed in them, the one button, and what one is bound to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.access.doors import public
from collegium.core.access.errors import Refused
from collegium.core.groups import actions

from . import queries


@public
@require_safe
def undertakings(request: Any) -> HttpResponse:
    """Every undertaking; for a member first what is asked of them."""
    return render(request, "web/undertakings/undertakings.html", queries.list_page(request.viewer))


@require_safe
def mine(request: Any) -> HttpResponse:
    """What one is bound to, since when and for whom."""
    return render(request, "account/undertakings.html", queries.own_page(request.viewer))


@public
@require_safe
def undertaking(request: Any, slug: str) -> HttpResponse:
    """The text as it is asked now."""
    return _page(request, queries.version_of(slug))


@public
@require_safe
def version(request: Any, slug: str, number: int) -> HttpResponse:
    """The text of one version."""
    return _page(request, queries.version_of(slug, number))


def _page(request: Any, found: Any, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = queries.version_page(found, request.viewer) | {"refusal": refusal}
    return render(request, "web/undertakings/version.html", context, status=status)


@require_POST
def accept(request: Any, slug: str, number: int) -> HttpResponse:
    """Undertake what was shown; the number in the address says which text that was."""
    found = queries.version_of(slug, number)
    try:
        actions.accept_undertaking(found, viewer=request.viewer, at=request.at)
    except Refused as refusal:
        return _page(request, found, refusal=str(refusal.reason), status=422)
    messages.success(request, _("You have undertaken it. Thank you."))
    return HttpResponseRedirect(found.get_absolute_url(), status=303)
