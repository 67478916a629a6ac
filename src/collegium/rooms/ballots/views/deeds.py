"""Deeds on a ballot that need a word or a confirmation: each a noun of the address, all through one door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer

from .. import actions, rules
from ..forms.deeds import CastingForm, ExtensionForm, NoForm, ReasonForm
from ..models import Ballot
from ..queries.showing import the_ballot
from .doors import back, opened


@dataclass(frozen=True, slots=True)
class Deed:
    """`allowed(viewer, ballot)` may raise Refused before the form is shown; `act` does it."""

    label: Any
    explained: Any
    told: Any
    act: Callable[[Ballot, dict[str, Any], Viewer, datetime], Any]
    allowed: Callable[[Viewer, Ballot], Any]
    form: type[forms.Form] = NoForm
    kind: str = "primary"


def _anybody(viewer: Viewer, ballot: Ballot) -> None:
    """Whoever sees the ballot; the action knows who is entitled."""


def _prepares(viewer: Viewer, ballot: Ballot) -> None:
    rules.check_prepare_ballot(viewer)


DEEDS = {
    "announcement": Deed(
        _("Announce it"),
        _(
            "Those it is for see it from now on. What is asked, and its rule, cannot be changed any more. The order of"
            " the lots is drawn now and shown."
        ),
        _("The ballot is announced."),
        lambda ballot, told, viewer, at: actions.announce_ballot(ballot, viewer=viewer, at=at),
        rules.check_change_ballot,
    ),
    "pause": Deed(
        _("Pause it"),
        _("For a fault, or an error in the text. Votes are kept; the end moves by as long as the clock stands still."),
        _("The ballot is paused."),
        lambda ballot, told, viewer, at: actions.pause_ballot(ballot, reason=told["reason"], viewer=viewer, at=at),
        rules.check_manage,
        ReasonForm,
    ),
    "resumption": Deed(
        _("Let it go on"),
        _("The end moves by as long as the clock stood still."),
        _("The ballot goes on."),
        lambda ballot, told, viewer, at: actions.resume_ballot(ballot, viewer=viewer, at=at),
        rules.check_manage,
    ),
    "extension": Deed(
        _("Move its end"),
        _("Once, for all alike, for a reason. When somebody has voted the time can only become longer."),
        _("The end is moved."),
        lambda ballot, told, viewer, at: actions.extend_ballot(
            ballot, closes_at=told["closes_at"], reason=told["reason"], viewer=viewer, at=at
        ),
        rules.check_manage,
        ExtensionForm,
    ),
    "own-recusal": Deed(
        _("I do not take part"),
        _(
            "You yourself do not vote; another person of your society may. If your society as a whole does not take"
            " part, answer “recused” instead of voting."
        ),
        _("You do not take part in this ballot."),
        lambda ballot, told, viewer, at: actions.declare_recusal(ballot, reason=told["reason"], viewer=viewer, at=at),
        _anybody,
        ReasonForm,
    ),
    "release": Deed(
        _("Release the box"),
        _("With a second person’s release the votes are counted. Recusals are ruled on before."),
        _("You have released the box."),
        lambda ballot, told, viewer, at: actions.release_box(ballot, viewer=viewer, at=at),
        rules.check_release,
    ),
    "casting-vote": Deed(
        _("Decide the tie"),
        _(
            "The rule of this ballot gives the chair of the body a casting vote where the votes are equal and the"
            " chair’s own seat has not voted."
        ),
        _("The tie is decided."),
        lambda ballot, told, viewer, at: actions.cast_deciding_vote(
            ballot, choice=told["choice"], viewer=viewer, at=at
        ),
        rules.check_decide_tie,
        CastingForm,
    ),
    "certificate": Deed(
        _("Count again and certify"),
        _(
            "All stored votes are counted once more. If the result has the same hash you certify it; a second person"
            " does the same. If it has not, there is no result."
        ),
        _("Counted again with the same result: you have certified it."),
        lambda ballot, told, viewer, at: actions.certify_ballot(ballot, viewer=viewer, at=at),
        rules.check_certify,
    ),
    "publication": Deed(
        _("Publish the result"),
        _("Everybody who sees this ballot sees the result, as far as was settled before it opened."),
        _("The result is published."),
        lambda ballot, told, viewer, at: actions.publish_ballot(ballot, viewer=viewer, at=at),
        rules.check_manage,
    ),
    "contest": Deed(
        _("Contest the result"),
        _("Say what went wrong. An officer of the body rules on it; everybody who was entitled hears of it."),
        _("Your contest is on the record."),
        lambda ballot, told, viewer, at: actions.contest_ballot(ballot, reason=told["reason"], viewer=viewer, at=at),
        _anybody,
        ReasonForm,
    ),
    "annulment": Deed(
        _("Annul it"),
        _("The ballot counts for nothing. All votes are kept, and it can be run again. This cannot be taken back."),
        _("The ballot is annulled."),
        lambda ballot, told, viewer, at: actions.annul_ballot(ballot, reason=told["reason"], viewer=viewer, at=at),
        rules.check_manage,
        ReasonForm,
        "danger",
    ),
    "rerun": Deed(
        _("Run it again"),
        _("The same question is prepared anew and linked to this one; you can change it before you announce it."),
        _("Prepared anew: look it through, and announce it."),
        lambda ballot, told, viewer, at: actions.rerun_ballot(ballot, viewer=viewer, at=at),
        _prepares,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, ballot_id: int, noun: str) -> HttpResponse:
    """What it means, the words it needs, and the deed."""
    viewer = viewer_of(request)
    ballot = opened(the_ballot(viewer, ballot_id), viewer)
    chosen = DEEDS[noun]
    chosen.allowed(viewer, ballot)
    given = request.POST if request.method == "POST" else None
    form = ExtensionForm(ballot, given) if chosen.form is ExtensionForm else chosen.form(given)
    if form.is_bound and form.is_valid():
        try:
            made = chosen.act(ballot, form.cleaned_data, viewer, viewer.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return back(request, made if isinstance(made, Ballot) else ballot, chosen.told)
    context = {"ballot": ballot, "deed": chosen, "form": form, "noun": noun}
    return render(request, "ballots/deed.html", context, status=422 if form.errors else 200)
