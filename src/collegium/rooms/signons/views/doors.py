"""What the doors of letters do alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from collegium.core.access.errors import Refused


def done(form: forms.Form, deed: Callable[[], Any]) -> Any:
    """What the deed gives for a sound form; None where it is not, or says why it was refused."""
    if not form.is_valid():
        return None
    try:
        return deed() or True
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return None


def sent(request: HttpRequest) -> Any:
    """What was typed, or None where the form is only shown."""
    return request.POST if request.method == "POST" else None


def status_of(form: forms.Form) -> int:
    """422 for a form that was sent and refused."""
    return 422 if form.is_bound and form.errors else 200


def see_other(request: HttpRequest, url: str, told: object) -> HttpResponse:
    """To where the deed is seen, with a word of it."""
    messages.success(request, str(told))
    return HttpResponseRedirect(url, status=303)
