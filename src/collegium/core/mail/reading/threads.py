"""Where a letter belongs: its own name, what it answers, and when it was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from .headers import Head

MAX_REFERENCES = 50
MAX_ID = 250
ID = re.compile(r"<([^<>\s]{1,250}@[^<>\s]{1,250})>")
BARE_ID = re.compile(r"[^<>\s@]{1,200}@[^<>\s@]{1,200}")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
"""Clocks go wrong by hours and zones; by more than this only absurdly."""


def ids_in(value: str) -> tuple[str, ...]:
    """The message-ids of a field, without brackets, each once, in order; of too many the first and the last."""
    found = [one for one in ID.findall(value) if len(one) <= MAX_ID]
    if not found and "<" not in value:
        found = [one for one in BARE_ID.findall(value) if len(one) <= MAX_ID]
    once = list(dict.fromkeys(found))
    return tuple(once if len(once) <= MAX_REFERENCES else [once[0], *once[1 - MAX_REFERENCES :]])


def message_id(head: Head) -> tuple[str | None, str]:
    """The letter's own name, and what is wrong with it."""
    fields = head.all("message-id")
    found = [one for value in fields for one in ids_in(value)[:1]]
    if not found:
        return None, "message-id-malformed" if fields else "message-id-missing"
    return found[0], "message-id-several" if len(set(found)) > 1 else ""


def date_of(head: Head, at: datetime | None) -> tuple[datetime | None, str]:
    """When the letter was written; None for what cannot be: long ago, or after it was received."""
    value = head.first("date")
    if not value.strip():
        return None, "date-missing"
    written = _moment(value)
    received = at or _moment(head.first("received").rpartition(";")[2])
    if written is None or written < EARLIEST or written.year > 9000:
        return None, "date-absurd"
    if received is not None and written > received + AHEAD:
        return None, "date-absurd"
    return written, ""


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip()[:100])
        # Without a zone (-0000) it is told in universal time.
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment
