"""Whether a motion is carried: quorum, threshold, limits, each over a base of its own.

The letters of the formulas are those of any rule book: of E entitled votes on the roll R are recused, Y are yes, N no,
A abstain, and U did not answer; E = R + Y + N + A + U. Silence is never counted as an abstention, and neither as a no
unless the rule is about all who are entitled or able to vote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .shares import HALF, MAJORITY, Kind, Share


class Base(StrEnum):
    """What a share is a share of."""

    VALID = "valid"  # Y + N
    CAST = "cast"  # Y + N + A
    ABLE = "able"  # E - R
    ENTITLED = "entitled"  # E
    PRESENT = "present"  # as the rule of the quorum counts presence


class Presence(StrEnum):
    """Who is present, where nobody sits in a room."""

    DECIDED = "decided"  # Y + N
    ANSWERED = "answered"  # Y + N + A
    ATTENDED = "attended"  # Y + N + A + R


class Outcome(StrEnum):
    """What came of it. A tie is not carried, and neither is what nobody answered."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"
    TIED = "tied"
    NO_RESULT = "no_result"


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of a roll, in whole votes: seats, or their weights. ValueError for a negative number."""

    yes: int = 0
    no: int = 0
    abstained: int = 0
    recused: int = 0
    silent: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.abstained, self.recused, self.silent) < 0:
            raise ValueError("no number of votes is negative")

    @property
    def entitled(self) -> int:
        return self.yes + self.no + self.abstained + self.recused + self.silent

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstained

    def present(self, presence: Presence) -> int:
        """How many count as present."""
        if presence is Presence.DECIDED:
            return self.yes + self.no
        return self.cast + (self.recused if presence is Presence.ATTENDED else 0)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be present, of all who are entitled or of all who are able (not recused)."""

    share: Share = MAJORITY
    base: Base = Base.ENTITLED
    presence: Presence = Presence.ANSWERED

    def __post_init__(self) -> None:
        if self.base not in (Base.ENTITLED, Base.ABLE):
            raise ValueError("a quorum is one of those on the roll")


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many must say yes; how many may say no at the most, as `at_most` of `against`; whether an objection stops it.

    International standards bodies ask for both: two thirds in favour of those who decided, and not more than a quarter
    of them against.
    """

    share: Share = MAJORITY
    base: Base = Base.VALID
    at_most: Share | None = None
    against: Base = Base.VALID
    stopped_by_objection: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What a motion needs; a quorum may be asked for or not."""

    threshold: Threshold = field(default_factory=Threshold)
    quorum: Quorum | None = field(default_factory=Quorum)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A question of the rule and its answer: so many of a base were there, so many were needed (or allowed)."""

    votes: int
    needed: int
    base: int
    is_met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome, and how each part of the rule came out; None for a part the rule does not have."""

    outcome: Outcome
    tally: Tally
    in_favour: Reckoning
    quorum: Reckoning | None = None
    # The same quorum over the other base, where somebody is recused: what a chair rules on is shown both ways.
    quorum_otherwise: Reckoning | None = None
    against: Reckoning | None = None
    objections: int = 0


def count_motion(tally: Tally, rule: Rule, *, objections: int = 0) -> Result:
    """What came of a motion. `objections` are answers that block, if the rule says so; they are among the noes."""
    presence = rule.quorum.presence if rule.quorum else Presence.ANSWERED
    threshold = rule.threshold
    base = _base(tally, threshold.base, presence)
    needed = threshold.share.of(base)
    in_favour = Reckoning(tally.yes, needed, base, base > 0 and tally.yes >= needed)
    against = _against(tally, threshold, presence)
    quorum = reckon_quorum(tally, rule.quorum) if rule.quorum else None
    otherwise = reckon_quorum(tally, turned(rule.quorum)) if rule.quorum and tally.recused else None
    result = Result(Outcome.PASSED, tally, in_favour, quorum, otherwise, against, objections)
    return Result(_outcome(result, rule), tally, in_favour, quorum, otherwise, against, objections)


def _outcome(result: Result, rule: Rule) -> Outcome:
    if not result.tally.cast:
        return Outcome.NO_RESULT
    if result.quorum and not result.quorum.is_met:
        return Outcome.NO_QUORUM
    if rule.threshold.stopped_by_objection and result.objections:
        return Outcome.FAILED
    if result.against and not result.against.is_met:
        return Outcome.FAILED
    if result.in_favour.is_met:
        return Outcome.PASSED
    return Outcome.TIED if _is_tied(result, rule.threshold) else Outcome.FAILED


def _is_tied(result: Result, threshold: Threshold) -> bool:
    """As many for it as against: only where a majority of those who decided is asked for."""
    by_majority = threshold.share.kind is Kind.MAJORITY and threshold.base is Base.VALID
    return by_majority and 0 < result.tally.yes == result.tally.no


def _base(tally: Tally, base: Base, presence: Presence) -> int:
    return {
        Base.VALID: tally.yes + tally.no,
        Base.CAST: tally.cast,
        Base.ABLE: tally.entitled - tally.recused,
        Base.ENTITLED: tally.entitled,
        Base.PRESENT: tally.present(presence),
    }[base]


def reckon_quorum(tally: Tally, quorum: Quorum) -> Reckoning:
    """Whether enough are present."""
    base, present = _base(tally, quorum.base, quorum.presence), tally.present(quorum.presence)
    needed = quorum.share.of(base)
    return Reckoning(present, needed, base, present >= needed)


def turned(quorum: Quorum) -> Quorum:
    """The same over the other base."""
    other = Base.ABLE if quorum.base is Base.ENTITLED else Base.ENTITLED
    return Quorum(quorum.share, other, quorum.presence)


def _against(tally: Tally, threshold: Threshold, presence: Presence) -> Reckoning | None:
    if threshold.at_most is None:
        return None
    base = _base(tally, threshold.against, presence)
    fraction = threshold.at_most.fraction
    # At the most so many: rounded down, where enough is rounded up.
    allowed = base * fraction.numerator // fraction.denominator
    return Reckoning(tally.no, allowed, base, tally.no <= allowed)


ABSOLUTE = Rule(Threshold(MAJORITY, Base.ENTITLED))
SIMPLE = Rule()
AT_LEAST_HALF = Rule(Threshold(HALF, Base.VALID))
