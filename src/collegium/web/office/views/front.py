"""The front page of the office."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..doors import team_only
from ..registry import lines_for


@team_only
@require_safe
def front(request: Any) -> HttpResponse:
    """What waits for the team today."""
    return render(request, "office/front.html", {"lines": lines_for(request.viewer)})
