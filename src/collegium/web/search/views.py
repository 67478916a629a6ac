"""The page of results; open to everybody, and everybody finds what they may read."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import quote_plus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public
from collegium.core.access.viewers import Viewer
from collegium.core.entries.text import storable
from collegium.core.search.candidates import TooLong
from collegium.core.search.parsing import Asked, Unclear, parse
from collegium.core.search.queries import COUNTED, Found
from collegium.core.search.registry import kinds
from collegium.core.search.statement import PAGE

from .. import cursors
from ..house import the_house
from . import queries
from .forms import NarrowingForm, narrowed_by

RELEVANCE, DATE = "", "date"


@public
@require_safe
def search(request: Any) -> HttpResponse:
    """What fits the words one typed, of all that one may read."""
    viewer: Viewer = request.viewer.itself
    typed = storable(request.GET.get("q", ""))
    kind, order, number = _chosen(request)
    form = narrowed_by(request.GET)
    is_alone = _asks_for_results(request)
    how = {"newest_first": order == DATE, "page": number, "thorough": "thorough" in request.GET}
    asked, trouble = _read(typed)
    narrowing = form.narrowing(kind, viewer.at)
    try:
        found, results, lists = queries.search_page(viewer, asked, narrowing, is_alone=is_alone, **how)
    except TooLong as long:
        trouble = str(long)
        found, results, lists = queries.search_page(viewer, None, narrowing, is_alone=is_alone)
    kept = {"q": typed, "kind": kind, "order": order, **form.asked(), "thorough": how["thorough"] and "yes"}
    context: dict[str, Any] = {"typed": typed, "asked": asked, "trouble": trouble, "found": found, "results": results}
    context |= {} if is_alone else _with_lists(request, form, lists)
    return _answer(request, context | _around(found, {k: v for k, v in kept.items() if v}, kind, order, number))


@public
@require_safe
def suggestions(request: Any) -> HttpResponse:
    """What is called as one begins to type; nothing where no word is begun."""
    asked, _trouble = _read(storable(request.GET.get("q", "")))
    found: list[Any] = []
    if asked and asked.beginning:
        with suppress(TooLong):
            found = queries.suggestions(request.viewer, asked)
    return render(request, "web/search/suggestions.html", {"results": found})


def _answer(request: Any, context: dict[str, Any]) -> HttpResponse:
    """The page, or its results alone; what was typed stays in its field where it cannot be searched for."""
    whole = "web/search/search.html"
    template = f"{whole}#found" if _asks_for_results(request) else whole
    return render(request, template, context, status=422 if context["trouble"] else 200)


def _with_lists(request: Any, form: NarrowingForm, lists: dict[str, Any]) -> dict[str, Any]:
    return {"narrowing": form.drawn(lists), "house": the_house(request, lists)}


def _chosen(request: Any) -> tuple[str, str, int]:
    """The kind, the order and the page one asked for, of those there are."""
    kind = request.GET.get("kind", "")
    order = DATE if request.GET.get("order") == DATE else RELEVANCE
    number = cursors.number(request.GET.get("page")) or 1
    return kind if kind in kinds else "", order, min(max(number, 1), COUNTED // PAGE)


def _around(found: Found, kept: dict[str, Any], kind: str, order: str, number: int) -> dict[str, Any]:
    """What stands around the results: the ways to other kinds, orders and pages."""
    return {
        "kinds": _kinds(kept, kind),
        "orders": _orders(kept, order),
        "kind": kind,
        "order": order,
        "is_narrowed": set(kept) - {"q", "order", "thorough"},
        "is_thorough": "thorough" in kept,
        "thorough_url": _url(kept, thorough="yes"),
        "all_url": _url(kept, only=("q",)),
        **_ways(found, kept, number),
    }


def _read(typed: str) -> tuple[Asked | None, str]:
    try:
        return parse(typed), ""
    except Unclear as unclear:
        return None, str(unclear)


def _asks_for_results(request: Any) -> bool:
    return bool(request.htmx) and request.htmx.target == "found"


def _url(kept: dict[str, Any], only: tuple[str, ...] | None = None, **changed: Any) -> str:
    words = {name: value for name, value in kept.items() if only is None or name in only} | changed
    return "?" + "&".join([f"{name}={quote_plus(str(value))}" for name, value in words.items() if value])


def _kinds(kept: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    named = [("", _("Everything")), *((name, kind.label) for name, kind in kinds.items())]
    return [{"label": label, "url": _url(kept, kind=name), "current": name == chosen} for name, label in named]


def _orders(kept: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    named = [(RELEVANCE, _("Best first")), (DATE, _("Newest first"))]
    return [{"label": label, "url": _url(kept, order=name), "current": name == chosen} for name, label in named]


def _ways(found: Found, kept: dict[str, Any], number: int) -> dict[str, Any]:
    """The way to the pages before and after, and which results this one shows."""
    first = (number - 1) * PAGE + 1
    return {
        "earlier_url": _url(kept, page=number - 1 if number > 2 else "") if number > 1 else "",
        "later_url": _url(kept, page=number + 1) if number < found.pages else "",
        "first": first,
        "last": min(first + PAGE - 1, found.count),
    }
