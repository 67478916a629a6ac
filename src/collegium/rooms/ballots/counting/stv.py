"""Elections by single transferable vote, counted as those of Scottish councils are.

The rules of the count are those of the Scottish Local Government Elections Order 2011 (schedule 1): the quota of Droop;
surpluses go on by the weighted inclusive method of Gregory, the largest first, all papers at once; transfer values are
cut off after five decimal places; who is last is excluded while nobody has a surplus; those who remain fill the places
that remain. A tie is broken by the last stage that told the tied apart. Where none did, the order decides that lots
drew before the opening: nothing is left to chance while one counts.

Votes are whole numbers of hundred-thousandths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

UNIT = 100_000


class Step(StrEnum):
    """What a stage does."""

    FIRST = "first"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"
    FILLING = "filling"


class Tie(StrEnum):
    """How a stage that had to choose among equals did."""

    NONE = ""
    HISTORY = "history"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: whose papers went on, at which value the last of them, and how everybody stands at its end.

    `votes` of everybody who was not excluded before, `lost` the votes that nobody could be given and what was cut off,
    both of all stages so far; `elected` and `excluded` are those of this stage.
    """

    step: Step
    votes: Mapping[int, int]
    lost: int
    candidate: int | None = None
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    tie: Tie = Tie.NONE


@dataclass(frozen=True, slots=True)
class Election:
    """The result: those elected in the order in which they were, the quota in whole votes, and every stage."""

    elected: tuple[int, ...]
    quota: int
    papers: int
    blank: int
    stages: tuple[Stage, ...]


@dataclass(slots=True)
class _Bundle:
    """Papers alike: so many, with these preferences, of which the one at `at` has them at this value."""

    preferences: tuple[int, ...]
    at: int
    papers: int
    value: int


def count_stv(
    ballots: Iterable[Sequence[int]], *, candidates: Sequence[int], seats: int, lots: Sequence[int]
) -> Election:
    """Count preferences, first ones first. `lots` is the drawn order of all candidates, who is luckiest first.

    A ballot without any preference is blank. ValueError for preferences that repeat or name nobody who stands, and for
    lots that are not of these candidates.
    """
    if seats < 1 or len(set(candidates)) != len(candidates):
        raise ValueError("there must be a place to fill, and each candidate stands once")
    if sorted(lots) != sorted(candidates):
        raise ValueError("the lots are not of these candidates")
    papers = Counter(_checked(ballot, set(candidates)) for ballot in ballots)
    blank = papers.pop((), 0)
    return _Count(papers, blank, candidates, seats, lots).run()


def _checked(ballot: Sequence[int], standing: set[int]) -> tuple[int, ...]:
    preferences = tuple(ballot)
    if len(set(preferences)) != len(preferences) or not standing.issuperset(preferences):
        raise ValueError("a ballot names each candidate once at the most, and nobody else")
    return preferences


