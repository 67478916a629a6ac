"""One of those a call asks: reminding it, ruling on it, entering what it sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.calls import actions
from collegium.core.calls.models import RollRow
from collegium.core.calls.queries.progress import shows_choices

from ...deeds import away, done
from ..calls import queries
from ..calls.forms import EntryForm, RulingForm
from ..doors import team_only


@team_only
@require_safe
def row(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Who was entitled, what was answered when, what was ruled."""
    return _page(request, queries.row_at(pk, row_id))


def _page(request: Any, row: RollRow, **forms: Any) -> HttpResponse:
    viewer = viewer_of(request)
    tells = shows_choices(row.call, viewer.at)
    for answer in row.all_answers if tells else ():  # type: ignore[attr-defined]  # read beside it
        answer.said = row.call.kind_of.choice(answer.choice)
    context = {
        "row": row,
        "call": row.call,
        "tells": tells,
        "bound": row.call.kind_of.binds(row.call),
        "is_open": row.call.takes_answers(viewer.at),
        "ruling_form": RulingForm(),
        "entry_form": EntryForm(call=row.call),
    }
    return render(request, "office/call-row.html", context | forms, status=422 if forms else 200)


@team_only
@require_POST
def reminder(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Remind it."""
    viewer, found = viewer_of(request), queries.row_at(pk, row_id)
    actions.nudge(found, viewer=viewer, at=viewer.at)
    told = _("A reminder goes to whoever can answer for %(name)s.") % {"name": found.addressee}
    return away(request, reverse("office:call", args=[pk]), told)


@team_only
@require_POST
def ruling(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Decide about it."""
    viewer, found = viewer_of(request), queries.row_at(pk, row_id)
    form = RulingForm(request.POST)
    if done(form, lambda: actions.rule_on(found, **form.cleaned_data, by=viewer.person, at=viewer.at)):
        return away(request, _home(found), _("The ruling stands in the log of the roll."))
    return _page(request, found, ruling_form=form)


@team_only
@require_POST
def entry(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Enter what it sent."""
    viewer, found = viewer_of(request), queries.row_at(pk, row_id)
    form = EntryForm(request.POST, call=found.call)
    if done(form, lambda: actions.enter_answer(found, **form.given(), viewer=viewer, at=viewer.at)):
        return away(request, _home(found), _("Entered; the society’s people are told."))
    return _page(request, found, entry_form=form)


def _home(row: RollRow) -> str:
    return reverse("office:call_row", args=[row.call_id, row.pk])
