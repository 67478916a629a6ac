"""Letters to officers of outside organizations, who have no account here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.trail.models import Event

from . import links
from .models import Outsider
from .models.outsiders import VERIFIED_WITHIN

VERIFY_OUTSIDER = LetterKind(
    "signons.verify_outsider", _("Does your organization sign?"), ("link", "hours"), useful_for=VERIFIED_WITHIN
)
ASK_OUTSIDER_AGAIN = LetterKind(
    "signons.ask_outsider_again",
    _("A letter your organization signed was changed"),
    ("officer", "organization", "subject", "link"),
)
OUTSIDER_CONFIRMED = LetterKind(
    "signons.outsider_confirmed", _("Your organization signs"), ("officer", "organization", "subject", "link")
)
OUTSIDER_REFUSED = LetterKind(
    "signons.outsider_refused",
    _("Your organization does not sign"),
    ("officer", "organization", "subject", "reason", "link"),
)


def ask_whether_it_is_theirs(outsider: Outsider, *, at: datetime) -> None:
    """To the address somebody typed: none of their other words, which could be anybody's, and no word of the letter."""
    hours = int(VERIFIED_WITHIN.total_seconds() // 3600)
    send_letter(VERIFY_OUTSIDER.name, to=outsider.email, context={"link": _link(outsider), "hours": hours}, at=at)


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter exists exactly if the event does."""
    if event.name == "signon.asked_again":
        rows = Outsider.objects.filter(letter=event.entry_id, verified_at__isnull=False).exclude(outcome="refused")
        for outsider in rows.select_related("letter__entry").order_by("pk"):
            send_letter(ASK_OUTSIDER_AGAIN.name, to=outsider.email, context=_told(outsider), at=event.at)
    elif event.name in ("outsider.confirmed", "outsider.refused"):
        outsider = Outsider.objects.select_related("letter__entry").get(pk=event.thing_id or 0)
        kind = OUTSIDER_CONFIRMED if event.name == "outsider.confirmed" else OUTSIDER_REFUSED
        more = {} if kind is OUTSIDER_CONFIRMED else {"reason": outsider.reason}
        send_letter(kind.name, to=outsider.email, context=_told(outsider) | more, at=event.at)


def _told(outsider: Outsider) -> dict[str, Any]:
    return {
        "officer": outsider.officer,
        "organization": outsider.organization,
        "subject": outsider.letter.entry.title,
        "link": _link(outsider),
    }


def _link(outsider: Outsider) -> str:
    return settings.BASE_URL + reverse("signons:outsider", args=[links.write(outsider)])
