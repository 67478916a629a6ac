"""What a ballot's call should hold, in plain Python: mandates by their days, votes as they were said, one clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")


def day_of(at: datetime) -> date:
    return at.astimezone(ZONE).date()


@dataclass
class Mandate:
    """Somebody's to vote for a society, from a day to a day, both included."""

    pk: int
    person: int
    society: int
    is_alternate: bool
    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass
class Vote:
    choice: str
    by: int
    is_alternate: bool


@dataclass
class Model:
    """`said` is all that was ever accepted, in order; `votes` is what stands of it."""

    opens_at: datetime
    closes_at: datetime
    roll: list[int]
    mandates: list[Mandate] = field(default_factory=list)
    votes: dict[int, Vote] = field(default_factory=dict)
    said: list[tuple[int, str, int]] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    paused_at: datetime | None = None
    was_extended: bool = False
    is_over: bool = False

    def able(self, person: int, society: int, at: datetime) -> Mandate | None:
        """The best of their mandates for it on this day: as primary, if they have one."""
        held = [one for one in self.mandates if (one.person, one.society) == (person, society)]
        return min((one for one in held if one.holds(day_of(at))), key=lambda one: one.is_alternate, default=None)

    def runs(self, at: datetime) -> bool:
        return not self.is_over and self.paused_at is None and at < self.closes_at

    def may_answer(self, person: int, society: int, at: datetime) -> bool:
        """In time, on the roll, with a mandate today, for one society alone, and not over the primary's head."""
        mine, standing = self.able(person, society, at), self.votes.get(society)
        if mine is None or society not in self.roll or society in self.struck or not self.runs(at):
            return False
        return not (standing and mine.is_alternate and not standing.is_alternate)

    def may_vote(self, person: int, society: int, at: datetime) -> bool:
        elsewhere = any(vote.by == person for other, vote in self.votes.items() if other != society)
        return self.may_answer(person, society, at) and not elsewhere

    def vote(self, person: int, society: int, choice: str, at: datetime) -> bool:
        """Whether it is something new."""
        mine = self.able(person, society, at)
        assert mine is not None
        vote = Vote(choice, person, mine.is_alternate)
        if self.votes.get(society) == vote:
            return False
        self.votes[society] = vote
        self.said.append((society, choice, person))
        return True

    def resume(self, at: datetime) -> None:
        assert self.paused_at is not None
        self.closes_at += at - self.paused_at
        self.paused_at = None

    def tally(self) -> dict[str, int]:
        """Of those on the roll who were not struck: how many said what, and how many nothing."""
        counted = [society for society in self.roll if society not in self.struck]
        found = Counter(self.votes[society].choice if society in self.votes else "silent" for society in counted)
        names = {"yes": "yes", "no": "no", "abstain": "abstained", "recused": "recused", "silent": "silent"}
        return {told: found[choice] for choice, told in names.items()}


STEP = timedelta(hours=7)
