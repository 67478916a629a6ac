"""Gives each request its viewer, built when first asked for."""

from collections.abc import Callable

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from .viewers import Viewer


class ViewerMiddleware:
    """Sets `request.at`, the moment of the request, and `request.viewer`, who is asking at that moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]  # the request's own extra field
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]  # likewise
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Viewer:
    # The person, not what stands for it in `request.user`.
    person = get_user(request)
    return Viewer.of(person if person.is_authenticated else None, at=request.at)  # type: ignore[attr-defined]  # likewise
