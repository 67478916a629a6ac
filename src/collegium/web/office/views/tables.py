"""The office's lists as tables to take away."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from collegium.web.sheets import csv_answer

from .. import tables
from ..doors import team_only


@team_only
@require_safe
def table(request: Any, name: str) -> HttpResponseBase:
    """One of them, as its page shows it."""
    if name not in tables.TABLES:
        raise Http404
    head, rows = tables.TABLES[name](request)
    return csv_answer(f"{name}-{request.at:%Y-%m-%d}.csv", head, rows)
