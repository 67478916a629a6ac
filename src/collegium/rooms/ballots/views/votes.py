"""Voting: the form, what is cast for whom once more, and the vote."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls

from .. import actions
from ..choices import RECUSED
from ..forms.deeds import ReasonForm
from ..forms.votes import VoteForm
from ..models import Ballot
from ..queries.showing import MyRow, row_for, the_ballot
from .doors import back, opened
from .unlogged import unlogged


def _where(request: HttpRequest, ballot_id: int, row_id: int, *, is_secret: bool) -> tuple[Viewer, Ballot, MyRow]:
    """The ballot, and the row one may vote for; whoever may not is told nothing of the row."""
    viewer = viewer_of(request)
    ballot = opened(the_ballot(viewer, ballot_id), viewer)
    mine = row_for(ballot, viewer, row_id)
    if mine is None or ballot.is_secret != is_secret:
        raise Http404
    return viewer, ballot, mine


def _shown(request: HttpRequest, ballot: Ballot, mine: MyRow, form: VoteForm, status: int = 200) -> HttpResponse:
    context = {"ballot": ballot, "mine": mine, "form": form, "now": viewer_of(request).at}
    return render(request, "ballots/vote.html", context, status=status)


def _asked_again(request: HttpRequest, ballot: Ballot, mine: MyRow, form: VoteForm) -> HttpResponse:
    """What is cast, for whom, before it is."""
    context = {"ballot": ballot, "mine": mine, "form": form, "said": _said(form)}
    return render(request, "ballots/confirm.html", context)


def _said(form: VoteForm) -> list[tuple[str, str]]:
    """The vote as its caster reads it."""
    words = dict(form.fields["choice"].choices)  # type: ignore[attr-defined]  # a choice field
    told = form.cleaned_data
    if not told["options"]:
        return [(_("Your vote"), str(words[told["choice"]]))]
    names = {option.pk: option.name for option in form.options}
    if form.ballot.method == Ballot.Method.APPROVAL:
        return [(_("Your votes"), ", ".join(names[pk] for pk in told["options"]))]
    return [(_("Place %(n)d") % {"n": n}, names[pk]) for n, pk in enumerate(told["options"], 1)]


def _standing(mine: MyRow) -> dict[str, Any]:
    """What was voted before, to change it."""
    if mine.answer is None:
        return {}
    facts = mine.answer.facts
    filled: dict[str, Any] = {"choice": mine.answer.choice, "raw": mine.answer.raw, "remedy": facts.get("remedy", "")}
    return filled | {f"option-{pk}": n for n, pk in enumerate(facts.get("options", ()), 1)}


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, ballot_id: int, row_id: int) -> HttpResponse:
    """Vote in the open, for a row one may vote for."""
    viewer, ballot, mine = _where(request, ballot_id, row_id, is_secret=False)
    if request.method != "POST":
        calls.mark_seen(mine.row, at=viewer.at)
        return _shown(request, ballot, mine, VoteForm(ballot, initial=_standing(mine)))
    form = VoteForm(ballot, request.POST)
    if "change" in request.POST or not form.is_valid():
        return _shown(request, ballot, mine, form, 200 if form.is_valid() else 422)
    if "confirmed" not in request.POST:
        return _asked_again(request, ballot, mine, form)
    told = {name: form.cleaned_data.get(name, "") for name in ("choice", "raw", "remedy")}
    try:
        actions.cast_ballot(mine.row, **told, options=form.cleaned_data["options"], viewer=viewer, at=viewer.at)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return _shown(request, ballot, mine, form, 422)
    return back(request, ballot, _("Your vote is cast. You can change it until the ballot closes."))


@unlogged
@require_http_methods(["GET", "HEAD", "POST"])
def secret_vote(request: HttpRequest, ballot_id: int, row_id: int) -> HttpResponse:
    """Vote in secret; the answer shows the code of the vote, this once."""
    viewer, ballot, mine = _where(request, ballot_id, row_id, is_secret=True)
    if request.method != "POST":
        return _shown(request, ballot, mine, VoteForm(ballot))
    form = VoteForm(ballot, request.POST)
    if "change" in request.POST or not form.is_valid():
        return _shown(request, ballot, mine, form, 200 if form.is_valid() else 422)
    if "confirmed" not in request.POST:
        return _asked_again(request, ballot, mine, form)
    told = {name: form.cleaned_data[name] for name in ("choice", "options")}
    try:
        key = actions.cast_secretly(mine.row, **told, viewer=viewer, at=viewer.at)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return _shown(request, ballot, mine, form, 422)
    answer = render(request, "ballots/receipt.html", {"ballot": ballot, "mine": mine, "key": key})
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def society_recusal(request: HttpRequest, ballot_id: int, row_id: int) -> HttpResponse:
    """Say for a society, or for oneself as a member, that it does not take part; of a secret ballot too in the open."""
    viewer = viewer_of(request)
    ballot = opened(the_ballot(viewer, ballot_id), viewer)
    mine = row_for(ballot, viewer, row_id)
    if mine is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.cast_ballot(mine.row, choice=RECUSED, raw=form.cleaned_data["reason"], viewer=viewer, at=viewer.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return back(request, ballot, _("It does not take part in this ballot."))
    context = {"ballot": ballot, "mine": mine, "form": form}
    return render(request, "ballots/society_recusal.html", context, status=422 if form.errors else 200)
