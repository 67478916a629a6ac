"""Applications among what waits for the council's team."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Application

from ..registry import Line


def applications(viewer: Viewer) -> list[Line]:
    """Those that wait for the second key, and those whose society has not answered yet."""
    labels = {
        Application.State.COUNCIL: _("Applications that wait for the council’s team"),
        Application.State.SOCIETY: _("Applications that wait for a society"),
    }
    found = Application.objects.filter(state__in=Application.OPEN).values("state").order_by("state")
    rows = {row["state"]: row for row in found.annotate(count=Count("pk"), oldest_at=Min("asked_at"))}
    return [
        Line(
            label=label,
            count=rows[state]["count"],
            url=f"{reverse('office:requests')}?state={state.value}",
            oldest_at=rows[state]["oldest_at"],
        )
        for state, label in labels.items()
        if state in rows
    ]
