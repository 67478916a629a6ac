"""Proposing who holds a seat, and correcting who does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.people import actions
from collegium.core.people.models import Organization, Tenure
from collegium.core.people.queries import open_removals, society_people

from ...deeds import away, done
from .. import queries, wording
from ..doors import keepers_only
from ..forms import CapacityForm, CorrectionForm, HolderForm, LastDayForm


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Any, society: Organization) -> HttpResponse:
    """Somebody of the society, somebody new, or somebody found by their address takes a seat."""
    viewer, today = viewer_of(request), society.day_of(viewer_of(request).at)
    form = HolderForm(
        request.POST if request.method == "POST" else None,
        functions=queries.functions(),
        people=society_people(society, viewer.at),
        today=today,
        initial={"function": request.GET.get("function", ""), "starts_on": today},
    )
    made: list[Tenure] = []
    if request.method == "POST" and done(form, lambda: made.append(_propose(society, form, request))):
        tenure = made[0]
        opened = queries.opened_by(society, tenure.seat.function, tenure.capacity, tenure.leadership, viewer)
        return away(request, reverse("desk:desk", args=[society.slug]), wording.proposed(tenure, opened))
    context = {"society": society, "form": form}
    return render(request, "desk/propose.html", context, status=422 if form.is_bound else 200)


def _propose(society: Organization, form: Form, request: Any) -> Tenure:
    return actions.propose_holder(society, by=request.user, at=viewer_of(request).at, **form.cleaned_data)


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def tenure(request: Any, society: Organization, pk: int) -> HttpResponse:
    """A title corrected; and from here capacity, end, and taking back."""
    found = queries.tenure_at(society, pk, viewer_of(request).at)
    if request.method != "POST":
        return _draw(request, society, found)
    form = CorrectionForm(request.POST, initial={"title": found.title, "leadership": found.leadership})
    told = _("Corrected. What was said under the old title keeps it.")
    return _change(request, society, pk, actions.correct_tenure, told, correction=form)


@keepers_only
@require_POST
def capacity(request: Any, society: Organization, pk: int) -> HttpResponse:
    """From a day on as holder, interim or deputy."""
    form = CapacityForm(request.POST, today=_today(request, society))
    told = _("The capacity changes on that day.")
    return _change(request, society, pk, actions.change_capacity, told, capacity=form)


@keepers_only
@require_POST
def end(request: Any, society: Organization, pk: int) -> HttpResponse:
    """The last day in this seat alone."""
    form = LastDayForm(request.POST, today=_today(request, society))
    told = _("Recorded. What hangs on the seat ends with that day.")
    return _change(request, society, pk, actions.end_tenure, told, end=form)


@keepers_only
@require_POST
def take_back(request: Any, society: Organization, pk: int) -> HttpResponse:
    """A tenure that has not begun."""
    found = queries.tenure_at(society, pk, viewer_of(request).at)
    actions.take_back_tenure(found, by=request.user, at=viewer_of(request).at)
    return _back(request, society, _("Taken back: the person does not take this seat."))


def _change(
    request: Any, society: Organization, pk: int, action: Callable[..., Any], told: str, **named: Form
) -> HttpResponse:
    """One change of a tenure by its one named form, which stands on the page again if it is refused."""
    (form,) = named.values()
    found, at = queries.tenure_at(society, pk, viewer_of(request).at), viewer_of(request).at
    if done(form, lambda: action(found, by=request.user, at=at, **form.cleaned_data)):
        return _back(request, society, told)
    return _draw(request, society, found, **named)


def _today(request: Any, society: Organization) -> date:
    return society.day_of(viewer_of(request).at)


def _back(request: Any, society: Organization, told: str) -> HttpResponse:
    return away(request, reverse("desk:desk", args=[society.slug]), told)


def _draw(request: Any, society: Organization, found: Tenure, **forms: Form) -> HttpResponse:
    """The page of a tenure, with the form that was refused as it was typed."""
    today = _today(request, society)
    first = {"title": found.title, "leadership": found.leadership}
    drawn = {
        "correction": CorrectionForm(initial=first),
        "capacity": CapacityForm(today=today, initial={"capacity": found.capacity, "from_day": today}),
        "end": LastDayForm(today=today, initial={"last_day": found.last_day}),
    } | forms
    doubted = open_removals(society, viewer_of(request).at).filter(tenure=found).first()
    context = {"society": society, "tenure": found, "doubted": doubted, "is_ahead": found.starts_on > today, **drawn}
    refused = any(form.is_bound for form in forms.values())
    return render(request, "desk/tenure.html", context, status=422 if refused else 200)
