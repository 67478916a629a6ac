"""How large a corpus is. Everything in it follows from these numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# The corpus ends here, whenever it is loaded, and goes back for five years.
ENDS_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
YEARS = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Scale:
    """Posts, how many of them stand in the longest topic, and the council around them; ten posts make a topic."""

    posts: int = 100_000
    longest: int = 5_000
    societies: int = 50
    people: int = 2_000

    @property
    def topics(self) -> int:
        return max(self.posts // 10, 1)
