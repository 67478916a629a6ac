"""The council's team prepares a ballot, and changes it before its announcement."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE

from .. import actions
from ..forms.questions import QuestionForm
from ..models import Ballot
from ..queries.showing import the_ballot
from .doors import back


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a ballot."""
    viewer = viewer_of(request)
    if not viewer.is_among(OFFICE):
        raise Http404
    form = QuestionForm(
        request.POST if request.method == "POST" else None, initial={"time_zone": timezone.get_current_timezone_name()}
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.prepare_ballot(form.question(), viewer=viewer, at=viewer.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return back(
                request, made, _("The ballot is prepared. Only the council’s team sees it until it is announced.")
            )
    return _shown(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Change what is prepared."""
    viewer = viewer_of(request)
    ballot = the_ballot(viewer, ballot_id)
    if not viewer.is_among(OFFICE) or ballot.call.announced_at is not None:
        raise Http404
    form = QuestionForm.of(ballot, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.change_ballot(ballot, form.question(), viewer=viewer, at=viewer.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return back(request, ballot, _("Changed."))
    return _shown(request, form, ballot)


def _shown(request: HttpRequest, form: QuestionForm, ballot: Ballot | None) -> HttpResponse:
    context = {"form": form, "ballot": ballot}
    return render(request, "ballots/question.html", context, status=422 if form.errors else 200)
