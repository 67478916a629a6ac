"""How far back a question is followed, so that finding takes the same whatever is asked.

The index can say which passages have a word, not which of them are the newest. But each passage carries the stretches
of time it lies in as lexemes; so the index is asked for one stretch after the other, each four times as long as all
before, until enough is found. How long the first is and where the last one ends follows from how common the words are:
of a rare one all passages are looked at, of a common one those of the last weeks, of several common ones as many as can
be looked at within the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collegium.core.entries import lexemes

from .known import Known

STRETCHES, LONGER = 4, 4

# What the index takes in milliseconds, measured on one core: to read the place of a passage from the list of a lexeme,
# to look at one in the shortest list, and for each lexeme more that is compared there. A list much longer than the
# shortest is skipped through.
_READ, _LOOK, _COMPARE, _SKIPPED = 0.000_015, 0.000_2, 0.000_02, 16
# To begin with a lexeme, however few have it, which is done for some three stretches; and to pass over a passage the
# viewer does not see.
_BEGIN, _LISTS, _PASS_OVER = 0.06, 3, 0.003

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the index is asked, as shares of all passages: of each alternative the shares of its words, and of all that
    narrows it the shares of what may be there instead of one another."""

    alternatives: Sequence[Sequence[float]]
    narrowed: Sequence[Sequence[float]]

    @property
    def of_words(self) -> float:
        """The share that may have the words, as far as the rarest of each alternative tells."""
        return sum(min(shares, default=0.0) for shares in self.alternatives)

    @property
    def of_scope(self) -> float:
        return min((sum(shares) for shares in self.narrowed), default=1.0)

    @property
    def fits(self) -> float:
        """The share that is likely to fit. Words that are said together are not independent of one another."""
        of_words = 0.0
        for shares in self.alternatives:
            first, *others = sorted(shares) or [0.0]
            of_words += first * math.prod(map(math.sqrt, others))
        return min(of_words, 1.0) * math.prod(min(sum(shares), 1.0) for shares in self.narrowed)

    def are_rare(self, known: Known) -> bool:
        """Whether each alternative has a word of which nothing is known, or which is as rare."""
        return all(min(shares, default=0.0) <= known.rare for shares in self.alternatives)

    def milliseconds(self, passages: float) -> float:
        """About how long it takes to look through everything."""
        shortest = min(self.of_words, self.of_scope)
        lists = [share for shares in (*self.alternatives, *self.narrowed) for share in shares]
        read = sum(min(share, shortest * _SKIPPED) for share in lists)
        return passages * (read * _READ + shortest * (_LOOK + len(lists) * _COMPARE))


@dataclass(frozen=True, slots=True)
class Reach:
    """The stretches to look through, newest first, as texts of queries.

    Beside them everything since `later` is looked at and everything before `older`, nothing where they are None.
    `since` is where looking ends, None if it ends nowhere.
    """

    stretches: Sequence[str] = ()
    later: datetime | None = None
    older: datetime | None = None
    since: datetime | None = None

    @property
    def parameters(self) -> list[Any]:
        return [[*self.stretches, *[None] * (STRETCHES - len(self.stretches))], self.later, self.older]


EVERYTHING = Reach(older=NEVER)


def reach(asking: Asking, known: Known, *, enough: int, within: float, at: datetime, since: datetime) -> Reach:
    """How far to look for `enough` passages within so many milliseconds, and not before `since`."""
    expected = known.passages * asking.fits
    takes = asking.milliseconds(known.passages)
    # Of words so rare that nothing is known of them every passage is found, however long it takes.
    most = 1.0 if asking.are_rare(known) or not takes else min(within / takes, 1.0)
    # To look twice takes longer than to look at twice as much.
    if len(known.ages) < 2 or (expected <= 2 * enough and most >= 1.0):
        return EVERYTHING
    first = min(enough / expected, most) if expected else most
    shares = dict.fromkeys(min(first * LONGER**n, most) for n in range(STRETCHES))
    now, earliest = lexemes.week_of(at) + 1, lexemes.week_of(max(since, _FIRST))
    begins = [max(_rounded(known, share, now), earliest) for share in shares if share < 1.0]
    begins = [begin for begin in dict.fromkeys(begins) if begin < now]
    end = _ended(begins[0], now) if begins else now
    later, last = lexemes.begin_of(end), begins[-1] if begins else end
    stretches = [
        lexemes.any_of(lexemes.weeks_between(begin, end)) for begin, end in zip(begins, [end, *begins], strict=False)
    ]
    if last == earliest and since > _FIRST:
        return Reach(stretches, later)
    if most >= 1.0:
        return Reach(stretches, later, older=lexemes.begin_of(last))
    return Reach(stretches, later, since=lexemes.begin_of(last))


def sees_much(known: Known, audiences: Sequence[str], *, enough: int) -> bool:
    """Whether to pass over what one does not see takes less than to ask the index for all audiences that one does."""
    share = min(sum(map(known.share, audiences)), 1.0)
    return share > 0 and enough * (1 / share - 1) * _PASS_OVER < len(audiences) * _LISTS * _BEGIN


def _rounded(known: Known, share: float, end: int) -> int:
    """The week in which the newest share of passages begins, or one before: few stretches are to lie between."""
    begin, newest = (min(lexemes.week_of(known.newest(part)), end) for part in (share, 0.0))
    step = lexemes.BASE ** max(int(math.log(max(newest - begin, 1), lexemes.BASE)) - 1, 0)
    return begin - begin % step


def _ended(begin: int, now: int) -> int:
    """Where a stretch until now ends: hardly anything is written later, so wherever that takes fewest lexemes."""
    ends = [-(-now // lexemes.BASE**level) * lexemes.BASE**level for level in range(lexemes.LEVELS)]
    return min(ends, key=lambda end: len(lexemes.weeks_between(begin, end)))
