"""What is asked of a society, and where one reads it."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
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


def open_rows_of(society: Organization, viewer: Viewer) -> QuerySet[RollRow]:
    """The society's rows of calls that are open now, what is due first comes first."""
    calls = Call.objects.visible_to(viewer).running().filter(closes_at__gt=viewer.at)
    found = RollRow.objects.filter(organization=society, struck_at=None, call__in=calls.values("pk"))
    return found.order_by("call__closes_at", "pk")


def asked_of_society(society: Organization, viewer: Viewer) -> list[RollRow]:
    """The same, each with what stands of it and, for its own people, whether there is a draft."""
    drafts = Draft.objects.filter(entry__in=Entry.objects.visible_to(viewer).values("pk"))
    standing = Answer.objects.filter(ended_at=None).select_related("by")
    return list(
        open_rows_of(society, viewer)
        .select_related("call__entry", "call__about", "taken_by")
        .prefetch_related(
            Prefetch("answers", queryset=standing, to_attr="standing_answers"),
            Prefetch("draft", queryset=drafts.select_related("by")),
        )
    )


def society_row(call: Call, society: Organization) -> RollRow | None:
    """The society's row, if it was asked."""
    return RollRow.objects.filter(call=call, organization=society).first()
