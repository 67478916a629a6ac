"""What a page says when something was refused, and when a request could not even be read."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from collegium.core.access.errors import Refused

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class RefusedMiddleware:
    """Answers a refusal that no form took up with its reason; what may not be seen never comes this far."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "web/refused.html", {"reason": exception.reason}, status=403)
        return None


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that is malformed (400) or larger than is taken in one go (413)."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    return render(request, f"{status}.html", status=status)
