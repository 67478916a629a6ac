"""How bounces count: by the day they came, stale after a time without any, and so many are enough.

A day counts once, by the worst of what came on it: a server that has a bad morning refuses ten letters and means one
thing. Who gets a weekly digest alone has a bounce every seven days, so a score lives longer than a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

SOFT, HARD = 1, 2
# Three days on which nobody is there, or six on which the mailbox is full.
ENOUGH = 6
STALE = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Score:
    """The points so far, and how many of them are those of the last day on which any came."""

    points: int = 0
    day: date | None = None
    of_day: int = 0
    since: datetime | None = None
    last_at: datetime | None = None

    @property
    def is_enough(self) -> bool:
        return self.points >= ENOUGH


def counted(score: Score, *, at: datetime, is_hard: bool) -> Score:
    """The score with one more bounce. One that is counted late counts for the last day."""
    worth = HARD if is_hard else SOFT
    if score.last_at is None or score.day is None or at - score.last_at > STALE:
        return Score(worth, at.date(), worth, at, at)
    if at.date() <= score.day:
        more = max(worth - score.of_day, 0)
        last = max(at, score.last_at)
        return Score(score.points + more, score.day, score.of_day + more, score.since, last)
    return Score(score.points + worth, at.date(), worth, score.since, at)


# A week after it was suspended an address is tried, then at growing distances; after the last it waits for its owner.
TRIES = [timedelta(days=days) for days in (7, 14, 28, 56, 112)]


def next_try(tries: int, at: datetime) -> datetime | None:
    """When a suspended address is tried after so many tries; None if that was often enough."""
    return at + TRIES[tries] if tries < len(TRIES) else None
