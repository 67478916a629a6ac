"""What a society is to the council from a day on: what would follow, and then the change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.people import actions
from collegium.core.people.models import Standing
from collegium.web.account.doors import page, refusals_in
from collegium.web.societies.queries import visible_organization

from ..books.foresight import foresee_standing
from ..books.forms.societies import StandingForm
from ..doors import team_only


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_standing(request: Any, slug: str) -> HttpResponse:
    """First what would follow, in words; confirmed, the change."""
    organization = visible_organization(request.viewer, slug)
    form = StandingForm(request.POST if request.method == "POST" else None)
    foresight = None
    if form.is_valid():
        with refusals_in(form):
            asked: Any = form.cleaned_data | {"by": request.user, "at": request.at}
            if "confirmed" in request.POST:
                actions.change_standing(organization, **asked)
                messages.success(request, _("The standing is changed."))
                return redirect("office:society", slug=organization.slug)
            foresight = foresee_standing(organization, **asked)
    word = dict(Standing.Status.choices).get(form["status"].value(), "")
    return page(request, "office/standing.html", form, society=organization, foresight=foresight, word=word)
