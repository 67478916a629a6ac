"""The first key: a society confirms a role, by a link in a letter to somebody who may speak for its roster."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import public
from collegium.core.groups import actions
from collegium.core.groups.models import Application
from collegium.core.groups.queries import criteria_of_application
from collegium.core.people.models import Tenure
from collegium.web.account.doors import REFUSED, refusals_in

from ..applying import links
from ..applying.forms import RoleAnswerForm
from ..applying.wording import masked


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: Any, token: str) -> HttpResponse:
    """Who applies with which role; confirm it, or say that it is none of the society's."""
    found = links.read_for(token, request.at)
    if found is None:
        raise Http404
    application, holder = found
    if request.method != "POST":
        return _draw(request, application, RoleAnswerForm())
    deed = request.POST.get("deed", "")
    if deed not in DEEDS:
        raise Http404
    form = RoleAnswerForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            DEEDS[deed](application, holder, form.cleaned_data["reason"], request.at)
            return _draw(request, application, form, done=deed)
    return _draw(request, application, form)


def _confirm(application: Application, holder: Tenure, reason: str, at: Any) -> None:
    actions.confirm_role(application, holder=holder, remark=reason, at=at)


def _deny(application: Application, holder: Tenure, reason: str, at: Any) -> None:
    actions.deny_role(application, holder=holder, reason=reason, at=at)


DEEDS = {"confirm": _confirm, "deny": _deny}


def _draw(request: Any, application: Application, form: RoleAnswerForm, done: str = "") -> HttpResponse:
    """Once answered, the page says no more than that."""
    context = {
        "application": application,
        "address": masked(application.email),
        "criteria": criteria_of_application(application, request.at),
        "form": form,
        "done": done,
        "waits": application.state == Application.State.SOCIETY and not done,
    }
    return render(request, "web/groups/role.html", context, status=REFUSED if form.errors else 200)
