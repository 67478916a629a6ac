"""How long the society needs, when it decides, who speaks for it, and its calendar."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.core.calls import actions
from collegium.core.people import actions as people
from collegium.core.people.models import Organization

from ...deeds import away, done
from .. import calls, planning
from ..doors import keepers_only
from ..forms_of_planning import LeadTimeForm, MandateForm, SittingForm


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Any, society: Organization) -> HttpResponse:
    """How many days each kind of answer takes."""
    viewer = viewer_of(request)
    form = LeadTimeForm(request.POST or None)

    def keep() -> None:
        actions.set_lead_time(society, **form.cleaned_data, by=viewer.person, at=viewer.at)

    if request.method == "POST" and done(form, keep):
        return away(request, request.path, _("Noted. Whoever plans a call sees whom its window shuts out."))
    return _plan(request, society, form=form)


def _plan(request: Any, society: Organization, **forms: Any) -> HttpResponse:
    viewer = viewer_of(request)
    link = reverse("desk:feed", args=[calls.token(society, viewer.person)])  # type: ignore[arg-type]  # a keeper is somebody
    context = planning.plan_of(society, viewer.at) | {
        "society": society,
        "feed": settings.BASE_URL + link,
        "form": LeadTimeForm(),
        "sitting_form": SittingForm(),
    }
    bound = any(form.is_bound for form in forms.values())
    return render(request, "desk/plan.html", context | forms, status=422 if bound else 200)


@keepers_only
@require_POST
def sittings(request: Any, society: Organization) -> HttpResponse:
    """Days on which those meet who decide."""
    viewer = viewer_of(request)
    form = SittingForm(request.POST)

    def add() -> None:
        actions.add_sittings(society, **form.cleaned_data, by=viewer.person, at=viewer.at)

    if done(form, add):
        return away(request, reverse("desk:plan", args=[society.slug]), _("The days are noted."))
    return _plan(request, society, sitting_form=form)


@keepers_only
@require_POST
def sitting_removed(request: Any, society: Organization, pk: int) -> HttpResponse:
    """It does not take place."""
    viewer = viewer_of(request)
    found = planning.sitting_of(society, pk)
    actions.remove_sitting(found, by=viewer.person, at=viewer.at)
    return away(request, reverse("desk:plan", args=[society.slug]), _("The day is removed."))


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: Any, society: Organization) -> HttpResponse:
    """Who may comment, sign, vote and answer for the society."""
    viewer = viewer_of(request)
    form = MandateForm(request.POST or None, tenures=planning.tenures_of(society, viewer.at))

    def give() -> None:
        given = form.cleaned_data | {"starts_on": society.day_of(viewer.at)}
        people.give_mandate(**given, by=viewer.person, at=viewer.at)

    if request.method == "POST" and done(form, give):
        return away(request, request.path, _("The mandate is given; it counts from today."))
    context = {"society": society, "form": form, "acts": planning.mandates_of(society, viewer.at)}
    return render(request, "desk/mandates.html", context, status=422 if form.is_bound else 200)


@keepers_only
@require_POST
def mandate_end(request: Any, society: Organization, pk: int) -> HttpResponse:
    """The mandate ends with today."""
    viewer = viewer_of(request)
    found = planning.mandate_of(society, pk, viewer.at)
    people.end_mandate(found, last_day=society.day_of(viewer.at), by=viewer.person, at=viewer.at)
    return away(request, reverse("desk:mandates", args=[society.slug]), _("The mandate ends with today."))


@public
@never_cache
@require_safe
def feed(request: Any, token: str) -> HttpResponse:
    """What is asked of the society, for a calendar program, which does not sign in."""
    found = calls.read_token(token, request.at)
    if found is None:
        raise Http404
    response = HttpResponse(calls.calendar(*found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="desk.ics"'
    return response
