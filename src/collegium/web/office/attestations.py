"""Which societies have confirmed who sits where, how far the others are, and who was written to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Attestation, Contact, Departure, Handover
from collegium.core.people.queries.attesting import quarter_of

from .registry import Line

# How a step looks, the worst first.
STEPS = {
    "read_only": "open",
    "unconfirmed": "open",
    "call": "part",
    "reminded": "wait",
    "open": "wait",
    "confirmed": "done",
}


def board(at: datetime) -> dict[str, Any]:
    """By step, the worst first: each society's oldest open attestation; then those that confirmed this quarter."""
    contacts = Contact.objects.select_related("person", "by").order_by("pk")
    rows = Attestation.objects.select_related("organization__entry", "attested_by")
    rows = rows.prefetch_related(Prefetch("contacts", contacts)).order_by("organization__entry__title", "quarter")
    silent = rows.filter(attested_at=None, lapsed_at=None)
    oldest: dict[int, Attestation] = {}
    for row in silent:
        oldest.setdefault(row.organization_id, row)
    newest = {row.organization_id: row for row in silent}
    by_step: dict[str, list[tuple[Attestation, Attestation]]] = {step: [] for step in STEPS}
    for row in oldest.values():
        by_step[row.step].append((row, newest[row.organization_id]))
    confirmed = rows.prefetch_related(None).filter(quarter=quarter_of(at.date())).exclude(attested_at=None)
    by_step["confirmed"] = [(row, row) for row in confirmed]
    labels = {step: Attestation.Step(step).label for step in STEPS}
    return {
        "sections": [
            {"step": step, "label": labels[step], "state": STEPS[step], "rows": found}
            for step, found in by_step.items()
            if found
        ],
        "asked": len(oldest) + len(by_step["confirmed"]),
        "confirmed": len(by_step["confirmed"]),
    }


def attestation(pk: int) -> Attestation:
    """One of them; Http404 for another."""
    return get_object_or_404(Attestation, pk=pk)


def to_be_called(viewer: Viewer) -> Line:
    """Societies that answered neither letter; each once, however many quarters it is silent."""
    silent = Attestation.objects.filter(attested_at=None, lapsed_at=None, call_at__isnull=False)
    called = {row.organization_id: row.call_at for row in silent.order_by("-call_at")}
    return Line(
        label=_("Societies to be called about their seats"),
        count=len(called),
        url=reverse("office:attestations"),
        oldest_at=min((at for at in called.values() if at is not None), default=None),
    )


def departures() -> list[dict[str, Any]]:
    """Who is leaving which society, and whom it recommends for their offices."""
    rows = Departure.objects.filter(state=Departure.State.OPEN).select_related("person", "organization__entry")
    offices = Handover.objects.filter(kind__in=["office", "invitation"]).select_related("successor").order_by("pk")
    rows = rows.prefetch_related(Prefetch("handovers", offices, to_attr="recommended")).order_by("last_day", "pk")
    return [{"departure": row, "recommended": row.recommended} for row in rows]
