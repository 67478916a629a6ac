"""Groups in the office: founding one, its settings, its officers, closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.groups import actions
from collegium.core.groups.models import Group
from collegium.core.groups.preview import preview_closing
from collegium.web.account.doors import page, refusals_in

from ..doors import team_only
from ..groups import queries
from ..groups.forms import ClosureForm, FoundForm, OfficerForm, SettingsForm


@team_only
@require_safe
def groups(request: Any) -> HttpResponse:
    """Every group with how it is set."""
    return render(request, "office/groups.html", {"groups": queries.groups_page(request.viewer)})


def _to(group: Group, anchor: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("office:group", args=[group.slug]) + anchor, status=303)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: Any) -> HttpResponse:
    """Found a group."""
    form = FoundForm(request.POST if request.method == "POST" else None, functions=queries.functions())
    if form.is_valid():
        settings = {name: form.cleaned_data[name] for name in ("name", "slug", "short", "purpose", "kind", "joining",
                                                               "page_audience", "is_closed", "is_new")}  # fmt: skip
        with refusals_in(form):
            group = actions.found_group(**settings, policy=form.policy(), by=request.user, at=request.at)
            messages.success(request, _("The group is founded."))
            return _to(group)
    return page(request, "office/found.html", form)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: Any, group_slug: str) -> HttpResponse:
    """The settings of a group, its policy in words, its officers."""
    chosen = queries.group_of(request.viewer, group_slug)
    form = SettingsForm.of(chosen, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.change_group(chosen, to=form.settings(), viewer=request.viewer, at=request.at)
            messages.success(request, _("The settings are changed."))
            return _to(chosen)
    return _draw(request, chosen, form=form)


def _draw(request: Any, chosen: Group, *, form: SettingsForm | None = None, naming: OfficerForm | None = None) -> Any:
    assert chosen.circle is not None  # a founded group has a circle
    return page(
        request,
        "office/group.html",
        form or SettingsForm.of(chosen),
        group=chosen,
        naming=naming or OfficerForm(),
        officers=queries.offices(chosen),
        policy=queries.policy_in_words(chosen.circle, queries.functions()),
        waiting=queries.waiting_circle(chosen),
    )


@team_only
@require_POST
def officers(request: Any, group_slug: str) -> HttpResponse:
    """Name an officer."""
    chosen = queries.group_of(request.viewer, group_slug)
    naming = OfficerForm(request.POST)
    seats = queries.seats_of(naming.cleaned_data["handle"], request.at) if naming.is_valid() else []
    tenure = naming.settle_seat(seats) if naming.is_valid() else None
    if tenure is not None:
        with refusals_in(naming):
            role = naming.cleaned_data["role"]
            actions.name_officer(chosen, tenure=tenure, role=role, viewer=request.viewer, at=request.at)
            messages.success(request, _("Named; a second person confirms it.") if chosen.is_closed else _("Named."))
            return _to(chosen, "#officers")
    answer: HttpResponse = _draw(request, chosen, naming=naming)
    answer.status_code = 422
    return answer


@team_only
@require_POST
def officer_end(request: Any, group_slug: str, pk: int) -> HttpResponse:
    """End an office."""
    chosen = queries.group_of(request.viewer, group_slug)
    actions.end_office(queries.office_of(chosen, pk), viewer=request.viewer, at=request.at)
    messages.success(request, _("The office is ended."))
    return _to(chosen, "#officers")


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def closure(request: Any, group_slug: str) -> HttpResponse:
    """Close a group, having seen by name who stays in and who waits; its name is typed to do so."""
    chosen = queries.group_of(request.viewer, group_slug)
    form = ClosureForm(request.POST if request.method == "POST" else None, group=chosen)
    closing = preview_closing(chosen, viewer=request.viewer, at=request.at)
    if form.is_valid() and form.is_as_seen(closing):
        with refusals_in(form):
            actions.close_group_around(chosen, viewer=request.viewer, at=request.at)
            messages.success(request, _("The group is closed. From now on a second person confirms whoever comes in."))
            return _to(chosen)
    return page(request, "office/closure.html", form, group=chosen, closing=closing)
