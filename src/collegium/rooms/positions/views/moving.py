"""The page of a step: what is asked before a position goes on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import viewer_of
from collegium.core.calls.queries import shut_out_members
from collegium.core.calls.registry import kind_of

from .. import actions
from ..course import STATES, move_of
from ..forms.positions import BallotForm, StepForm
from ..queries import positions as rows
from ..rules.positions import WHO, is_team
from .doors import done, see_other, sent, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Take a step: with a reason, and with the end of the window where societies are asked."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    move = move_of(found.entry.state, to)
    if move is None or not WHO[move.who](viewer):
        raise Http404
    state = STATES[to]
    zone = viewer.person.time_zone if viewer.person else "UTC"
    form = StepForm(sent(request), has_window=bool(state.window), needs_reason=move.needs_reason, zone=zone)
    how: dict[str, Any] = {"to": to, "viewer": viewer, "at": viewer.at}
    looks = "look" in request.POST
    if form.is_bound and not looks and done(form, lambda _values: actions.move_position(found, **form.told, **how)):
        return see_other(request, found.get_absolute_url(), _("It goes on: %(state)s.") % {"state": state.label})
    hindrances = [one.hindrance for one in rows.next_steps(found, viewer) if one.now == to and one.hindrance]
    context = {"position": found, "move": move, "state": state, "form": form, "hindrances": hindrances}
    if looks and form.is_valid() and (closes_at := form.told["closes_at"]) and closes_at > viewer.at:
        asked, shut_out = shut_out_members(act=kind_of(state.asks).act, opens_at=viewer.at, closes_at=closes_at)
        context |= {"asked": asked, "shut_out": shut_out}
    return render(request, "positions/step.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the ballot of a governing body; who votes how and by which rule is settled on its own page."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if not is_team(viewer) or found.entry.state != "ballot":
        raise Http404
    zone = viewer.person.time_zone if viewer.person else "UTC"
    form = BallotForm(sent(request), bodies=rows.governing_bodies(), initial={"zone": zone})
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    made = form.is_bound and done(form, lambda _values: actions.put_to_ballot(found, **form.told, **how))
    if made:
        told = _("The ballot is prepared. Look at its rule, and announce it.")
        return see_other(request, made.get_absolute_url(), told)
    return render(request, "positions/ballot.html", {"position": found, "form": form}, status=status_of(form))
