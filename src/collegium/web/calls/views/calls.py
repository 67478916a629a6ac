"""The list of calls, a call, its roll."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions
from collegium.core.calls.models import Call
from collegium.core.calls.queries import able_for, roll_lines
from collegium.core.calls.wording import STATES, deadline
from collegium.core.notices.actions import see_notifications

from ...cursors import number
from .. import queries


@require_safe
def calls(request: Any) -> HttpResponse:
    """What one's societies are asked, what else is running, what lies ahead, what is over."""
    viewer = viewer_of(request)
    actions.open_due_calls(at=viewer.at)
    return render(request, "calls/calls.html", queries.listed(viewer))


@require_safe
def call(request: Any, pk: int) -> HttpResponse:
    """What is asked, by when, of whom, and how far it is."""
    viewer = viewer_of(request)
    found = current(queries.call_for(viewer, pk), viewer)
    elsewhere = found.kind_of.address(found)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    page = queries.call_page(found, viewer)
    for row in page["mine"]:
        row.call = found
        if row.seen_at is None and able_for(row, viewer.person_id, viewer.at):
            actions.mark_seen(row, at=viewer.at)
    if viewer.person_id:
        see_notifications(by=viewer.person, at=viewer.at, entry=found.entry)
    return render(request, "calls/call.html", page | about(found, viewer))


def about(call: Call, viewer: Viewer) -> dict[str, Any]:
    """What the head of each page of a call tells."""
    state = call.state_at(viewer.at)
    return {
        "call": call,
        "kind": call.kind_of,
        "state": STATES[state],
        "is_open": state == Call.State.OPEN,
        "is_ahead": state == Call.State.ANNOUNCED,
        "deadline": deadline(call),
        "bound": call.kind_of.binds(call),
        "shown": call.kind_of.shows(call),
    }


def current(call: Call, viewer: Viewer) -> Call:
    """With its roll, if its time has come and nobody has needed it yet."""
    if call.opened_at is None and call.takes_answers(viewer.at):
        return actions.open_call(call, at=viewer.at)
    return call


@require_safe
def roll(request: Any, pk: int) -> HttpResponse:
    """Who is on the roll, as it was taken, what was ruled since, and its hash with the lines it is of."""
    viewer = viewer_of(request)
    found = current(queries.call_for(viewer, pk), viewer)
    if found.opened_at is None:
        raise Http404
    page = queries.roll_page(found, number(request.GET.get("page")) or 1)
    return render(request, "calls/roll.html", page | about(found, viewer))


@require_safe
def lines(request: Any, pk: int) -> HttpResponse:
    """The lines the roll's hash is of, as they are hashed."""
    found = queries.call_for(viewer_of(request), pk)
    if found.opened_at is None:
        raise Http404
    return HttpResponse("\n".join(roll_lines(found)), content_type="text/plain; charset=utf-8")
