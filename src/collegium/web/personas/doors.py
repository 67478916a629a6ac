"""The door of the demonstration: open to whoever sits at this machine, and not there for anybody else."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from collegium.core.access.doors import public


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public view of the demonstration; elsewhere, and for other machines, it is unknown."""

    @public
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO_PICKER or not _is_from_here(request):
            raise Http404
        return view(request, *args, **kwargs)

    return opened


def _is_from_here(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
