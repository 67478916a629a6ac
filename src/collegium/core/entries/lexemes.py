"""What a passage's vector holds beside words: who may see it, what and where it is, whose, and how old.

They begin with `=`, which no word of a text does, so that no typed word and no beginning of one meets them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

TITLE = "=title"
WEEK = timedelta(weeks=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Each level's stretches are four times as long as those of the one below: from a week to 256 weeks.
BASE, LEVELS = 4, 5


def audience(key: int) -> str:
    return f"=audience:{key}"


def kind(entry_kind: str, part: str) -> str:
    return f"={entry_kind}/{part}"


def place(key: int) -> str:
    """Of what stands in the place: a group's topics, and the group itself."""
    return f"=in:{key}"


def society(key: int) -> str:
    """Of what was said for the society, or is of it."""
    return f"=of:{key}"


def function(key: int) -> str:
    """Of what was said from a seat of the function, or of whoever holds one."""
    return f"=as:{key}"


def week_of(at: datetime) -> int:
    """The number of the week since 1970; weeks before are negative."""
    return (at - _EPOCH) // WEEK


def begin_of(week: int) -> datetime:
    return _EPOCH + week * WEEK


def ages(at: datetime) -> list[str]:
    """The stretches of time a moment lies in, the shortest first."""
    week = week_of(at)
    return [_stretch(level, week // BASE**level) for level in range(LEVELS)]


def _stretch(level: int, number: int) -> str:
    return f"=t{level}:{number}"


@lru_cache(maxsize=1024)
def weeks_between(begin: int, end: int) -> tuple[str, ...]:
    """The fewest stretches that together are the weeks from `begin` to before `end`."""
    found = []
    while begin < end:
        level = max(n for n in range(LEVELS) if begin % BASE**n == 0 and begin + BASE**n <= end)
        found.append(_stretch(level, begin // BASE**level))
        begin += BASE**level
    return tuple(found)


def any_of(lexemes: Iterable[str]) -> str:
    """`('=a' | 'b')` as the text of a query."""
    return "(" + " | ".join(map(quoted, lexemes)) + ")"


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in the text of a query."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
