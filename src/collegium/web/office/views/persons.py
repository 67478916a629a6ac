"""People in the office: their list, one of them, somebody new, another address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.people import actions
from collegium.web.account.doors import page, refusals_in
from collegium.web.together import moments

from ..books import tables
from ..books.forms.persons import AddressForm, NewPersonForm, PersonsForm
from ..books.functions import choices
from ..books.listing import listed, whole
from ..books.persons import person_of_page, person_page, persons_count, persons_statement, with_seats
from ..doors import narrowed, team_only


@team_only
@require_safe
def persons(request: Any) -> HttpResponse:
    """Everybody with an account, open or closed."""
    form, asked = narrowed(PersonsForm, request, **choices(request.viewer))
    people, count = persons_statement(request.at, **asked), persons_count(request.at, **asked)
    listing = listed(people, asked=asked, page=request.GET.get("page"), count=count)
    rows = moments(listing.rows, "last_login", "closed_at")
    return render(request, "office/persons.html", {"form": form, "listing": listing, "rows": rows})


@team_only
@require_safe
def persons_csv(request: Any) -> HttpResponseBase:
    """The same list, all of it."""
    _form, asked = narrowed(PersonsForm, request, **choices(request.viewer))
    return tables.persons_table(with_seats(whole(persons_statement(request.at, **asked))))


@team_only
@require_safe
def person(request: Any, handle: str) -> HttpResponse:
    """One person: seats, the groups these open, addresses and their states."""
    found = person_of_page(handle)
    if found.handle != handle:
        return redirect("office:person", handle=found.handle)
    return render(request, "office/person.html", person_page(found, request.at) | {"person": found})


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: Any) -> HttpResponse:
    """Register a person with a first address."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            asked = {name: form.cleaned_data[name] for name in ("name", "email", "credentials", "time_zone")}
            made = actions.register_person(asked.pop("name"), by=request.user, at=request.at, **asked)
            messages.success(request, _("Registered. A seat is taken on the page of the society."))
            return redirect("office:person", handle=made.handle)
    return page(request, "office/new-person.html", form)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose_address(request: Any, handle: str) -> HttpResponse:
    """Propose another address for somebody who lost theirs."""
    found = person_of_page(handle)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.propose_address(found, email=form.cleaned_data["email"], by=request.user, at=request.at)
            messages.success(request, _("Proposed. A letter about it went to the present address."))
            return redirect("office:person", handle=found.handle)
    return page(request, "office/person-address.html", form, person=found)
