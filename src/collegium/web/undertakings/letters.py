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
SUSPENDED = LetterKind(
    "undertakings.suspended",
    gettext_lazy("You are suspended from a group for a time"),
    ("name", "group", "reason", "until", "by_team", "link"),
)

# Letters written in one transaction: 2,000 people are asked in twenty.
BATCH = 100
WRITING = "collegium.web.undertakings.jobs.write_letters"


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter, or the job that writes them, commits with it."""
    if event.name == "group.person_suspended":
        _suspended(event)
    elif event.name == "undertaking.version_published":
        app.configure_task(WRITING, queue="letters").defer(version_id=event.thing_id)
    elif event.name == "group.need_begun":
        app.configure_task(WRITING, queue="letters").defer(need_id=event.thing_id)


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
def write_next(*, version_id: int | None = None, need_id: int | None = None, at: datetime) -> bool:
    """Write the next batch of letters about a version or a need; False when all are written.

    How far it came stands in the row that is asked about, so that nobody gets two letters if the job runs twice.
    """
    row: UndertakingVersion | Need
    if version_id is not None:
        row = UndertakingVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version_id)
        asked = owing(at, undertaking=row.undertaking_id)
    else:
        row = Need.objects.select_for_update(of=("self",), no_key=True).get(pk=need_id or 0)
        asked = owing(at, need=row.pk)
    batch = [found for found in asked if found["person_id"] > row.lettered_through][:BATCH]
    if not batch:
        return False
    newest = row if isinstance(row, UndertakingVersion) else row.undertaking.versions.first()
    assert newest is not None  # what a group needs has a text
    persons = Person.objects.in_bulk([found["person_id"] for found in batch])
    for found in batch:
        _asked(persons[found["person_id"]], newest, found["due_at"], is_new=version_id is not None, at=at)
    row.lettered_through = batch[-1]["person_id"]
    row.save(update_fields=["lettered_through"])
    return len(batch) == BATCH


def _asked(person: Person, version: UndertakingVersion, due: datetime | None, *, is_new: bool, at: datetime) -> None:
    to = primary_address(person, at)
    if to:
        told = {
            "name": person.name,
            "undertaking": version.undertaking.name,
            "number": version.number,
            "is_new_version": is_new,
            "due": moment(due, person) if due else "",
            "link": address_of("undertakings:version", version.undertaking.slug, version.number),
        }
        send_letter(ASKED.name, to=to, context=told, at=at)
