"""Lines of calls on the front page of the office."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Call, RollRow

from ..registry import Line

SOON = timedelta(days=3)


def due(viewer: Viewer) -> list[Line]:
    """Calls that close within three days, with how many have not answered."""
    rows = Call.objects.running().filter(closes_at__gt=viewer.at, closes_at__lte=viewer.at + SOON)
    return [
        Line(
            label=_("Not answered, due soon: %(title)s") % {"title": call.entry.title},
            count=RollRow.objects.filter(call=call, is_answered=False, struck_at=None).count(),
            url=reverse("office:call", args=[call.pk]),
            oldest_at=call.opened_at,
        )
        for call in rows.select_related("entry").order_by("closes_at")
    ]
