"""Who comes to a desk: whoever keeps the society's roster; to everybody else it is unknown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from collegium.core.access.doors import viewer_of
from collegium.core.people.queries import kept_society

View = Callable[..., HttpResponse]


def keepers_only(view: View) -> View:
    """The view gets the society in place of the slug in its address."""

    @wraps(view)
    def guarded(request: Any, slug: str, **words: Any) -> HttpResponse:
        viewer = viewer_of(request)
        society = kept_society(viewer.person_id, viewer.at, slug=slug)
        if society is None:
            raise Http404
        return view(request, society, **words)

    return guarded
