"""Writing a letter and seeing that it goes; every letter of the house leaves through here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from . import relay
from .bounces import reaching
from .bounces.actions import count_bounce
from .bounces.envelopes import LETTER, Sent
from .bounces.failing import Failed
from .models import Letter
from .registry import LetterKind, letters
from .writing import Written, write

ATTEMPTS = 8
KEPT_FOR = timedelta(days=30)
SENDING = "collegium.core.mail.jobs.send"
# What stands in the place of a refusal where letters to the address come back, and its owner has no other.
KEPT_BACK = "suspended"


def send_letter(kind: str, *, to: str, context: dict[str, Any], at: datetime, reply_to: str = "") -> Letter:
    """Write a letter of a registered kind; it goes once the transaction commits, and only then.

    An answer to it goes to `reply_to`, or to the house.

    Where letters to the address come back it goes to another of its owner's, or is kept back without its words.
    In a demonstration it stays in the outbox. ValueError if `context` is not exactly what the kind needs.
    """
    found: LetterKind = letters.get(kind)
    written = write(found, context)
    with transaction.atomic():
        return _post(found, written, to=to, at=at, reply_to=reply_to)


def rehearse_letter(kind: str, *, to: str, context: dict[str, Any], at: datetime) -> None:
    """Do all that `send_letter` does and undo it: whoever measures how long the answer takes learns nothing."""
    found: LetterKind = letters.get(kind)
    written = write(found, context)
    with transaction.atomic():
        _post(found, written, to=to, at=at)
        transaction.set_rollback(True)


def _post(kind: LetterKind, written: Written, *, to: str, at: datetime, reply_to: str = "") -> Letter:
    if kind.useful_for is not None:
        # A code lost in a crash is asked for again. Not waiting for the disk takes as long as undoing it does.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
    reached = to if kind.goes_always else reaching.instead_of(to, at)
    if reached is None:
        return Letter.objects.create(kind=kind.name, to=to, written_at=at, refused=KEPT_BACK)
    letter = Letter.objects.create(
        kind=kind.name,
        to=reached,
        reply_to=reply_to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        written_at=at,
    )
    if settings.MODE == "production":
        app.configure_task(SENDING, queue="letters").defer(letter_id=letter.pk)
    return letter


def hand_over(letter_id: int, *, at: datetime) -> None:
    """Hand a letter to the relay, once; its words are cleared as soon as they are no longer needed.

    Raises relay.NotNow if the relay could not take it and there are attempts left.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
        if letter is None or letter.sent_at is not None or letter.refused:
            return
        problem = _attempt(letter, at=at)
    if problem is not None:
        raise problem


def _attempt(letter: Letter, *, at: datetime) -> relay.NotNow | None:
    """One attempt; returns the problem if it is worth another."""
    if _is_too_late(letter, at):
        _give_up(letter, "too late", None, at=at)
        return None
    letter.attempts += 1
    try:
        relay.hand_over(letter)
    except relay.Never as problem:
        _give_up(letter, str(problem), problem.failed, at=at)
    except relay.NotNow as problem:
        if letter.attempts < ATTEMPTS:
            letter.save(update_fields=["attempts"])
            return problem
        _give_up(letter, str(problem), problem.failed, at=at)
    else:
        letter.sent_at = at
        _clear(letter, "sent_at")
    return None


def _is_too_late(letter: Letter, at: datetime) -> bool:
    useful_for = letters.get(letter.kind).useful_for if letter.kind in letters else None
    return useful_for is not None and at > letter.written_at + useful_for


def _give_up(letter: Letter, reason: str, failed: Failed | None, *, at: datetime) -> None:
    letter.refused = reason
    _clear(letter, "refused")
    if failed is not None:
        for address_id in reaching.addresses_of(letter.to):
            count_bounce(Sent(LETTER, letter.pk, address_id), failed, at=at)


def _clear(letter: Letter, *changed: str) -> None:
    """A code stands in the subject too, so that it is read without opening the letter."""
    letter.subject = letter.text = letter.html = ""
    letter.save(update_fields=[*changed, "subject", "text", "html", "attempts"])


def forget_old_letters(*, at: datetime) -> int:
    """Letters sent or given up long ago are nobody's business; returns how many were forgotten."""
    old = Letter.objects.filter(written_at__lt=at - KEPT_FOR)
    return old.exclude(sent_at=None, refused="").delete()[0] if settings.MODE == "production" else 0
