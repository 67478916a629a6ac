"""What discussions hold about a person: what they wrote, and how far they have read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F

from collegium.core.people.models import Person
from collegium.core.people.registry import ExportFile, as_json

from .models import Continuation, HeldPost, Post, ReadAll, ReadMark, Report, Revision

POST = ("number", "author_name", "author_title", "society_name", "raw", "at", "edited_at")


def discussions(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Own posts with earlier wordings, what waits or was refused, own reports, reading marks. Nothing others wrote."""
    yield ExportFile("posts.json", as_json(_posts(person)))
    yield ExportFile("earlier-wordings.json", as_json(_revisions(person)))
    yield ExportFile("held-posts.json", as_json(_held(person)))
    yield ExportFile("reports.json", as_json(_reports(person)))
    asked = Continuation.objects.filter(proposed_by=person).order_by("pk")
    proposed = asked.values("topic", "state", "proposed_at", group_name=F("to_group__entry__title"))
    yield ExportFile("continuations-proposed.json", as_json(proposed))
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


def _held(person: Person) -> Any:
    found = HeldPost.objects.filter(author=person).order_by("pk")
    return found.values("title", "raw", "at", "state", "decided_at", "answer", group_name=F("group__entry__title"))


def _reports(person: Person) -> Any:
    found = Report.objects.filter(by=person).order_by("pk")
    names = ("reason", "words", "at", "state", "decided_at", "answer")
    return found.values(*names, topic=F("post__topic"), number=F("post__number"), group_name=F("group__entry__title"))
