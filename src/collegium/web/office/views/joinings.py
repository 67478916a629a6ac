"""Two accounts of one person: the council's team asks both, and joins nothing itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.people import actions
from collegium.web.account.doors import page, refusals_in

from ..books.forms.joinings import BeginJoiningForm
from ..books.persons import joining_of_page, person_of_page
from ..doors import team_only


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Any, handle: str) -> HttpResponse:
    """Say which other account is the same person's, and why; letters with links go to both."""
    stays = person_of_page(handle)
    asked = {"handle": request.GET.get("with", "")[:60].replace("\x00", "")}
    form = BeginJoiningForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_valid():
        with refusals_in(form):
            other, reason = form.cleaned_data["handle"], form.cleaned_data["reason"]
            actions.begin_joining(stays, other=other, viewer=request.viewer, reason=reason, at=request.at)
            messages.success(
                request, _("Letters went to both addresses. Nothing is joined before both links are used.")
            )
            return redirect("office:person", handle=stays.handle)
    return page(request, "office/begin-joining.html", form, person=stays)


@team_only
@require_POST
def withdraw(request: Any, pk: int) -> HttpResponse:
    """What the team began, it ends; both addresses are told."""
    joining = joining_of_page(pk)
    actions.withdraw_joining(joining, viewer=request.viewer, at=request.at)
    messages.success(request, _("Withdrawn. Both addresses were told."))
    return redirect("office:person", handle=joining.stays.handle)
