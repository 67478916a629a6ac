"""Answering whoever wrote a letter that was not done as it asked: those alone of whom it is proved, once a day."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy

from ..actions import send_letter
from ..models import Letter
from ..registry import Arrival, LetterKind

REFUSED = LetterKind(
    "mail.refused", gettext_lazy("A letter that could not be taken"), ("subject", "to", "reason"), is_answer=True
)
PAUSE = timedelta(days=1)


def answer(arrival: Arrival, reason: str = "") -> None:
    """Say that the letter went nowhere; with a reason only to who may know what it was for.

    Whether there is no such address, or none for this sender, is one text: nobody learns who is in a group.
    """
    reading, to = arrival.reading, arrival.reading.sender
    if not arrival.trusted or to is None:
        return
    since = arrival.at - PAUSE
    if Letter.objects.filter(kind=REFUSED.name, to__iexact=to, written_at__gt=since).exists():
        return
    told = {"subject": reading.subject or "…", "to": arrival.incoming.to, "reason": reason}
    send_letter(REFUSED.name, to=to, context=told, at=arrival.at)
