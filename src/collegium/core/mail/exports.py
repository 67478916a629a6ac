"""What letters hold about a person: where they went, what came back, what they wrote by letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import AddressHealth, Bounce, Complaint, Delivery, Digest, Incoming


def letters(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Group letters and digests sent, how addresses fare, complaints of a mail provider, the way of letters sent in."""
    sent = Delivery.objects.filter(person=person).order_by("pk")
    # What stood in a digest names it; a digest's own letter is of no group.
    names = ("mailing__kind", "mailing__at", "state", "at", "answer", "digest")
    about = {"entry": F("mailing__entry"), "group": F("mailing__entry__place__title")}
    yield ExportFile("letters-of-groups.json", as_json(sent.values(*names, **about).iterator()))
    digests = Digest.objects.filter(person=person).order_by("pk")
    windows = digests.values("cadence", "since", "until", digest=F("pk"), group=F("place__title"))
    yield ExportFile("digests.json", as_json(windows.iterator()))
    fares = AddressHealth.objects.filter(address__user=person).order_by("pk")
    told = ("since", "last_at", "points", "status", "said", "suspended_at", "probes", "probe_due_at")
    yield ExportFile("addresses-that-fail.json", as_json(fares.values(*told, email=F("address__email"))))
    bounces = Bounce.objects.filter(address__user=person).order_by("pk")
    yield ExportFile("bounces.json", as_json(bounces.values("at", "is_hard", "status", "said", "of", "address__email")))
    complaints = Complaint.objects.filter(person=person).order_by("pk")
    rows = complaints.values("at", "kind", "feedback", "has_stopped", group=F("place__title"))
    yield ExportFile("complaints.json", as_json(rows))
    came = Incoming.objects.filter(person=person).order_by("pk")
    ways = came.values("to", "sender", "received_at", "handled_at", "state", "reason", "entry", "part", "part_id")
    yield ExportFile("letters-i-sent.json", as_json(ways.iterator()))
