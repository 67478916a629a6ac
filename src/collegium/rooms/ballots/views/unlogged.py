"""Views of which no line is written in the log of requests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse


def unlogged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A line would say when a secret vote was cast: the middleware that writes them passes over these answers."""

    @wraps(view)
    def quiet(request: HttpRequest, *arguments: Any, **words: Any) -> HttpResponse:
        request.is_unlogged = True  # type: ignore[attr-defined]  # for the log of requests alone
        return view(request, *arguments, **words)

    return quiet
