"""What the doors of deeds do alike: the form again with what was typed, or a word and the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect

from collegium.core.access.errors import Refused


def done(form: Form, deed: Callable[[], Any]) -> bool:
    """Whether the form is in order and the deed was done; otherwise the form says why not."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


def away(request: Any, to: str, told: str) -> HttpResponse:
    """To the next page, which says what was done."""
    messages.success(request, told)
    return HttpResponseRedirect(to, status=303)
