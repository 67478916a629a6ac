"""Somebody leaves the society: when, and who takes what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.people import actions
from collegium.core.people.models import Departure, Organization
from collegium.core.people.queries import society_people

from ...deeds import away, done
from .. import queries
from ..doors import keepers_only
from ..forms import DepartureForm, HandOnForm, LastDayForm


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Any, society: Organization) -> HttpResponse:
    """Who leaves, and on which day."""
    viewer = viewer_of(request)
    form = DepartureForm(
        request.POST if request.method == "POST" else None,
        people=society_people(society, viewer.at),
        today=society.day_of(viewer.at),
        initial={"person": request.GET.get("person", "")},
    )
    made: list[Departure] = []

    def deed() -> None:
        made.append(actions.begin_departure(organization=society, by=request.user, at=viewer.at, **form.cleaned_data))

    if request.method == "POST" and done(form, deed):
        told = _("Recorded: access ends by itself at midnight after the last day. Now say who takes what.")
        return away(request, _address(made[0]), told)
    return render(request, "desk/begin.html", {"society": society, "form": form}, status=422 if form.is_bound else 200)


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def departure(request: Any, society: Organization, pk: int) -> HttpResponse:
    """All that hangs on whoever leaves, each with its proposed successor; one button hands it on."""
    found = queries.departure_at(society, pk)
    page = queries.left_behind(found, viewer_of(request))
    given = {name: page[name] for name in ("seats", "things", "people")}
    form = HandOnForm(request.POST if request.method == "POST" else None, departure=found, **given)

    def deed() -> None:
        actions.hand_on(found, seats=form.heirs(), things=form.takers(), by=request.user, at=viewer_of(request).at)

    if request.method == "POST" and done(form, deed):
        return away(request, _address(found), _("Handed on. The successors begin on the day after the last."))
    return _draw(request, found, form=form, staying=page["staying"])


@keepers_only
@require_POST
def day(request: Any, society: Organization, pk: int) -> HttpResponse:
    """Another last day."""
    found = queries.departure_at(society, pk)
    form = LastDayForm(request.POST, today=society.day_of(viewer_of(request).at))

    def deed() -> None:
        actions.move_departure(found, last_day=form.cleaned_data["last_day"], by=request.user, at=viewer_of(request).at)

    if done(form, deed):
        return away(request, _address(found), _("The last day is changed, and with it the first of the successors."))
    return _draw(request, found, day_form=form)


@keepers_only
@require_POST
def withdraw(request: Any, society: Organization, pk: int) -> HttpResponse:
    """The person stays."""
    found = queries.departure_at(society, pk)
    actions.withdraw_departure(found, by=request.user, at=viewer_of(request).at)
    told = _("Withdrawn: the person keeps the seats, and nobody follows.")
    return away(request, reverse("desk:desk", args=[society.slug]), told)


def _address(found: Departure) -> str:
    return reverse("desk:departure", args=[found.organization.slug, found.pk])


def _draw(request: Any, found: Departure, **drawn: Any) -> HttpResponse:
    """The page of a departure, with the form that was refused as it was typed."""
    society, at = found.organization, viewer_of(request).at
    refused = any(drawn[name].is_bound for name in ("form", "day_form") if name in drawn)
    if "form" not in drawn:
        page = queries.left_behind(found, viewer_of(request))
        given = {name: page[name] for name in ("seats", "things", "people")}
        drawn |= {"form": HandOnForm(departure=found, **given), "staying": page["staying"]}
    day_form = LastDayForm(today=society.day_of(at), initial={"last_day": found.last_day})
    context = {
        "society": society,
        "departure": found,
        "closes_at": queries.end_of(society, found.last_day),
        "day_form": day_form,
        "may_change": found.is_open and society.day_of(at) <= found.last_day,
        **drawn,
    }
    return render(request, "desk/departure.html", context, status=422 if refused else 200)
