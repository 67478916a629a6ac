"""Shares of a whole that are reached or not, without ever dividing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What "enough" means. A majority is more than half; at least half is less strict by one vote of an even base."""

    MAJORITY = "majority"
    HALF = "half"
    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a base are enough: `of(base)` says how many.

    A `SHARE` is a fraction above 0 and at most 1, a `COUNT` a number of votes whatever the base. ValueError otherwise.
    """

    kind: Kind
    fraction: Fraction = Fraction(1, 2)
    count: int = 0

    def __post_init__(self) -> None:
        if self.kind is Kind.SHARE and not 0 < self.fraction <= 1:
            raise ValueError("a share lies above 0 and is at most 1")
        if self.kind is Kind.COUNT and self.count < 0:
            raise ValueError("a number of votes is not negative")

    def of(self, base: int) -> int:
        """The fewest votes that are enough of a base of so many."""
        if self.kind is Kind.MAJORITY:
            return base // 2 + 1
        if self.kind is Kind.COUNT:
            return self.count
        fraction = Fraction(1, 2) if self.kind is Kind.HALF else self.fraction
        return -(-base * fraction.numerator // fraction.denominator)

    def is_reached(self, votes: int, base: int) -> bool:
        """Whether so many votes are enough."""
        return votes >= self.of(base)


MAJORITY, HALF = Share(Kind.MAJORITY), Share(Kind.HALF)
TWO_THIRDS, THREE_QUARTERS = Share(Kind.SHARE, Fraction(2, 3)), Share(Kind.SHARE, Fraction(3, 4))
ALL = Share(Kind.SHARE, Fraction(1))


def share(numerator: int, denominator: int) -> Share:
    """Such a part of the base, or more."""
    return Share(Kind.SHARE, Fraction(numerator, denominator))
