"""What a society prepares inside itself: who takes it up, the draft, what they say to each other about it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail
from collegium.design.text import render_markdown

from .. import events
from ..models import Draft, DraftNote, DraftVersion, RollRow
from ..rules import check_keep_draft, check_note, check_work_on
from .locking import lock_row, share_call
from .rolls import open_call


def _held(row: RollRow, viewer: Viewer, at: datetime) -> RollRow:
    call = share_call(row.call_id)
    if call.opened_at is None:
        call = open_call(call, at=at)
    locked = lock_row(call, row.pk)
    check_work_on(locked, viewer, at)
    return locked


def _who(viewer: Viewer) -> Person:
    assert viewer.person is not None  # checked: one of a society's people
    return viewer.person


@transaction.atomic
def take_up(row: RollRow, *, viewer: Viewer, at: datetime) -> RollRow:
    """Say that one is on it; whoever says so last is."""
    locked = _held(row, viewer, at)
    assert locked.organization is not None  # checked
    if locked.taken_by_id == viewer.person_id:
        return locked
    locked.taken_by, locked.taken_at = viewer.person, at
    locked.save(update_fields=["taken_by", "taken_at"])
    _record(events.CALL_TAKEN_UP, locked, viewer, at)
    return locked


@transaction.atomic
def keep_draft(row: RollRow, *, choice: str, raw: str, seen: int, viewer: Viewer, at: datetime) -> Draft:
    """Keep what the society would answer, seen by its own people alone; `seen` is the version it was written over."""
    locked = _held(row, viewer, at)
    draft = Draft.objects.filter(row=locked).select_related("entry").first()
    check_keep_draft(draft, locked, choice, raw, seen)
    if draft is None:
        draft = _begin(locked, viewer, at)
    elif (draft.choice, draft.raw) == (choice, raw):
        return draft
    else:
        DraftVersion.objects.create(
            draft=draft, version=draft.version, choice=draft.choice, raw=draft.raw, by_id=draft.by_id, at=draft.at
        )
    draft.choice, draft.raw, draft.html = choice, raw, render_markdown(raw)
    draft.version, draft.by, draft.at = draft.version + 1, _who(viewer), at
    draft.save(update_fields=["choice", "raw", "html", "version", "by", "at"])
    draft.entry.touched_at = at
    draft.entry.save(update_fields=["touched_at"])
    follow_by_taking_part(draft.entry, by=viewer.person)
    _record(events.DRAFT_KEPT, locked, viewer, at, on=draft)
    return draft


def _begin(row: RollRow, viewer: Viewer, at: datetime) -> Draft:
    society = row.organization
    assert society is not None  # checked
    entry = Entry.objects.create(
        kind="answer_draft",
        title=row.call.entry.title,
        audience_id=society.audience_id,
        society=society,
        author=_who(viewer),
        created_at=at,
        touched_at=at,
    )
    return Draft.objects.create(entry=entry, row=row, by=_who(viewer), at=at)


@transaction.atomic
def note_on_draft(row: RollRow, *, raw: str, viewer: Viewer, at: datetime) -> DraftNote:
    """Say something to one's colleagues about the answer; nobody outside the society reads it."""
    locked = _held(row, viewer, at)
    check_note(raw)
    draft = Draft.objects.filter(row=locked).select_related("entry").first() or _begin(locked, viewer, at)
    note = DraftNote.objects.create(draft=draft, raw=raw, html=render_markdown(raw), by=_who(viewer), at=at)
    follow_by_taking_part(draft.entry, by=viewer.person)
    _record(events.DRAFT_NOTED, locked, viewer, at, on=note)
    return note


def _record(event, row: RollRow, viewer: Viewer, at: datetime, on=None) -> None:  # type: ignore[no-untyped-def]  # see trail.record
    society = row.organization
    assert society is not None  # only societies prepare
    trail.record(
        event,
        on=on or row,
        by=viewer.person,
        acting_for=society,
        at=at,
        audience=society.audience_id,
        facts={"row": row.pk},
    )
