"""Reports and held posts across groups: that they wait, and no word of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.groups.models import Group
from collegium.rooms.discussions.actions import nudge_officers
from collegium.rooms.discussions.queries.moderation import waiting_by_group

from ..doors import team_only


@team_only
@require_safe
def reports(request: Any) -> HttpResponse:
    """What waits in each group, the longest wait first."""
    return render(request, "office/reports.html", {"rows": waiting_by_group(request.viewer)})


@team_only
@require_POST
def nudge(request: Any, group_id: int) -> HttpResponse:
    """Remind the officers of a group."""
    nudge_officers(get_object_or_404(Group, pk=group_id), viewer=request.viewer, at=request.at)
    messages.success(request, _("The officers are reminded."))
    return redirect("office:reports")
