"""What ballots hold about a person. Votes in the open are among the answers; a secret one is nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import CastingVote, Certification, Contest, ObjectionAnswer, Pause, Recusal, Release, Teller


def ballots(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Recusals, contests, and what the person did as an officer or teller."""
    title = {"ballot_title": F("ballot__entry__title")}
    recusals = Recusal.objects.filter(Q(person=person) | Q(by=person)).order_by("pk")
    yield ExportFile("recusals.json", as_json(recusals.values("reason", "ruling", "ruled_for", "at", **title)))
    contests = Contest.objects.filter(by=person).order_by("pk")
    yield ExportFile("contests.json", as_json(contests.values("reason", "ruling", "ruled_for", "at", **title)))
    ruled = Contest.objects.filter(ruled_by=person).order_by("pk")
    yield ExportFile("contests-ruled.json", as_json(ruled.values("ruling", "ruled_for", "ruled_at", **title)))
    teller = Teller.objects.filter(person=person).order_by("pk")
    yield ExportFile("ballots-to-verify.json", as_json(teller.values(**title)))
    for name, model in (("released", Release), ("certified", Certification), ("casting-votes", CastingVote)):
        found = model.objects.filter(by=person).order_by("pk")
        yield ExportFile(f"ballots-{name}.json", as_json(found.values("at", **title)))
    paused = Pause.objects.filter(by=person).order_by("pk")
    yield ExportFile("ballots-paused.json", as_json(paused.values("reason", "at", "ended_at", **title)))
    answered = ObjectionAnswer.objects.filter(by=person).order_by("pk")
    yield ExportFile("objections-answered.json", as_json(answered.values("outcome", "reason", "at", **title)))
