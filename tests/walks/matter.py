"""What a matter should hold on its way through the house, in plain Python: support, ballot, letter, and one clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DAY = timedelta(days=1)
# Whom the position touches: asked three days before the others. Whose chief executives sit in the governing body.
TOUCHED, VOTERS = "lagoon", ("harbour", "lagoon")
SOCIETIES = ("harbour", "lagoon", "reef")
# Set before anybody was asked: at least two for it, at most one against it, and not the one it touches.
AT_LEAST, AT_MOST = 2, 1
SIGNS = ("signed", "reserved")
COUNCIL_HOLDS = ("adopted", "public")


@dataclass
class Vote:
    """A ballot: when it is open, who voted what, and how far it is."""

    opens_at: datetime
    closes_at: datetime
    votes: dict[str, str] = field(default_factory=dict)
    is_counted: bool = False
    is_certified: bool = False

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at

    @property
    def outcome(self) -> str:
        """Both of the two have to take part; what is not carried by more than half has failed."""
        if len(self.votes) < len(VOTERS):
            return ""
        said = Counter(self.votes.values())
        return "adopted" if said["yes"] > said["no"] else "not-adopted"


@dataclass
class Matter:
    """Where position, ballot and letter stand; `stances` are of the window asked last, `names` those on the letter."""

    now: datetime
    state: str = "sign-on"
    window: tuple[datetime, datetime] | None = None
    roll: set[str] = field(default_factory=set)
    stances: dict[str, str] = field(default_factory=dict)
    vote: Vote | None = None
    letter: str = "clearance"
    letter_ends: datetime | None = None
    letter_locks: datetime | None = None
    letter_roll: tuple[str, ...] = ()
    signed: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(one for one in SOCIETIES if one not in self.left)

    def due(self) -> list[str]:
        """What somebody would do now."""
        found = ["wait"]
        if self.state == "sign-on":
            found += ["go_before_the_body", "go_before_the_body", "take_back"] if self.was_asked else ["answer"] * 4
        elif self.state == "disposition":
            found += ["ask_again"] * 2
        elif self.state == "ballot" and not self.is_decided:
            found += ["put"] * 2
        elif self.state == "adopted":
            found += ["publish"]
        if self.vote is not None and not self.vote.is_certified:
            found += ["certify"] * 2 if self.vote.is_counted else ["vote"] * 3 * self.vote.is_open(self.now)
        deed = {"clearance": ["circulate"] * self.carries_advocacy, "circulating": ["sign"] * 3}
        return found + deed.get(self.letter, ["send"] * (self.letter != "sent"))

    # --- support

    def ask(self, days: int) -> None:
        """A window opens: what was said in an earlier one is history."""
        self.window, self.roll, self.stances = (self.now, self.now + days * DAY), {TOUCHED}, {}

    def ask_the_others(self) -> None:
        """Three days later; the roll is of those who are members then."""
        if self.window is not None and self.now >= self.window[0] + 3 * DAY and self.roll == {TOUCHED}:
            self.roll |= set(self.members)

    def takes_stance(self, society: str) -> bool:
        assert self.window is not None
        return self.state == "sign-on" and society in self.roll and self.now < self.window[1]

    @property
    def was_asked(self) -> bool:
        """The window is over."""
        return self.window is not None and self.now >= self.window[1]

    @property
    def is_supported(self) -> bool:
        said = Counter(self.stances.values())
        enough = said["support"] + said["reservation"] >= AT_LEAST and said["decline"] <= AT_MOST
        return enough and self.stances.get(TOUCHED) != "decline"

    @property
    def carries_advocacy(self) -> bool:
        """What the council holds does; what it was asked to support, once it has the support."""
        asked = self.state in ("sign-on", "ballot") and self.was_asked and self.is_supported
        return self.state in COUNCIL_HOLDS or asked

    # --- the ballot

    @property
    def is_decided(self) -> bool:
        """Whether a ballot under way, or one that decided, stands in the way of another."""
        return self.vote is not None and not (self.vote.is_certified and not self.vote.outcome)

    # --- the letter

    @property
    def signs(self) -> bool:
        return self.letter == "circulating" and self.letter_ends is not None and self.now < self.letter_ends

    @property
    def is_locked(self) -> bool:
        """Assembled, and the time is over in which a name comes off without a trace."""
        return self.letter == "assembled" and self.letter_locks is not None and self.now >= self.letter_locks

    def close_letter(self) -> None:
        self.letter = "closed"
        self.names = {one for one, choice in self.signed.items() if choice in SIGNS and one not in self.left}
