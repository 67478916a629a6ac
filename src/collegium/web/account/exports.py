"""What sign-in, notices, files and letters hold about a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import F

from collegium.core.files.models import Attachment
from collegium.core.mail.models import Letter
from collegium.core.notices.models import DigestChoice, Follow, LetterSwitch, Notification, Preference, SwitchedOff
from collegium.core.people.models import Person
from collegium.core.people.queries import live_addresses
from collegium.core.people.registry import ExportFile, as_json


def account(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Sessions, passkeys (not their secrets), notices and what one wants to hear, letters, uploaded files."""
    sessions = UserSession.objects.filter(user=person).order_by("pk")
    keys = Authenticator.objects.filter(user=person).order_by("pk")
    letters = Letter.objects.filter(to__in=live_addresses(at).filter(user=person).values("email")).order_by("pk")
    yield ExportFile("sessions.json", as_json(sessions.values("created_at", "last_seen_at", "ip", "user_agent")))
    yield ExportFile("passkeys-and-apps.json", as_json(keys.values("type", "created_at", "last_used_at")))
    yield ExportFile("letters.json", as_json(letters.values("to", "kind", "written_at", "sent_at")))
    yield ExportFile("notifications.json", as_json(_notifications(person)))
    yield ExportFile("what-i-want-to-hear.json", as_json(_choices(person)))
    yield from _uploads(person)


def _notifications(person: Person) -> Any:
    found = Notification.objects.filter(person=person).order_by("pk")
    return found.values("at", "seen_at", "notice", "entry", "part", "part_id").iterator()


def _choices(person: Person) -> Iterator[Mapping[str, Any]]:
    """Levels of groups, notices and letters switched, when digests come, things followed or muted."""
    yield from Preference.objects.filter(person=person).order_by("pk").values("level", group=F("place__title"))
    yield from SwitchedOff.objects.filter(person=person).order_by("pk").values(switched_off=F("notice"))
    yield from LetterSwitch.objects.filter(person=person).order_by("pk").values("is_on", by_letter=F("notice"))
    yield from DigestChoice.objects.filter(person=person).values("hour", "weekday", "by_group")
    yield from Follow.objects.filter(person=person).order_by("pk").values("state", "entry")


def _uploads(person: Person) -> Iterator[ExportFile]:
    """The files one uploaded, each under its number so that none hides another."""
    for attachment in Attachment.objects.filter(by=person).order_by("pk").iterator():
        name = attachment.name.replace("/", "_").replace("\\", "_")
        yield ExportFile(f"files/{attachment.pk}-{name}", _content(attachment))


def _content(attachment: Attachment) -> Iterator[bytes]:
    """The stored bytes; nothing for a file the store has lost, so that the rest still arrives."""
    try:
        with attachment.file.open("rb") as stored:
            yield from stored.chunks()
    except FileNotFoundError:
        return
