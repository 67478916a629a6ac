"""The letters of a demonstration, which go nowhere else."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.core.mail import queries
from collegium.core.mail.registry import letters
from collegium.web import cursors
from collegium.web.personas.doors import demo_only


@demo_only
@never_cache
@require_safe
def outbox(request: Any) -> HttpResponse:
    """All letters, newest first, as their readers would get them."""
    before = cursors.number(request.GET.get("before"))
    found, has_older = queries.outbox(before=before)
    rows = [{"letter": letter, "label": _label(letter.kind)} for letter in found]
    older = f"?before={found[-1].pk}" if has_older else ""
    return render(
        request, "office/letters.html", {"rows": rows, "older": older, "newest": request.path if before else ""}
    )


@demo_only
@never_cache
@require_safe
def letter(request: Any, pk: int) -> HttpResponse:
    """One letter, its text as it is."""
    found = queries.letter(pk)
    if found is None:
        raise Http404
    return render(request, "office/letter.html", {"letter": found, "label": _label(found.kind)})


def _label(kind: str) -> str:
    return str(letters.get(kind).label) if kind in letters else kind
