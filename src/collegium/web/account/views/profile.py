"""Who one is here, and who sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.people import actions

from .. import queries
from ..doors import page, refusals_in
from ..forms.profile import ProfileForm, VisibilityForm

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def profile(request: Any) -> HttpResponse:
    """Name, credentials, what one may be asked about, telephone, time zone."""
    form = ProfileForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        with refusals_in(form):
            actions.change_profile(request.user, by=request.user, at=request.at, **form.cleaned_data)
            messages.success(request, _("Your profile was saved."))
            return redirect("account:profile")
    return page(request, "account/profile.html", form, seats=queries.seats(request.user, at=request.at))


@GET_OR_POST
def visibility(request: Any) -> HttpResponse:
    """Who sees one's address and telephone number, and what is always seen by whom."""
    person = request.user
    initial = {"address_seen_by": person.address_seen_by, "phone_seen_by": person.phone_seen_by}
    form = VisibilityForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            actions.change_profile(person, by=person, at=request.at, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("account:visibility")
    return page(request, "account/visibility.html", form)
