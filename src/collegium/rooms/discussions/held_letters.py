"""The letter that tells officers what waits for them, each with a link of their own to decide without signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from collegium.core.access.viewers import Viewer
from collegium.core.files.queries import set_aside
from collegium.core.mail.actions import send_letter
from collegium.core.mail.models import Incoming
from collegium.core.mail.registry import LetterKind
from collegium.core.notices.registry import Notice
from collegium.core.people.models import Person
from collegium.core.people.queries import primary_address
from collegium.core.trail.models import Event
from collegium.design.text import render_markdown

from . import held_links
from .actions.holding import PART
from .letters import absolute
from .models import HeldPost
from .queries.moderation import held_posts
from .rules import allows, check_decide_held

_NEEDS = ("name", "group", "author", "title", "society", "sender", "is_unproved", "link")
HELD = LetterKind(
    "discussions.held",
    gettext_lazy("Something waits for an officer"),
    (*_NEEDS, "url", "days", "is_answer", "subject", "raw", "body", "files"),
)
# Of a group whose letters say nothing of what is said: to read and decide, the officer signs in.
HELD_ONLY = LetterKind("discussions.held_only", gettext_lazy("Something waits for an officer"), _NEEDS)


def deliver(_notice: type[Notice], event: Event, persons: list[int]) -> None:
    """The letter of a notice: to each officer who can decide about it, while it waits."""
    held = held_posts().waiting().filter(pk=event.thing_id).first()
    if held is None:
        return
    told, at = _told(held), timezone.now()
    for officer in Person.objects.filter(pk__in=persons).order_by("pk"):
        viewer = Viewer.of_recipient(officer, at=at)
        to = primary_address(officer, at)
        if to and allows(check_decide_held, viewer, held):
            kind, link = _for_officer(held, EmailAddress.objects.get(user=officer, email__iexact=to))
            send_letter(kind.name, to=to, context=told | {"name": officer.name, "link": link}, at=at)


def _for_officer(held: HeldPost, address: EmailAddress) -> tuple[LetterKind, str]:
    if held.group.is_content_free:
        return HELD_ONLY, settings.BASE_URL + held.get_absolute_url()
    return HELD, settings.BASE_URL + reverse("discussions:held_link", args=[held_links.write(held, address)])


def _told(held: HeldPost) -> dict[str, Any]:
    """What the letter says to each of the officers alike."""
    came = Incoming.objects.filter(part=PART, part_id=held.pk).order_by("pk").values_list("sender", flat=True)
    told: dict[str, Any] = {
        "group": held.group.name,
        "author": held.author.name,
        "title": held.tenure.title,
        "society": held.tenure.seat.organization.name,
        "sender": came.first() or "",
        "is_unproved": held.is_unproved,
    }
    if not held.group.is_content_free:
        told |= {
            "url": settings.BASE_URL + held.get_absolute_url(),
            "days": held_links.LASTS.days,
            "is_answer": held.topic_id is not None,
            "subject": held.topic.entry.title if held.topic else held.title,
            "raw": held.raw,
            "body": absolute(render_markdown(held.raw)),
            "files": [{"name": file.name, "size": file.size} for file in set_aside(PART, held.pk)],
        }
    return told
