"""What calls hold about a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import Answer, DraftNote, DraftVersion, Entitlement, RollRow


def calls(person: Person, at: datetime) -> Iterator[ExportFile]:
    """On which rolls the person stood, what they answered, for whom, and what they wrote on drafts."""
    call, society = F("row__call__entry__title"), F("row__organization__entry__title")
    stood = Entitlement.objects.filter(person=person).order_by("pk")
    yield ExportFile("rolls.json", as_json(stood.values("rank", call=call, society=society)))
    mine = RollRow.objects.filter(Q(person=person) | Q(taken_by=person)).order_by("pk")
    names = ("is_answered", "seen_at", "taken_at")
    yield ExportFile("asked.json", as_json(mine.values(*names, call_title=F("call__entry__title"))))
    answers = Answer.objects.filter(by=person).order_by("pk")
    said = ("choice", "raw", "facts", "source", "evidence", "at", "ended_at", "is_withdrawn")
    yield ExportFile("answers.json", as_json(answers.values(*said, call=call, society=society)))
    versions = DraftVersion.objects.filter(by=person).order_by("pk")
    yield ExportFile(
        "answer-drafts.json", as_json(versions.values("choice", "raw", "at", call=F("draft__row__call__entry__title")))
    )
    notes = DraftNote.objects.filter(by=person).order_by("pk")
    yield ExportFile("answer-notes.json", as_json(notes.values("raw", "at", call=F("draft__row__call__entry__title"))))
