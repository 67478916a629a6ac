"""What the archives of mailing lists hold about a person; the letters themselves are among their posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import Archive, PastAuthor


def archives(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Under which names the person wrote to which lists, and the archives they opened."""
    group = F("group__entry__title")
    authors = PastAuthor.objects.filter(person=person).order_by("pk")
    yield ExportFile("past-authors.json", as_json(authors.values("name", "claimed_at", group_name=group)))
    opened = Archive.objects.filter(opened_by=person).order_by("pk")
    yield ExportFile("archives-opened.json", as_json(opened.values("opened_at", "words", group_name=group)))
