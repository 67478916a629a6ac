"""What waits for the council's team at the doors of groups, among addresses, letters and jobs."""

from __future__ import annotations

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Reading
from collegium.core.groups.queries.totals import Waiting, confirmations_by_group, requests_by_group
from collegium.core.mail.actions import KEPT_BACK
from collegium.core.mail.models import AddressHealth, Incoming, Letter
from collegium.core.people.models import AddressProposal

from .health.queries import LATELY, failed_jobs, last_check
from .registry import Line


def requests(viewer: Viewer) -> list[Line]:
    """Requests to join, a line for each group."""
    return [_at_door(_("Requests to join %(group)s"), row) for row in requests_by_group(viewer.at)]


def confirmations(viewer: Viewer) -> list[Line]:
    """What a closed group waits to be confirmed by a second person, a line for each group."""
    return [
        _at_door(_("To be confirmed by a second person in %(group)s"), row) for row in confirmations_by_group(viewer.at)
    ]


def readings(viewer: Viewer) -> list[Line]:
    """Somebody of the team asks to read a group, a line for each group."""
    rows = (
        Reading.objects.filter(period=None, ended_at=None)
        .exclude(person=viewer.person_id)
        .values(name=F("group__entry__title"), slug=F("group__slug"))
        .annotate(count=Count("pk"), oldest_at=Min("asked_at"))
        .order_by("name")
    )
    return [
        Line(
            label=_("One of the team asks to read %(group)s") % {"group": row["name"]},
            count=row["count"],
            url=reverse("groups:conditions", args=[row["slug"]]) + "#readings",
            oldest_at=row["oldest_at"],
        )
        for row in rows
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


def broken_letters(viewer: Viewer) -> Line:
    """Letters that were given up within the last thirty days."""
    found = Letter.objects.exclude(refused__in=["", KEPT_BACK]).filter(written_at__gt=viewer.at - LATELY)
    told = found.aggregate(count=Count("pk"), oldest_at=Min("written_at"))
    url = reverse("office:health") + "#letters"
    return Line(label=_("Letters that were refused"), url=url, count=told["count"], oldest_at=told["oldest_at"])


def suspended_addresses(viewer: Viewer) -> Line:
    """Addresses to which no letters are sent, for they came back."""
    found = AddressHealth.objects.filter(suspended_at__isnull=False)
    told = found.aggregate(count=Count("pk"), oldest_at=Min("since"))
    label, url = _("Addresses from which letters come back"), reverse("office:fare")
    return Line(label=label, url=url, count=told["count"], oldest_at=told["oldest_at"])


def unhandled_letters(viewer: Viewer) -> Line:
    """Letters that came in and could not be handled, within the last thirty days."""
    found = Incoming.objects.filter(state=Incoming.State.FAILED, received_at__gt=viewer.at - LATELY)
    told = found.aggregate(count=Count("pk"), oldest_at=Min("received_at"))
    label, url = _("Letters that could not be handled"), reverse("office:incoming") + "?state=failed"
    return Line(label=label, url=url, count=told["count"], oldest_at=told["oldest_at"])


def failed(viewer: Viewer) -> Line:
    """Jobs that failed for good."""
    found = failed_jobs()
    oldest = min((job["at"] for job in found if job["at"]), default=None)
    url = reverse("office:health") + "#jobs"
    return Line(label=_("Jobs that failed"), url=url, count=len(found), oldest_at=oldest)


def findings(viewer: Viewer) -> Line | None:
    """What the last check found."""
    run = last_check()
    if run is None:
        return None
    url = reverse("office:health") + "#checks"
    return Line(label=_("Findings of the last check"), url=url, count=run.found, oldest_at=run.finished_at)
