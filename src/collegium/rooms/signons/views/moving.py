"""The page of a step: what is asked before a letter goes on, and what is missing yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.deeds import done, see_other, sent, status_of
from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.calls.clocks import in_zone, on_clock
from collegium.core.calls.queries import shut_out_members
from collegium.core.people.models import Mandate

from .. import actions
from ..course import BEFORE_DELIVERY, CIRCULATING, LISTED, SENT, STATES, move_of
from ..forms.letters import LineForm, StepForm
from ..guards import delivery_begins
from ..models import Letter
from ..queries import letters as rows
from ..rules.letters import WHO, is_host

_DAY = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, letter_id: int, step: str) -> HttpResponse:
    """Take a step: with a reason, with the end of the window, or with the lock of the list."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    move = move_of(found.entry.state, step)
    if move is None or not WHO[move.who](viewer, found):
        raise Http404
    if found.entry.state in LISTED:
        actions.lapse_signatures(found, at=viewer.at)
    moments = _proposed(found, viewer)
    told: dict[str, Any] = {"move": move, "zone": found.time_zone, "label": _label(found, step)}
    form = StepForm(sent(request), initial=moments, **told)
    how: dict[str, Any] = {"to": step, "viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda: actions.move_letter(found, **form.told(), **how)):
        return see_other(request, found.get_absolute_url(), _("It goes on: %(state)s.") % {"state": STATES[step].label})
    context = {"letter": found, "move": move, "state": STATES[step], "form": form} | _beside(found, step, form, viewer)
    return render(request, "signons/step.html", context, status=status_of(form))


def _proposed(found: Letter, viewer: Viewer) -> dict[str, datetime]:
    """The latest end there may be, and a day to read the proof."""
    end = delivery_begins(found) - BEFORE_DELIVERY
    return {"closes_at": on_clock(end, found.time_zone), "locks_at": on_clock(viewer.at + _DAY, found.time_zone)}


def _label(found: Letter, step: str) -> str:
    if step == SENT:
        return _("How was it delivered, and to whom?")
    if step == CIRCULATING and found.is_new and found.is_advocacy:
        return _("On what support does it go out? No adopted position covers it")
    return _("The reason")


def _beside(found: Letter, step: str, form: StepForm, viewer: Viewer) -> dict[str, Any]:
    """What is missing yet, and before societies are asked, whom the end shuts out."""
    missing = [one for taken in rows.next_steps(found, viewer) if taken.now == step for one in taken.hindrances]
    context: dict[str, Any] = {"hindrances": missing}
    if step == CIRCULATING:
        typed = form.cleaned_data.get("closes_at") if form.is_bound and hasattr(form, "cleaned_data") else None
        end = in_zone(typed, found.time_zone) or delivery_begins(found) - BEFORE_DELIVERY
        asked, shut = shut_out_members(act=Mandate.Act.SIGN, opens_at=viewer.at, closes_at=end)
        context |= {"asked": asked, "shut_out": shut, "until": end}
    return context


@require_http_methods(["GET", "HEAD", "POST"])
def addendum(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Note how the addressee was given the later names."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not is_host(viewer, found) or found.entry.state != "addendum-closed":
        raise Http404
    form = LineForm(sent(request), label=_("How was it delivered, and to whom?"), is_needed=True)
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda: actions.deliver_addendum(found, how=form.cleaned_data["line"], **how)):
        return see_other(request, found.get_absolute_url(), _("It is noted."))
    return render(request, "signons/addendum.html", {"letter": found, "form": form}, status=status_of(form))
