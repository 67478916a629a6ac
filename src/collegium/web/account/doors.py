"""What the views of the account do alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from collegium.core.access.errors import Refused

REFUSED = 422


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """A refusal stands above the form, which keeps all that was typed."""
    try:
        yield
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))


def page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of a form; a refused one is answered as such."""
    status = REFUSED if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


class RefusesAloud:
    """For allauth's views: a refused form is answered as such, not as a page like any other."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of the view it is mixed into
        if isinstance(response, TemplateResponse):
            response.status_code = REFUSED
        return response
