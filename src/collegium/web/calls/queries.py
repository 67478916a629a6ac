"""Calls as their pages show them: what one's societies are asked, the call, the roll, a society's answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from collegium.core.access.doors import get_visible
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, Call, Draft, RollRow, Ruling
from collegium.core.calls.queries import able_for, page_of_roll, tally
from collegium.core.entries.models import Entry

SHOWN = 50


def call_for(viewer: Viewer, pk: int) -> Call:
    """The call, if the viewer sees it; otherwise Http404."""
    rows = Call.objects.select_related("entry", "about", "group__entry", "group__circle")
    found: Any = get_visible(rows, viewer, pk=pk)
    return found


def rows_of_mine(viewer: Viewer) -> QuerySet[RollRow]:
    """Rows the viewer may prepare or answer: of the societies they belong to, and their own."""
    mine = Q(organization__audience__in=sorted(viewer.own_ids)) | Q(person=viewer.person_id or 0)
    rows = RollRow.objects.filter(mine, struck_at=None)
    return rows.select_related("organization__entry", "person", "taken_by", "call__entry").order_by("pk")


def listed(viewer: Viewer) -> dict[str, Any]:
    """`asked`, the viewer's open rows, soonest first; then the calls one sees, `running`, `ahead` and `over`."""
    seen = Call.objects.visible_to(viewer).select_related("entry")
    running = Q(cancelled_at=None, announced_at__isnull=False, opens_at__lte=viewer.at, closes_at__gt=viewer.at)
    is_open = seen.filter(running, closed_at=None)
    over = seen.filter(Q(cancelled_at__isnull=False) | Q(closes_at__lte=viewer.at) | Q(closed_at__isnull=False))
    ahead = seen.filter(cancelled_at=None, announced_at__isnull=False, opens_at__gt=viewer.at)
    asked = rows_of_mine(viewer).filter(call__in=is_open.values("pk")).order_by("call__closes_at", "pk")
    return {
        "asked": list(asked.prefetch_related(_standing())),
        "running": list(is_open.order_by("closes_at", "pk")),
        "ahead": list(ahead.order_by("opens_at", "pk")),
        "over": list(over.filter(announced_at__isnull=False).order_by("-closes_at", "-pk")[:SHOWN]),
    }


def _standing() -> Prefetch:
    return Prefetch("answers", queryset=Answer.objects.filter(ended_at=None), to_attr="standing_answers")


def call_page(call: Call, viewer: Viewer) -> dict[str, Any]:
    """What is asked, by when, of whom, how far it is, and the viewer's own rows."""
    mine = rows_of_mine(viewer).filter(call=call).prefetch_related(_standing())
    named = [pk for pk in (call.about_id, call.group_id) if pk is not None]
    others: dict[int | None, Entry] = Entry.objects.visible_to(viewer).in_bulk(named)
    told = tally(call, viewer.at) if call.opened_at else None
    return {
        "mine": list(mine) if viewer.person_id else [],
        "extensions": list(call.extensions.select_related("by")),
        "about": others.get(call.about_id),
        "group": others.get(call.group_id),
        "tally": told,
        "by_choice": [(choice.given, told.by_choice.get(choice.name, 0)) for choice in call.kind_of.choices]
        if told and told.by_choice
        else [],
    }


def roll_page(call: Call, page: int) -> dict[str, Any]:
    """A page of who is on the roll with who was entitled, and the log of rulings."""
    found = page_of_roll(call, page)
    rulings = Ruling.objects.filter(row__call=call).select_related("row__organization__entry", "row__person", "by")
    return {
        "page": found,
        "earlier_url": f"?page={found.previous_page_number()}" if found.has_previous() else "",
        "later_url": f"?page={found.next_page_number()}" if found.has_next() else "",
        "rulings": list(rulings),
    }


def row_for(call: Call, viewer: Viewer, pk: int) -> RollRow:
    """A row of the viewer's own society, or their own; Http404 for all others."""
    found = rows_of_mine(viewer).filter(call=call, pk=pk).first() if viewer.person_id else None
    if found is None:
        raise Http404
    found.call = call
    return found


def answer_page(row: RollRow, viewer: Viewer) -> dict[str, Any]:
    """What stands, what was said before, what is being prepared inside, and whether the viewer may answer."""
    seen = Entry.objects.visible_to(viewer).filter(kind="answer_draft").values("pk")
    draft = Draft.objects.filter(row=row, entry__in=seen).select_related("by").first()
    answers = list(row.answers.select_related("by", "tenure").order_by("-pk"))
    for one in answers:
        one.said = row.call.kind_of.choice(one.choice)  # type: ignore[attr-defined]  # for the page alone
    able = able_for(row, viewer.person_id, viewer.at)
    standing = next((one for one in answers if one.ended_at is None), None)
    return {
        "draft": draft,
        "notes": list(draft.notes.select_related("by")) if draft else [],
        "versions": list(draft.versions.select_related("by")) if draft else [],
        "standing": standing,
        "before": [one for one in answers if one.ended_at is not None],
        "able": able,
        "is_barred": bool(able and able.is_alternate and standing and not standing.is_alternate),
        "society": row.organization,
    }
