"""What readers of digests ought to get, reckoned one message after the other from what the guide promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DIGESTS = ("daily", "weekly")
DAY = timedelta(days=1)


@dataclass
class Reader:
    """What one person wants and belongs to; `belongs` holds a group until that moment, None without an end."""

    belongs: dict[str, datetime | None]
    zone: str = "UTC"
    hour: int = 7
    weekday: int = 1
    by_group: bool = False
    level: dict[str, str] = field(default_factory=dict)
    muted: set[int] = field(default_factory=set)

    def sees(self, group: str, at: datetime) -> bool:
        until = self.belongs.get(group, at)
        return until is None or at < until

    def last_hour(self, cadence: str, at: datetime) -> datetime:
        """When a digest of theirs was last due: by the hour, then day after day backwards."""
        zone = ZoneInfo(self.zone) if self.zone != "No/Such_Zone" else ZoneInfo("UTC")
        day = at.astimezone(zone).date()
        while True:
            # Where an hour comes twice, the second is meant.
            due = datetime(day.year, day.month, day.day, self.hour, tzinfo=zone, fold=1).astimezone(UTC)
            if due <= at and (cadence == "daily" or day.isoweekday() == self.weekday):
                return due
            day -= DAY


@dataclass(frozen=True)
class Message:
    number: int
    topic: int
    group: str


@dataclass
class Letter:
    """To a reader; of one message at once, or a digest of those it was written with."""

    who: str
    messages: list[Message]
    is_digest: bool
    name: int = 0


@dataclass
class Reckoning:
    """The letters of all readers, as they wait, are claimed and come."""

    readers: dict[str, Reader]
    gathered: list[tuple[str, Message, datetime]] = field(default_factory=list)
    waiting: list[Letter] = field(default_factory=list)
    claimed: list[Letter] = field(default_factory=list)
    came: list[tuple[str, int, tuple[int, ...]]] = field(default_factory=list)
    windows: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    names: int = 0

    def said(self, message: Message, *, overrides: bool, at: datetime) -> None:
        for who, reader in self.readers.items():
            level = reader.level[message.group]
            if not reader.sees(message.group, at) or level == "nothing" or message.topic in reader.muted:
                continue
            if overrides or level == "every":
                self._waits(Letter(who, [message], is_digest=False))
            elif level in DIGESTS:
                self.gathered.append((who, message, at))

    def _waits(self, letter: Letter) -> None:
        self.names += 1
        letter.name = self.names
        self.waiting.append(letter)

    def written(self, at: datetime) -> None:
        """Each gathered message goes into the digest its reader wants now, waits for that, or goes nowhere."""
        due: dict[tuple[str, str, str], list[Message]] = {}
        hours: dict[tuple[str, str, str], datetime] = {}
        kept = []
        for who, message, told_at in self.gathered:
            reader = self.readers[who]
            level = reader.level[message.group]
            if level in ("mentions", "nothing"):
                continue
            cadence = "weekly" if level == "weekly" else "daily"
            until = reader.last_hour(cadence, at)
            key = (who, cadence, message.group if reader.by_group else "")
            if told_at < until and (key not in self.windows or self.windows[key] < until):
                due.setdefault(key, []).append(message)
                hours[key] = until
            else:
                kept.append((who, message, told_at))
        self.gathered = kept
        self.windows |= hours
        for (who, _cadence, _group), messages in due.items():
            self._waits(Letter(who, messages, is_digest=True))

    def sent(self, at: datetime) -> None:
        """Everything that waits comes, as far as its reader may still have it."""
        for letter in self.waiting:
            told = tuple(sorted(message.number for message in letter.messages if self._may_have(letter, message, at)))
            if told:
                self.came.append((letter.who, letter.name, told))
        self.waiting = []

    def _may_have(self, letter: Letter, message: Message, at: datetime) -> bool:
        reader = self.readers[letter.who]
        if message.number in self.deleted or not reader.sees(message.group, at):
            return False
        is_unwanted = reader.level[message.group] in ("mentions", "nothing") or message.topic in reader.muted
        return not (letter.is_digest and is_unwanted)

    def died(self, *, after_handing_over: bool, at: datetime) -> None:
        """A sender with everything in hand, before or after the relay has it: to be done again."""
        in_hand = list(self.waiting)
        if after_handing_over:
            self.sent(at)
        self.waiting = []
        self.claimed += [one for one in in_hand if self._is_claimed(one, at)]

    def _is_claimed(self, letter: Letter, at: datetime) -> bool:
        """A digest is looked into only when it is composed."""
        return letter.is_digest or self.readers[letter.who].sees(letter.messages[0].group, at)

    def taken_back(self) -> None:
        self.waiting += self.claimed
        self.claimed = []
