"""What is asked of a society, and where one reads it."""

from __future__ import annotations

from django.db.models import Prefetch
from django.urls import reverse

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization

from ..models import Answer, Call, Draft, RollRow


def call_address(entry: Entry) -> str:
    """Its own page, unless the room that made it has one for it."""
    return entry.call.kind_of.address(entry.call) or reverse("calls:call", args=[entry.pk])


def draft_address(entry: Entry) -> str:
    """The draft stands on the page of the answer it is for."""
    row = entry.answer_draft.row
    return reverse("calls:answer", args=[row.call_id, row.pk])


def asked_of_society(society: Organization, viewer: Viewer) -> list[RollRow]:
    """The society's rows of calls that are open now, what is due first comes first.

    Each with what stands of it and, for the society's own people, its draft.
    """
    calls = Call.objects.visible_to(viewer).running().filter(closes_at__gt=viewer.at)
    drafts = Draft.objects.filter(entry__in=Entry.objects.visible_to(viewer).values("pk"))
    standing = Answer.objects.filter(ended_at=None).select_related("by")
    return list(
        RollRow.objects.filter(organization=society, struck_at=None, call__in=calls.values("pk"))
        .order_by("call__closes_at", "pk")
        .select_related("call__entry", "call__about", "taken_by")
        .prefetch_related(
            Prefetch("answers", queryset=standing, to_attr="standing_answers"),
            Prefetch("draft", queryset=drafts.select_related("by")),
        )
    )