@dataclass
class _Count:
    """A count under way."""

    papers: Mapping[tuple[int, ...], int]
    blank: int
    candidates: Sequence[int]
    seats: int
    lots: Sequence[int]
    held: dict[int, list[_Bundle]] = field(init=False)
    votes: dict[int, int] = field(init=False)
    continuing: set[int] = field(init=False)
    elected: list[int] = field(default_factory=list)
    surpluses: set[int] = field(default_factory=set)
    stages: list[Stage] = field(default_factory=list)
    lost: int = 0

    def run(self) -> Election:
        valid = sum(self.papers.values())
        self.quota = (valid // (self.seats + 1) + 1) * UNIT
        self.continuing = set(self.candidates)
        self.held = {candidate: [] for candidate in self.candidates}
        self.votes = dict.fromkeys(self.candidates, 0)
        for preferences, papers in sorted(self.papers.items()):
            self._give(_Bundle(preferences, 0, papers, UNIT))
        self._end(Step.FIRST)
        while len(self.elected) < self.seats and self.continuing:
            if len(self.continuing) <= self.seats - len(self.elected):
                self._fill()
            elif self.surpluses:
                self._transfer_surplus()
            else:
                self._exclude()
        return Election(tuple(self.elected), self.quota // UNIT, valid, self.blank, tuple(self.stages))

    def _give(self, bundle: _Bundle) -> None:
        """To the next one on these papers who still stands; otherwise they are lost."""
        while bundle.at < len(bundle.preferences) and bundle.preferences[bundle.at] not in self.continuing:
            bundle.at += 1
        votes = bundle.papers * bundle.value
        if bundle.at == len(bundle.preferences):
            self.lost += votes
            return
        candidate = bundle.preferences[bundle.at]
        self.held[candidate].append(bundle)
        self.votes[candidate] += votes

    def _end(
        self, step: Step, candidate: int | None = None, excluded: tuple[int, ...] = (), tie: Tie = Tie.NONE
    ) -> None:
        """Who has the quota now is elected; the stage is noted."""
        reached = [one for one in self.continuing if self.votes[one] >= self.quota]
        elected = sorted(reached, key=self._rank, reverse=True)[: self.seats - len(self.elected)]
        self._note(step, candidate, tuple(elected), excluded, tie)
        self.surpluses.update(one for one in elected if self.votes[one] > self.quota)

    def _note(
        self, step: Step, candidate: int | None, elected: tuple[int, ...], excluded: tuple[int, ...], tie: Tie
    ) -> None:
        self.elected.extend(elected)
        self.continuing.difference_update(elected)
        left = set(self.votes) - {one for stage in self.stages for one in stage.excluded}
        votes = {one: self.votes[one] for one in self.candidates if one in left}
        self.stages.append(Stage(step, votes, self.lost, candidate, elected, excluded, tie))

    def _fill(self) -> None:
        """As many remain as there are places: they are elected, whatever they have, and no paper goes on any more."""
        rest = tuple(sorted(self.continuing, key=self._rank, reverse=True))
        self._note(Step.FILLING, None, rest, (), Tie.NONE)

    def _transfer_surplus(self) -> None:
        candidate, tie = self._choose(self.surpluses, most=True)
        self.surpluses.discard(candidate)
        total, surplus = self.votes[candidate], self.votes[candidate] - self.quota
        passed_on = 0
        for bundle in self.held[candidate]:
            value = surplus * bundle.value // total
            passed_on += value * bundle.papers
            self._give(_Bundle(bundle.preferences, bundle.at, bundle.papers, value))
        # What is cut off is nobody's any more.
        self.lost += surplus - passed_on
        self.held[candidate], self.votes[candidate] = [], self.quota
        self._end(Step.SURPLUS, candidate, tie=tie)

    def _exclude(self) -> None:
        candidate, tie = self._choose(self.continuing, most=False)
        self.continuing.discard(candidate)
        bundles, self.held[candidate], self.votes[candidate] = self.held[candidate], [], 0
        for bundle in bundles:
            self._give(bundle)
        self._end(Step.EXCLUSION, candidate, (candidate,), tie)

    def _choose(self, among: Iterable[int], *, most: bool) -> tuple[int, Tie]:
        """Whoever has most votes, or fewest; of equals as the stages before say, the last first, and then the lots."""
        pick = max if most else min
        tied, tie = set(among), Tie.NONE
        for n, votes in enumerate([self.votes, *(stage.votes for stage in reversed(self.stages))]):
            best = pick(votes[one] for one in tied)
            alike = {one for one in tied if votes[one] == best}
            if n and len(alike) < len(tied):
                tie = Tie.HISTORY
            tied = alike
            if len(tied) == 1:
                return tied.pop(), tie
        order = {candidate: n for n, candidate in enumerate(self.lots)}
        return (min if most else max)(tied, key=order.__getitem__), Tie.LOT

    def _rank(self, candidate: int) -> tuple[list[int], int]:
        """How somebody stands against others elected at the same stage: votes now, then before, then the lots."""
        history = [self.votes[candidate], *(stage.votes[candidate] for stage in reversed(self.stages))]
        return history, -list(self.lots).index(candidate)
