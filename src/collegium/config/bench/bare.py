"""A signed-in view that does nothing, one that only finds, and the number of queries a page takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from collegium.core.entries.models import Entry
from collegium.core.search.candidates import Narrowing
from collegium.core.search.parsing import parse
from collegium.core.search.queries import Found, find

ASKED = "X-Count-Queries"
TOLD = "X-Queries"


def bare(request: HttpRequest) -> HttpResponse:
    """Say who is signed in: what any page costs before it does anything of its own."""
    return HttpResponse(f"<!doctype html><title>Bare</title><p>{request.user.get_username()}</p>")


def finding(request: Any) -> HttpResponse:
    """How much somebody in every group finds of what was typed, without showing it."""
    asked = parse(request.GET.get("q", ""))
    everywhere = replace(request.viewer.itself, audience_ids=_audiences())
    found = find(everywhere, asked, Narrowing()) if asked else Found()
    return HttpResponse(f"<!doctype html><title>Finding</title><p>{found.count}</p>")


@cache
def _audiences() -> frozenset[int]:
    """Those in which anything is."""
    return frozenset(Entry.objects.values_list("audience_id", flat=True).distinct())


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
