"""What the doors of deeds do alike: the form again with what was typed and why not, or a word and the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .errors import Refused


def done(form: Form, deed: Callable[[], Any]) -> Any:
    """What the deed gives, or True, for a sound form; None where it is not, or says why the deed was refused."""
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


def status_of(form: Form) -> int:
    """422 for a form that was sent and refused."""
    return 422 if form.is_bound and form.errors else 200


def see_other(request: HttpRequest, url: str, told: object) -> HttpResponse:
    """To where the deed is seen, with a word of it."""
    messages.success(request, str(told))
    return HttpResponseRedirect(url, status=303)
