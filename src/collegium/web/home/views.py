"""The front page, and home for whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of

from ..house import the_house
from . import actions, queries, visits


@public
@require_safe
def home(request: Any) -> HttpResponse:
    """What is new to whoever is signed in; what the council is to everybody else."""
    viewer = viewer_of(request)
    if viewer.person is None:
        return render(request, "web/home/front.html", queries.front_page(viewer))
    looked_at = viewer.person.looked_at
    since = visits.since(request, looked_at=looked_at, at=viewer.at)
    page = queries.home_page(viewer, since)
    own = {"since": since, "is_first": looked_at is None, "house": the_house(request, page["told"])}
    response = render(request, "web/home/home.html", page | own)
    if request.method == "GET" and visits.is_another_look(looked_at, viewer.at):
        actions.look(viewer.person, at=viewer.at)
        visits.keep(response, since)
    return response
