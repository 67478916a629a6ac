"""What waits for the council's team at the doors of groups, among addresses, letters and jobs."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries.totals import Waiting, confirmations_by_group, requests_by_group
from collegium.core.people.models import AddressProposal

from .registry import Line


def requests(viewer: Viewer) -> list[Line]:
    """Requests to join, a line for each group."""
    return [_at_door(_("Requests to join %(group)s"), row) for row in requests_by_group()]


def confirmations(viewer: Viewer) -> list[Line]:
    """What a closed group waits to be confirmed by a second person, a line for each group."""
    return [
        _at_door(_("To be confirmed by a second person in %(group)s"), row) for row in confirmations_by_group(viewer.at)
    ]


def _at_door(label: str, row: Waiting) -> Line:
    url = reverse("groups:group", args=[row["slug"]]) + "#waiting"
    return Line(label=label % {"group": row["name"]}, count=row["count"], url=url, oldest_at=row["oldest_at"])


def addresses(viewer: Viewer) -> Line:
    """Addresses proposed for people who have not confirmed them."""
    waiting = AddressProposal.objects.filter(state=AddressProposal.State.PROPOSED)
    found = waiting.aggregate(count=Count("pk"), oldest_at=Min("proposed_at"))
    label, url = _("Proposed addresses that nobody has confirmed"), reverse("office:addresses")
    return Line(label=label, url=url, count=found["count"], oldest_at=found["oldest_at"])
