"""Letters about undertakings and suspensions: to whoever is asked, and to whoever is kept out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from collegium.core.groups.models import Need, Suspension, UndertakingVersion
from collegium.core.groups.queries import owing
from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.people.models import Person
from collegium.core.people.queries import primary_address
from collegium.core.trail.models import Event
from collegium.web.account.letters import address_of, moment

ASKED = LetterKind(
    "undertakings.asked",
    gettext_lazy("An undertaking asks for your acceptance"),
    ("name", "undertaking", "number", "is_new_version", "due", "link"),
)
DUE = LetterKind(
    "undertakings.due",
    gettext_lazy("An undertaking is due in a few days"),
    ("name", "undertaking", "number", "due", "link"),
)
SUSPENDED = LetterKind(
    "undertakings.suspended",
    gettext_lazy("You are suspended from a group for a time"),
    ("name", "group", "reason", "until", "by_team", "link"),
)

# Letters written in one transaction: 2,000 people are asked in twenty.
BATCH = 100
WRITING = "collegium.web.undertakings.jobs.write_letters"

# What an event asks letters about, and whether it reminds of what was asked before.
ABOUT = {
    "undertaking.version_published": ("version_id", False),
    "undertaking.reminded": ("version_id", True),
    "group.need_begun": ("need_id", False),
    "group.need_reminded": ("need_id", True),
}


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter, or the job that writes them, commits with it."""
    if event.name == "group.person_suspended":
        _suspended(event)
    elif event.name in ABOUT:
        about, is_reminder = ABOUT[event.name]
        app.configure_task(WRITING, queue="letters").defer(**{about: event.thing_id}, is_reminder=is_reminder)


def _suspended(event: Event) -> None:
    found = Suspension.objects.select_related("person", "group__entry").get(pk=event.facts["suspension"])
    to = primary_address(found.person, event.at)
    if to:
        assert found.period.upper is not None  # a suspension has an end
        told = {
            "name": found.person.name,
            "group": found.group.name,
            "reason": found.reason,
            "until": moment(found.period.upper, found.person),
            "by_team": found.by_team,
            "link": address_of("groups:group", found.group.slug),
        }
        send_letter(SUSPENDED.name, to=to, context=told, at=event.at)


@transaction.atomic
def write_next(
    *, version_id: int | None = None, need_id: int | None = None, is_reminder: bool = False, at: datetime
) -> bool:
    """Write the next batch of letters about a version or a need; False when all are written.

    How far it came stands in the row that is asked about, so that nobody gets two letters if the job runs twice. The
    reminder goes to whoever still reads and will not without accepting.
    """
    row: UndertakingVersion | Need
    if version_id is not None:
        row = UndertakingVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version_id)
        asked = owing(at, undertaking=row.undertaking_id)
    else:
        row = Need.objects.select_for_update(of=("self",), no_key=True).get(pk=need_id or 0)
        asked = owing(at, need=row.pk)
    newest = row.undertaking.versions.first()
    assert newest is not None  # what is asked has a text
    through = "reminded_through" if is_reminder else "lettered_through"
    batch = [found for found in asked if found["person_id"] > getattr(row, through)]
    batch = [found for found in batch if not (is_reminder and found["is_barred"])][:BATCH]
    if not batch or (version_id is not None and not is_reminder and newest.pk != row.pk):
        return False
    persons = Person.objects.in_bulk([found["person_id"] for found in batch])
    for found in batch:
        person, due = persons[found["person_id"]], found["due_at"]
        if is_reminder:
            _write(DUE, person, newest, due, at=at)
        else:
            _write(ASKED, person, newest, due, at=at, is_new_version=version_id is not None)
    setattr(row, through, batch[-1]["person_id"])
    row.save(update_fields=[through])
    return len(batch) == BATCH


def _write(
    kind: LetterKind, person: Person, version: UndertakingVersion, due: datetime | None, *, at: datetime, **more: bool
) -> None:
    to = primary_address(person, at)
    if to:
        told = {
            "name": person.name,
            "undertaking": version.undertaking.name,
            "number": version.number,
            "due": moment(due, person) if due else "",
            "link": address_of("undertakings:version", version.undertaking.slug, version.number),
        }
        send_letter(kind.name, to=to, context=told | more, at=at)
