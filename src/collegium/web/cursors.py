"""Places in a long list, written into addresses and read back."""

from __future__ import annotations

from datetime import datetime

Place = tuple[datetime, int]


def write(at: datetime, pk: int) -> str:
    """`1764000000.123456_42`: a moment and an id."""
    return f"{at.timestamp():.6f}_{pk}"


def read(text: str, *, zone: datetime) -> Place | None:
    """The place, in the time zone of the moment `zone`; None for what is not one: the list starts at its head."""
    stamp, _line, id_ = text.partition("_")
    pk = number(id_)
    if pk is None:
        return None
    try:
        return datetime.fromtimestamp(float(stamp), zone.tzinfo), pk
    except (ValueError, OverflowError, OSError):
        return None


def number(text: str | None) -> int | None:
    """An id out of an address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
