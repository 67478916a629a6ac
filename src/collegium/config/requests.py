"""What is done around every request: a line in the log, and who the sender is where proxies stand between."""

from __future__ import annotations

import ipaddress
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

from collegium.config import logs
from collegium.config.environment import Network

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RequestLogMiddleware:
    """One line per request: method, route, status, milliseconds, and a number that all lines of the request share.

    A view may say that there is to be none of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.log = logs.line_writer("collegium.requests", json=settings.LOGGING["json"])

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        number = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        response = self.get_response(request)
        # When a secret vote was cast is written nowhere.
        if getattr(request, "is_unlogged", False):
            return response
        self.log.info(
            "request",
            method=request.method,
            route=logs.route(request),
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
            request=number,
        )
        return response


class ContentPolicyMiddleware:
    """Sends with every answer what it may load and who may keep it; a door may only be stricter, or say otherwise.

    What a page says depends on who asks: nothing between us and the browser keeps it, and the browser asks again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A door with a stricter one of its own (a file somebody uploaded) keeps it.
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class LargestRequestMiddleware:
    """Turns away what is larger than any form with its files before a byte of it is kept; from strangers, any file.

    Looking for the token of a form reads all that was sent, whoever sent it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or ""
        length = int(said) if said.isdecimal() else 0
        is_large = length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if is_large and (length > settings.LARGEST_REQUEST or not request.user.is_authenticated):
            raise RequestDataTooBig
        return self.get_response(request)


class TrustedProxies:
    """Takes the sender's address and scheme from the headers of proxies we know, and from nobody else's."""

    def __init__(self, application: Application, networks: Sequence[Network]) -> None:
        self.application = application
        self.networks = networks

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        forwarded = environ.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        if self._known(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._sender(forwarded, environ["REMOTE_ADDR"])
            if scheme.strip().lower() in {"http", "https"}:
                environ["wsgi.url_scheme"] = scheme.strip().lower()
        return self.application(environ, start_response)

    def _sender(self, forwarded: str, otherwise: str) -> str:
        """The last address in the chain that is not a proxy of ours: what stands before it may be invented."""
        sender = otherwise
        for word in reversed(forwarded.split(",")):
            if not _is_address(word.strip()):
                break
            sender = word.strip()
            if not self._known(sender):
                break
        return sender

    def _known(self, text: str) -> bool:
        if not self.networks or not _is_address(text):
            return False
        address = ipaddress.ip_address(text)
        return any(address in network for network in self.networks)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
