"""Invented mailing lists as several programs keep them, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

BEGAN = datetime(2011, 3, 1, 9, tzinfo=UTC)
LINE = "From somebody@list.example Mon Jan  3 10:00:00 2011"


def letter(
    number: int = 1,
    *,
    sender: str = "Ines Okafor <peer@lagoon.example>",
    subject: str = "[cfo-list] Reserves",
    text: str = "",
    answers: int | str | None = None,
    at: datetime | str | None = None,
    extra: Iterable[str] = (),
    message_id: str | None = None,
) -> str:
    """A letter with its head; the number gives its name and its time."""
    when = at if isinstance(at, str) else format_datetime(at or BEGAN + timedelta(hours=number))
    named = answers if isinstance(answers, str) else f"<letter-{answers}@list.example>"
    lines = [
        f"From: {sender}",
        f"Subject: {subject}",
        *([f"Date: {when}"] if when else []),
        f"Message-ID: {message_id or f'<letter-{number}@list.example>'}",
        *([f"In-Reply-To: {named}"] if answers else []),
        "Content-Type: text/plain; charset=utf-8",
        *extra,
        "",
        text or f"This is what letter {number} says about reserves.",
        "",
    ]
    return "\n".join(lines)


def mailbox(letters: Iterable[str], *, line: str = LINE) -> bytes:
    """The letters one after the other, lines that would begin one marked as the older programs do."""
    return "\n".join(f"{line}\n{one.replace(chr(10) + 'From ', chr(10) + '>From ')}" for one in letters).encode()


def conversation() -> list[str]:
    """Two threads: three letters about reserves, the last answering the first; one about audits."""
    return [
        letter(1),
        letter(2, subject="Re: [cfo-list] Reserves", sender="Una Past <una@gone.example>", answers=1),
        letter(3, subject="[cfo-list] Audits", sender="Bo Former <bo@gone.example>"),
        letter(4, subject="[cfo-list] Re: Reserves", answers=2, sender="Ines Okafor <peer@lagoon.example>"),
    ]
