"""The roll with its hash, the codes of secret votes, and the protocol as PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.calls.queries import roll_lines

from ..protocol import protocol_of
from ..queries import showing
from ..queries.told import told_of
from .doors import opened


@require_safe
def roll(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Who may vote, as of the opening, page by page, and by `lines` as anybody can hash it again."""
    viewer = viewer_of(request)
    ballot = opened(showing.the_ballot(viewer, ballot_id), viewer)
    if ballot.call.opened_at is None:
        raise Http404
    if "lines" in request.GET:
        return HttpResponse("\n".join(roll_lines(ballot.call)), content_type="text/plain; charset=utf-8")
    seats = showing.seats_of(ballot, shows_turnout=showing.shows_turnout(ballot), page=request.GET.get("page"))
    context = {
        "ballot": ballot,
        "seats": seats,
        "earlier_url": f"?page={seats.previous_page_number()}" if seats.has_previous() else "",
        "later_url": f"?page={seats.next_page_number()}" if seats.has_next() else "",
    }
    return render(request, "ballots/roll.html", context)


@require_safe
def receipts(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """The codes of all votes of a closed secret ballot; they say that a vote was counted, and not which."""
    viewer = viewer_of(request)
    ballot = showing.the_ballot(viewer, ballot_id)
    if not ballot.is_secret or ballot.call.closed_at is None:
        raise Http404
    return render(request, "ballots/receipts.html", {"ballot": ballot, "codes": showing.receipts_of(ballot)})


@require_safe
def protocol(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """The result as a paper, for whoever may know it."""
    viewer = viewer_of(request)
    page = showing.page_of(showing.the_ballot(viewer, ballot_id), viewer)
    if not page.sees_result or page.ballot.certified_at is None:
        raise Http404
    pdf = protocol_of(page, told_of(page.ballot, verifies=page.verifies), viewer.at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ballot-{page.ballot.pk}.pdf"'
    return answer
