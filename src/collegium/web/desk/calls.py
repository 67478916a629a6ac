"""What calls ask of a society: lines of its desk, its calendar, and the letter of the week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.calls.actions import open_due_calls
from collegium.core.calls.models import RollRow
from collegium.core.calls.queries import asked_of_society
from collegium.core.calls.wording import deadline
from collegium.core.people.models import Organization, Person
from collegium.core.people.queries import society_people

from .registry import Ask, asked_of

if TYPE_CHECKING:
    from icalendar import Event

SALT = "desk.calendar"


def asked(society: Organization, viewer: Viewer) -> list[Ask]:
    """Calls that are open, each with how far the society is with it and who is on it."""
    open_due_calls(at=viewer.at)
    return [_line(row) for row in asked_of_society(society, viewer)]


def _line(row: RollRow) -> Ask:
    draft = getattr(row, "draft", None)
    state: tuple[str, Any] = ("open", _("Not begun"))
    if row.is_answered:
        state = ("done", _("Answered"))
    elif draft is not None:
        state = ("part", _("A draft is there"))
    elif row.taken_by is not None:
        state = ("part", _("Taken up"))
    elif row.seen_at is not None:
        state = ("wait", _("Seen"))
    notes = [str(row.call.kind_of.label)]
    if row.taken_by is not None:
        notes.append(_("%(name)s is on it") % {"name": row.taken_by.name})
    if draft is not None:
        notes.append(_("draft by %(name)s") % {"name": draft.by.name})
    return {
        "label": row.call.entry.title,
        "due_at": row.call.closes_at,
        "state": state,
        "url": reverse("calls:answer", args=[row.call_id, row.pk]),
        "note": " · ".join(notes),
    }


# --- the calendar


def token(society: Organization, person: Person) -> str:
    """For the address of a society's calendar: whoever it was given to can read it while they are of the society."""
    return signing.dumps([society.pk, person.pk], salt=SALT)


def read_token(given: str, at: datetime) -> tuple[Organization, Viewer] | None:
    """The society and whoever the address was given to; None for a forged one, and once they have left."""
    try:
        society_id, person_id = signing.loads(given, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    society = Organization.objects.filter(pk=society_id, kind=Organization.Kind.SOCIETY).first()
    if society is None:
        return None
    person = society_people(society, at).filter(pk=person_id).first()
    viewer = Viewer.of(person, at=at)
    return (society, viewer) if person and viewer.belongs_to(society.audience_id) else None


def calendar(society: Organization, viewer: Viewer) -> bytes:
    """Each thing asked with a day as an event of half an hour that ends with its deadline (RFC 5545)."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - every process would hold what it takes, for a few feeds

    found = Calendar()
    found.add("prodid", f"-//{settings.MAIL_DOMAIN}//desk//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", _("Asked of %(name)s") % {"name": society.name})
    for ask in asked_of(society, viewer):
        if ask["due_at"] is not None:
            found.add_component(_filled(Event(), ask, viewer.at))
    return bytes(found.to_ical())


def _filled(event: Event, ask: Ask, at: datetime) -> Event:
    due = ask["due_at"]
    assert due is not None  # asked for
    event.add("uid", f"{ask['url'].strip('/').replace('/', '-')}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", at)
    event.add("dtstart", due - timedelta(minutes=30))
    event.add("dtend", due)
    event.add("summary", f"{ask['label']} ({ask['state'][1]})")
    event.add("description", ask.get("note", ""))
    event.add("url", settings.BASE_URL + ask["url"])
    return event


def week_of(society: Organization, viewer: Viewer) -> list[dict[str, Any]]:
    """What still waits for an answer, for the letter of the week."""
    rows = asked_of_society(society, viewer)
    return [
        {
            "title": row.call.entry.title,
            "kind": str(row.call.kind_of.label),
            "deadline": deadline(row.call),
            "url": settings.BASE_URL + reverse("calls:answer", args=[row.call_id, row.pk]),
            "taken_by": row.taken_by.name if row.taken_by else "",
        }
        for row in rows
        if not row.is_answered
    ]
