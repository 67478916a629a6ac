"""The societies in the office: their list, one of them, what is said about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.people import actions
from collegium.web.account.doors import page, refusals_in
from collegium.web.societies.queries import visible_organization
from collegium.web.societies.wording import standing

from ..books import deeds, tables
from ..books.forms.societies import FactsForm, NewOrganizationForm, SocietiesForm
from ..books.functions import bearers
from ..books.listing import listed, whole
from ..books.societies import seats_of_society, societies_statement, society_page, worded
from ..doors import narrowed, team_only


@team_only
@require_safe
def societies(request: Any) -> HttpResponse:
    """Every organization with its standing and how many of its seats are held."""
    form, asked = narrowed(SocietiesForm, request)
    listing = listed(societies_statement(request.viewer, **asked), asked=asked, page=request.GET.get("page"))
    context = {"form": form, "listing": listing, "rows": worded(listing.rows)}
    return render(request, "office/societies.html", context)


@team_only
@require_safe
def societies_csv(request: Any) -> HttpResponseBase:
    """The same list, all of it."""
    _form, asked = narrowed(SocietiesForm, request)
    return tables.societies_table(whole(societies_statement(request.viewer, **asked)))


@team_only
@require_safe
def society(request: Any, slug: str) -> HttpResponse:
    """One organization: its facts, its standings by day, its seats."""
    organization = visible_organization(request.viewer, slug)
    context = society_page(organization, request.at)
    words = standing(organization, in_full=True)
    return render(request, "office/society.html", context | {"society": organization, "standing": words})


@team_only
@require_safe
def society_seats_csv(request: Any, slug: str) -> HttpResponseBase:
    """Its seats with everybody who holds, held or will hold one."""
    organization = visible_organization(request.viewer, slug)
    return tables.seats_table(f"{organization.slug}-seats.csv", whole(seats_of_society(organization, request.at)))


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: Any, slug: str) -> HttpResponse:
    """Its name and what is said about it."""
    organization = visible_organization(request.viewer, slug)
    form = FactsForm.about_one(organization, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            deeds.say_about(organization, form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, _("Changed."))
            return redirect("office:society", slug=organization.slug)
    return page(request, "office/facts.html", form, society=organization)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_society(request: Any) -> HttpResponse:
    """Register an organization."""
    parents = bearers(request.viewer)
    form = NewOrganizationForm(request.POST if request.method == "POST" else None, parents=parents)
    if form.is_valid():
        with refusals_in(form):
            asked = dict(form.cleaned_data)
            made = actions.register_organization(asked.pop("name"), by=request.user, at=request.at, **asked)
            messages.success(request, _("Registered. What it is to the council comes next: its standing, its seats."))
            return redirect("office:society", slug=made.slug)
    return page(request, "office/new-society.html", form)
