"""What one was told, newest first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from collegium.core.entries.queries import part_address
from collegium.core.notices.actions import see_notifications
from collegium.core.notices.models import Notification
from collegium.core.notices.queries import PAGE, newest
from collegium.web import cursors


@require_safe
def notifications(request: Any) -> HttpResponse:
    """A page of the list; what may not be seen any more is not in it."""
    before = cursors.number(request.GET.get("before"))
    found = newest(request.viewer, before=before, limit=PAGE + 1)
    rows, has_older = found[:PAGE], len(found) > PAGE
    context = {
        "rows": rows,
        "has_unseen": any(row["notification"].seen_at is None for row in rows),
        "older": f"?before={rows[-1]['notification'].pk}" if has_older else "",
        "newest": request.path if before else "",
    }
    return render(request, "account/notifications.html", context)


@require_safe
def notification(request: Any, pk: int) -> HttpResponse:
    """Go to what the notification is about; it counts as seen."""
    mine = Notification.objects.visible_to(request.viewer).filter(pk=pk, person=request.user)
    found = mine.select_related("entry").first()
    if found is None:
        raise Http404
    see_notifications(by=request.user, at=request.at, notification=found)
    return redirect(part_address(found.entry, found.part, found.part_id))


@require_POST
def see_all(request: Any) -> HttpResponse:
    """Mark all as seen."""
    see_notifications(by=request.user, at=request.at)
    return redirect("account:notifications")
