"""A signed-in view that does nothing, and the number of queries a page takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

ASKED = "X-Count-Queries"
TOLD = "X-Queries"


def bare(request: HttpRequest) -> HttpResponse:
    """Say who is signed in: what any page costs before it does anything of its own."""
    return HttpResponse(f"<!doctype html><title>Bare</title><p>{request.user.get_username()}</p>")


class QueryCountMiddleware:
    """Answers a request that asks for it with the number of its queries; every other passes untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ASKED not in request.headers:
            return self.get_response(request)
        count = 0

        def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*arguments)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response[TOLD] = str(count)
        return response
