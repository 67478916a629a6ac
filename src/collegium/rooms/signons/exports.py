"""What sign-on letters hold about a person. What they signed is among their answers to calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from collegium.core.people.models import Person
from collegium.core.people.queries import live_addresses
from collegium.core.people.registry import ExportFile, as_json

from .models import Outsider, Signature, Step, Version


def signons(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Texts, steps, signatures withdrawn, decisions, and what they signed from outside."""
    title = {"letter_title": F("letter__entry__title")}
    versions = Version.objects.filter(by=person).order_by("pk")
    yield ExportFile(
        "signon-versions.json", as_json(versions.values("number", "subject", "raw", "note", "at", **title))
    )
    steps = Step.objects.filter(by=person).order_by("pk")
    yield ExportFile("signon-steps.json", as_json(steps.values("was", "now", "reason", "at", **title)))
    withdrawn = Signature.objects.filter(ended_by=person).order_by("pk")
    yield ExportFile("signatures-withdrawn.json", as_json(withdrawn.values("name", "line", "ended_at", **title)))
    told = Signature.objects.filter(told_by=person).order_by("pk")
    yield ExportFile("signon-withdrawals-told.json", as_json(told.values("told", "told_how", "told_at", **title)))
    decided = Outsider.objects.filter(decided_by=person).order_by("pk")
    yield ExportFile("outsiders-decided.json", as_json(decided.values("organization", "outcome", "reason", **title)))
    mine = live_addresses(at).filter(user=person).values("email")
    own = Outsider.objects.filter(email__in=mine).order_by("pk")
    names = ("organization", "officer", "title", "email", "asked_at", "verified_at", "outcome", "reason")
    yield ExportFile("signed-from-outside.json", as_json(own.values(*names, **title)))
