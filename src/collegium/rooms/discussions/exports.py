"""What discussions hold about a person: what they wrote, and how far they have read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import Post, ReadAll, ReadMark, Revision

POST = ("number", "author_name", "author_title", "society_name", "raw", "at", "edited_at")


def discussions(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Own posts with their earlier wordings, topics opened, reading marks. Nothing of what others wrote."""
    yield ExportFile("posts.json", as_json(_posts(person)))
    yield ExportFile("earlier-wordings.json", as_json(_revisions(person)))
    marks = ReadMark.objects.filter(person=person).order_by("pk").values("topic", "number", "at")
    yield ExportFile("reading-marks.json", as_json(marks.iterator()))
    everything = ReadAll.objects.filter(person=person).order_by("pk").values("at", group_name=F("group__entry__title"))
    yield ExportFile("marked-all-read.json", as_json(everything))


def _posts(person: Person) -> Any:
    """The title is one's own only in a topic one opened."""
    found = Post.objects.filter(author=person, deleted_at=None).order_by("pk").select_related("topic__entry")
    for post in found.iterator(chunk_size=500):
        row = {name: getattr(post, name) for name in POST}
        title = post.topic.entry.title if post.topic.entry.author_id == person.pk else None
        yield {"topic": post.topic_id, "title": title, **row}


def _revisions(person: Person) -> Any:
    found = Revision.objects.filter(post__author=person, by=person).order_by("pk")
    return found.values("raw", "at", topic=F("post__topic"), number=F("post__number")).iterator()
