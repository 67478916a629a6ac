"""The desk itself: what is asked of the society, its seats and people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.people.models import Organization
from collegium.core.people.queries import kept_societies

from .. import queries
from ..doors import keepers_only
from ..registry import asked_of


@require_safe
def desks(request: Any) -> HttpResponse:
    """One's only desk; whoever keeps several chooses."""
    kept = list(kept_societies(viewer_of(request).person_id, viewer_of(request).at))
    if not kept:
        raise Http404
    if len(kept) == 1:
        return redirect("desk:desk", kept[0].slug)
    return render(request, "desk/desks.html", {"societies": kept})


@keepers_only
@require_safe
def desk(request: Any, society: Organization) -> HttpResponse:
    """What is asked, who sits where, who leaves, what waits."""
    page = queries.desk_page(society, viewer_of(request))
    return render(request, "desk/desk.html", page | {"society": society, "asks": asked_of(society, viewer_of(request))})
