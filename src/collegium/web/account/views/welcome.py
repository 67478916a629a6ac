"""The page one sees when signing in for the first time."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from collegium.core.notices.actions import choose_level
from collegium.core.people import actions

from .. import queries
from ..doors import page, refusals_in
from ..forms.profile import WelcomeForm
from .profile import GET_OR_POST


@GET_OR_POST
def welcome(request: Any) -> HttpResponse:
    """Who one is for us, what one is admitted to, and a few choices; shown once."""
    wanted = get_next_redirect_url(request)
    if request.user.welcomed_at is not None and request.method != "POST":
        return redirect(wanted or "home:home")
    form = WelcomeForm(request.POST if request.method == "POST" else None, person=request.user)
    groups = queries.group_levels(request.viewer)
    if form.is_valid():
        with refusals_in(form), transaction.atomic():
            chosen = dict(form.cleaned_data)
            level = chosen.pop("level")
            for group in groups if level else []:
                choose_level(group["entry"], level=level, by=request.user)
            actions.welcome_person(request.user, by=request.user, at=request.at, **chosen)
            return redirect(wanted or "home:home")
    seats = queries.seats(request.user, at=request.at)
    return page(request, "account/welcome.html", form, seats=seats, groups=groups, wanted=wanted or "")
