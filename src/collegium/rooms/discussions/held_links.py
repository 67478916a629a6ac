"""Signed links in letters to officers: they show what waits, and decide only when a button on the page is pressed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.core import signing

from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import live_addresses

from .models import HeldPost
from .queries.moderation import held_posts

SALT = "discussions.held"
LASTS = timedelta(days=14)


class Found(NamedTuple):
    """What waits, or waited, and the officer whose letter it was."""

    held: HeldPost
    viewer: Viewer


def write(held: HeldPost, address: EmailAddress) -> str:
    """A token for the officer who reads letters at this address of theirs."""
    return signing.dumps([held.pk, address.user_id, address.pk], salt=SALT)


def read(token: str, at: datetime) -> Found | None:
    """None for a forged token, after its time, and for whoever is no officer of the group who may read it now.

    The address the letter went to must still be theirs.
    """
    try:
        held_id, person_id, address_id = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    address = live_addresses(at).filter(pk=address_id, user=person_id).select_related("user").first()
    if address is None:
        return None
    viewer = Viewer.of(address.user, at=at)
    # A group whose letters say nothing of what is said has it read by whoever has signed in.
    held = held_posts().visible_to(viewer).exclude(author=person_id).filter(group__is_content_free=False)
    held = held.filter(pk=held_id).first()
    return Found(held, viewer) if held else None
