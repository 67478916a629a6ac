"""Asking for a recusal, and the chair's rulings on recusals and contests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.calls.models import RollRow

from .. import actions, rules
from ..forms.deeds import ObjectionForm, RecusalForm, RulingForm
from ..models import Ballot
from ..queries.showing import page_of, the_ballot
from ..queries.told import told_of
from ..queries.whom import offered_for_recusal, whose
from .doors import back, opened


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Say that somebody on the roll should not take part."""
    viewer = viewer_of(request)
    ballot = opened(the_ballot(viewer, ballot_id), viewer)
    rules.check_ask_recusal(viewer, ballot, "-", viewer.at)
    form = RecusalForm(offered_for_recusal(ballot), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "viewer": viewer, "at": viewer.at}
        if _done(form, lambda: actions.ask_recusal(ballot, **whose(ballot, form.cleaned_data["who"]), **told)):
            return back(request, ballot, _("An officer of the body rules on it."))
    context = {"ballot": ballot, "form": form}
    return render(request, "ballots/ask_recusal.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def recusal(request: HttpRequest, ballot_id: int, recusal_id: int) -> HttpResponse:
    """Rule on a recusal."""
    viewer = viewer_of(request)
    page = page_of(the_ballot(viewer, ballot_id), viewer)
    thing = next((one for one in page.recusals if one.pk == recusal_id), None)
    return _ruling(request, page.ballot, thing, actions.rule_recusal, _("Who takes part?"))


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, ballot_id: int, contest_id: int) -> HttpResponse:
    """Rule on a contest."""
    viewer = viewer_of(request)
    page = page_of(the_ballot(viewer, ballot_id), viewer)
    thing = next((one for one in page.contests if one.pk == contest_id), None)
    return _ruling(request, page.ballot, thing, actions.rule_contest, _("Does the result stand?"))


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, ballot_id: int, row_id: int) -> HttpResponse:
    """Say what becomes of an objection."""
    viewer = viewer_of(request)
    page = page_of(the_ballot(viewer, ballot_id), viewer)
    if not page.runs or not page.sees_result:
        raise Http404
    told = told_of(page.ballot, verifies=True)
    thing = next((one for one in told.objections if one.row_id == row_id), None)
    if thing is None:
        raise Http404
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        how = {**form.cleaned_data, "row": RollRow(pk=row_id), "viewer": viewer, "at": viewer.at}
        if _done(form, lambda: actions.answer_objection(page.ballot, **how)):
            return back(request, page.ballot, _("What becomes of the objection stands beside the result."))
    context = {"ballot": page.ballot, "thing": thing, "form": form}
    return render(request, "ballots/objection.html", context, status=422 if form.errors else 200)


def _ruling(request: HttpRequest, ballot: Ballot, thing: Any, act: Callable[..., Any], title: str) -> HttpResponse:
    viewer = viewer_of(request)
    if thing is None:
        raise Http404
    rules.check_preside(viewer, ballot)
    form = RulingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = {"upheld": form.cleaned_data["ruling"] == "upheld", "reason": form.cleaned_data["reason"]}
        if _done(form, lambda: act(thing, **told, viewer=viewer, at=viewer.at)):
            return back(request, ballot, _("You have ruled on it."))
    context = {"ballot": ballot, "thing": thing, "form": form, "title": title}
    return render(request, "ballots/ruling.html", context, status=422 if form.errors else 200)


def _done(form: Any, deed: Callable[[], Any]) -> bool:
    try:
        deed()
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True
