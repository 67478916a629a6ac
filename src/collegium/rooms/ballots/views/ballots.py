"""The list of ballots, the page of one, and what a secret ballot protects."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.standard import OFFICE
from collegium.core.calls import actions as calls

from ..queries import showing
from ..queries.told import told_of
from .doors import opened
from .offering import offered


@require_safe
def ballots(request: HttpRequest) -> HttpResponse:
    """All one sees, those that wait for one's vote first."""
    viewer = viewer_of(request)
    calls.open_due_calls(at=viewer.at)
    lines = showing.lines(viewer)
    context = {
        "waiting": [line for line in lines if line.waits],
        "others": [line for line in lines if not line.waits],
        "prepares": viewer.is_among(OFFICE),
        "now": viewer.at,
    }
    return render(request, "ballots/list.html", context)


@require_safe
def ballot(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """What is asked, under which rule, how it stands, and what came of it."""
    viewer = viewer_of(request)
    page = showing.page_of(opened(showing.the_ballot(viewer, ballot_id), viewer), viewer)
    votes = request.GET.get("votes", "")
    told = told_of(page.ballot, verifies=page.verifies, votes=votes) if page.sees_result else None
    context = {
        "page": page,
        "ballot": page.ballot,
        "told": told,
        "shows_votes": bool(votes),
        "deeds": offered(page, viewer),
        "now": viewer.at,
        "lots": [option for pk in page.ballot.lots for option in page.options if option.pk == pk],
    }
    return render(request, "ballots/ballot.html", context)


@require_safe
def secrecy(request: HttpRequest) -> HttpResponse:
    """What a secret ballot protects, and what it does not."""
    return render(request, "ballots/secrecy.html")
