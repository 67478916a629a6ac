"""What the room of positions holds about a person: what they brought, drafted, said and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import (
    Comment,
    Disposition,
    Drafter,
    Embargo,
    Issue,
    MinorityStatement,
    ReviewDates,
    Revision,
    SupportList,
    Triage,
)


def positions(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Own issues, drafting with declared interests, revisions, comments and decisions. Nothing others wrote."""
    title = F("entry__title")
    issues = Issue.objects.select_related(None).filter(entry__author=person).order_by("pk")
    rows = issues.values("pk", "deadline_at", "answers__question", "answers__raw", title=title)
    yield ExportFile("issues.json", as_json(rows.order_by("pk", "answers__ordinal")))
    drafted = Drafter.objects.filter(tenure__person=person).order_by("pk")
    said = ("declared_at", "has_interests", "interests")
    yield ExportFile("drafting.json", as_json(drafted.values("position", *said)))
    revisions = Revision.objects.filter(by=person).order_by("pk")
    yield ExportFile("revisions.json", as_json(revisions.values("position", "number", "title", "note", "at")))
    comments = Comment.objects.filter(by=person).order_by("pk")
    words = ("number", "quote", "raw", "proposal", "at")
    yield ExportFile("comments.json", as_json(comments.values("consultation", *words)))
    decided = Disposition.objects.filter(by=person).order_by("pk").values("comment", "outcome", "reason", "at")
    yield ExportFile("dispositions.json", as_json(decided))
    stated = MinorityStatement.objects.filter(by=person).order_by("pk").values("position", "raw", "at")
    yield ExportFile("minority_statements.json", as_json(stated))
    triages = Triage.objects.filter(by=person).order_by("pk").values("issue", "outcome", "reason", "at")
    yield ExportFile("triage.json", as_json(triages))
    held_back = Embargo.objects.filter(set_by=person).order_by("pk").values("position", "ends_at", "zone", "set_at")
    yield ExportFile("embargoes.json", as_json(held_back))
    dates = ReviewDates.objects.filter(by=person).order_by("pk")
    yield ExportFile(
        "dates_of_reviews.json", as_json(dates.values("position", "review_on", "sunset_on", "reason", "at"))
    )
    lists = SupportList.objects.filter(by=person).order_by("pk").values("position", "digest", "at")
    yield ExportFile("lists_of_supporters.json", as_json(lists))
