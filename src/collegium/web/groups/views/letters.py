"""The way of the letters that came in for a group, for those who run it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.web.office.letters import ways
from collegium.web.office.letters.forms import OwnWaysForm

from .. import queries


@never_cache
@require_safe
def letters(request: Any, slug: str) -> HttpResponse:
    """From whom, when, and what became of each; to everybody else the page is unknown."""
    group = queries.visible_group(request.viewer, slug)
    if not queries.runs(request.viewer, group):
        raise Http404
    form = OwnWaysForm(request.GET)
    asked = form.asked()
    context = ways.page(request.viewer, asked=asked, before=request.GET.get("before"), place=group.pk)
    return render(request, "web/groups/letters.html", context | {"group": group, "form": form, "narrowed": asked})
