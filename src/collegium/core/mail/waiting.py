"""Whether letters stand still: those to groups that are due and were not sent, and those that came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection
from django.utils.translation import ngettext

from .queries import keeps_letters

# Nobody sends, or the relay has been away for so long; who reads them is gone, or fails again and again.
LATE_AFTER = 3600.0


class Waiting(NamedTuple):
    """How many wait, and the oldest of them since how many seconds."""

    letters: int
    seconds: float

    @property
    def is_late(self) -> bool:
        return self.seconds > LATE_AFTER

    @property
    def minutes(self) -> int:
        return int(self.seconds // 60)


_OUT = """SELECT count(*), extract(epoch FROM now() - min(due_at)) FROM mail_delivery
WHERE state = 'waiting' AND due_at <= now()"""
_IN = "SELECT count(*), extract(epoch FROM now() - min(received_at)) FROM mail_incoming WHERE state = 'waiting'"


def waiting_out() -> Waiting:
    """Letters to groups that are due, without what the relay wants later; a demonstration that keeps them has none."""
    return Waiting(0, 0.0) if keeps_letters() else _asked(_OUT)


def waiting_in() -> Waiting:
    """Letters that came in and were not handled."""
    return _asked(_IN)


def _asked(sql: str) -> Waiting:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        count, seconds = cursor.fetchone()
    return Waiting(count, round(max(float(seconds or 0), 0.0), 1))


def letters_that_stand_still() -> Iterator[str]:
    """A check of the house: a sentence for each kind of letter of which the oldest waits for more than an hour."""
    out, came = waiting_out(), waiting_in()
    if out.is_late:
        yield ngettext(
            "%(n)s letter to a group is due and was not sent, for more than an hour.",
            "%(n)s letters to groups are due and were not sent, the oldest for more than an hour.",
            out.letters,
        ) % {"n": out.letters}
    if came.is_late:
        yield ngettext(
            "%(n)s letter that came in waits to be handled, for more than an hour.",
            "%(n)s letters that came in wait to be handled, the oldest for more than an hour.",
            came.letters,
        ) % {"n": came.letters}
