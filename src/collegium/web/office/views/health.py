"""How the house is, for the team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..doors import team_only
from ..health import actions, queries


@team_only
@never_cache
@require_safe
def health(request: Any) -> HttpResponse:
    """Letters, jobs, workers, checks, database and seals; a running check alone where only that is asked for."""
    checks = {"last": queries.last_check(), "running": queries.running_check()}
    if request.htmx and request.htmx.target == "checks":
        return render(request, "office/health.html#checks", checks)
    database = queries.database()
    context = checks | {
        "letters": queries.letters(request.at),
        "refused": queries.refused_letters(request.at),
        "waiting": queries.waiting_letters(),
        "jobs": queries.jobs(request.at),
        "failed": queries.failed_jobs(),
        "workers": queries.workers(),
        "size": queries.in_words(database["size"]),
        "version": database["version"],
        "seal": queries.last_seal(),
    }
    return render(request, "office/health.html", context)


def _back(anchor: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("office:health") + anchor, status=303)


@team_only
@require_POST
def checks(request: Any) -> HttpResponse:
    """Have the house checked."""
    actions.ask_for_check(viewer=request.viewer, at=request.at)
    messages.success(request, _("The house is being checked."))
    return _back("#checks")


@team_only
@require_POST
def retry(request: Any, pk: int) -> HttpResponse:
    """Put a failed job back into its queue."""
    actions.retry_job(pk, viewer=request.viewer, at=request.at)
    messages.success(request, _("The job is back in its queue."))
    return _back("#jobs")
