"""Functions in the office: what somebody can be at a society, and the seats that makes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.people import actions
from collegium.web.account.doors import page, refusals_in

from ..books import tables
from ..books.forms.functions import FunctionForm, NewFunctionForm
from ..books.functions import function_of_page, function_page, functions_statement
from ..books.listing import whole
from ..books.societies import seats_of_function
from ..doors import team_only


@team_only
@require_safe
def functions(request: Any) -> HttpResponse:
    """Every function with its seats and the groups that admit it."""
    return render(request, "office/functions.html", {"rows": whole(functions_statement(request.at))})


@team_only
@require_safe
def functions_csv(request: Any) -> HttpResponseBase:
    """The same list."""
    return tables.functions_table(whole(functions_statement(request.at)))


@team_only
@require_safe
def function(request: Any, function: str) -> HttpResponse:
    """One function: its seats society by society, the groups that admit it."""
    found = function_of_page(function)
    return render(request, "office/function.html", function_page(found, request.at) | {"function": found})


@team_only
@require_safe
def function_seats_csv(request: Any, function: str) -> HttpResponseBase:
    """Its seats with everybody who holds, held or will hold one."""
    found = function_of_page(function)
    return tables.seats_table(f"{found.slug}-seats.csv", whole(seats_of_function(found.pk, request.at)))


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_function(request: Any) -> HttpResponse:
    """Add a function."""
    form = NewFunctionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.add_function(by=request.user, at=request.at, **form.cleaned_data)
            messages.success(request, _("Added. Societies have a seat for it as soon as somebody takes one."))
            return redirect("office:function", function=made.slug)
    return page(request, "office/new-function.html", form)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def rename_function(request: Any, function: str) -> HttpResponse:
    """Call a function otherwise."""
    found = function_of_page(function)
    form = FunctionForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found, name) for name in FunctionForm.base_fields},
    )
    if form.is_valid():
        with refusals_in(form):
            actions.rename_function(found, by=request.user, at=request.at, **form.cleaned_data)
            messages.success(request, _("Renamed."))
            return redirect("office:function", function=found.slug)
    return page(request, "office/rename-function.html", form, function=found)
