"""Who may come into the office."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase

from collegium.core.access.standard import OFFICE

View = Callable[..., HttpResponseBase]


def team_only(view: View) -> View:
    """For views of the office: to everybody but the council's team these pages are unknown."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **words: Any) -> HttpResponseBase:
        if not request.viewer.is_among(OFFICE):
            raise Http404
        return view(request, *args, **words)

    return guarded


def narrowed(kind: type[forms.Form], request: Any, **offered: list[tuple[str, Any]]) -> tuple[Any, dict[str, str]]:
    """The form that narrows a list, as the address says, and what it asks for; a wrong field narrows nothing."""
    form = kind(request.GET)
    for name, rows in offered.items():
        form.fields[name].offer(rows)  # type: ignore[attr-defined]  # Chosen alone is offered anything
    form.is_valid()
    return form, {name: str(form.cleaned_data.get(name, "")) for name in form.fields}
