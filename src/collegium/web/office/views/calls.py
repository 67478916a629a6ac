"""Calls in the office: preparing, announcing, moving, cancelling, and how far each is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.standard import MEMBERS
from collegium.core.calls import actions
from collegium.core.calls.clocks import on_clock
from collegium.core.calls.models import Call
from collegium.core.calls.queries import Roll
from collegium.core.calls.wording import STATES
from collegium.core.calls.wording import deadline as deadline_words
from collegium.web.sheets import csv_answer

from ...deeds import away, done
from ..calls import queries
from ..calls.forms import CallForm, DeadlineForm, NewCallForm, ReasonForm
from ..doors import team_only

USUAL = timedelta(days=30)


@team_only
@require_safe
def calls(request: Any) -> HttpResponse:
    """All calls, with how far each is."""
    return render(request, "office/calls.html", {"rows": queries.calls_of_office(viewer_of(request))})


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Any) -> HttpResponse:
    """Prepare a consultation; other kinds are made where the thing they are about stands."""
    viewer = viewer_of(request)
    zone = queries.zone_of_council()
    opens = on_clock(viewer.at, zone).replace(hour=9, minute=0) + timedelta(days=1)
    begun = {"opens_at": opens, "closes_at": opens.replace(hour=17) + USUAL, "time_zone": zone}
    form = NewCallForm(request.POST or None, initial=begun, societies=queries.societies(viewer.at))
    made: list[Call] = []

    def prepare() -> None:
        roll = Roll(only=tuple(row.pk for row in form.cleaned_data["only"]))
        given = form.given() | {"seen_by": MEMBERS, "roll": roll}
        made.append(actions.draft_call("consultation", **given, by=viewer.person, at=viewer.at))

    if request.method == "POST" and done(form, prepare):
        return away(request, _page_of(made[0]), _("Prepared. Nobody but the team sees it before it is announced."))
    return render(request, "office/new-call.html", {"form": form}, status=422 if form.is_bound else 200)


@team_only
@require_safe
def progress(request: Any, pk: int) -> HttpResponse:
    """Row by row: who has answered, who has seen it, who is on it."""
    return _progress(request, queries.call_at(pk))


def _progress(request: Any, call: Call, **forms: Any) -> HttpResponse:
    viewer = viewer_of(request)
    state = call.state_at(viewer.at)
    context = {
        "call": call,
        "state": STATES[state],
        "step": state,
        "deadline": deadline_words(call),
        "deadline_form": DeadlineForm(initial={"closes_at": on_clock(call.closes_at, call.time_zone)}),
        "reason_form": ReasonForm(),
        "extensions": list(call.extensions.select_related("by")),
    }
    asked = request.GET
    page = queries.progress_page(call, viewer, step=asked.get("step", ""), page=asked.get("page"))
    return render(request, "office/call.html", context | page | forms, status=422 if forms else 200)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Any, pk: int) -> HttpResponse:
    """Words and window, before the announcement."""
    viewer, call = viewer_of(request), queries.call_at(pk)
    moments = {name: on_clock(getattr(call, name), call.time_zone) for name in ("opens_at", "closes_at")}
    begun = {"title": call.entry.title, "raw": call.raw, "time_zone": call.time_zone} | moments
    form = CallForm(request.POST or None, initial=begun)
    if request.method == "POST" and done(
        form, lambda: actions.change_call(call, **form.given(), by=viewer.person, at=viewer.at)
    ):
        return away(request, _page_of(call), _("Changed."))
    return render(
        request, "office/change-call.html", {"form": form, "call": call}, status=422 if form.is_bound else 200
    )


@team_only
@require_POST
def announcement(request: Any, pk: int) -> HttpResponse:
    """From now on those it is meant for see it."""
    viewer, call = viewer_of(request), queries.call_at(pk)
    actions.announce_call(call, by=viewer.person, at=viewer.at)
    return away(request, _page_of(call), _("Announced. It opens by itself when its time comes."))


@team_only
@require_POST
def deadline(request: Any, pk: int) -> HttpResponse:
    """Move the deadline."""
    viewer, call = viewer_of(request), queries.call_at(pk)
    form = DeadlineForm(request.POST)
    if done(form, lambda: actions.extend_call(call, **form.given(call), by=viewer.person, at=viewer.at)):
        return away(request, _page_of(call), _("The deadline is moved; whoever was asked is told."))
    return _progress(request, call, deadline_form=form)


@team_only
@require_POST
def cancellation(request: Any, pk: int) -> HttpResponse:
    """Cancel it."""
    viewer, call = viewer_of(request), queries.call_at(pk)
    form = ReasonForm(request.POST)
    if done(form, lambda: actions.cancel_call(call, **form.cleaned_data, by=viewer.person, at=viewer.at)):
        return away(request, _page_of(call), _("The call is cancelled; whoever was asked is told."))
    return _progress(request, call, reason_form=form)


@team_only
@require_safe
def table(request: Any, pk: int) -> HttpResponseBase:
    """How far it is, as CSV."""
    call = queries.call_at(pk)
    rows = queries.table_of(call, viewer_of(request))
    head = [
        _("Asked"),
        _("State"),
        _("Answer"),
        _("In words"),
        _("By"),
        _("At"),
        _("On it"),
        _("Entitled"),
        _("Weight"),
    ]
    columns = ("said", "raw", "answered_by", "answered_at", "taken_by", "entitled", "weight")
    told = ([row["name"], row["state"][1], *(row[name] for name in columns)] for row in rows)
    return csv_answer(f"call-{call.pk}.csv", head, told)


def _page_of(call: Call) -> str:
    return reverse("office:call", args=[call.pk])
