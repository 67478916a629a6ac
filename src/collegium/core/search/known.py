"""How common words are and how old passages, as far as the database's own statistics tell.

They are taken along for some minutes: what is asked of the index is made to measure by them, and only how much that
costs depends on how true they still are, never what may be seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice, takewhile

from django.db import connection

from collegium.core.access.statements import row

GOOD_FOR = timedelta(minutes=5)

# Elements end with the shares of the rarest and of the most frequent one that were counted, which have no word.
_KNOWN = """
SELECT (SELECT reltuples FROM pg_class WHERE oid = 'entries_passage'::regclass),
    (SELECT json_object_agg(w.word, w.share) FROM pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS w (word, share)
     WHERE s.schemaname = current_schema() AND s.tablename = 'entries_passage' AND s.attname = 'vector'
     AND w.word IS NOT NULL),
    (SELECT s.histogram_bounds::text::timestamptz[] FROM pg_stats s
     WHERE s.schemaname = current_schema() AND s.tablename = 'entries_passage' AND s.attname = 'at')"""


@dataclass(frozen=True)
class Known:
    """How many passages there are, the shares of them that have the frequent lexemes, and moments that part them
    into equally many, oldest first.

    Nothing is known of a database that has not been looked at yet, or holds little.
    """

    passages: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict)
    ages: Sequence[datetime] = ()

    @cached_property
    def rare(self) -> float:
        """The share that no lexeme exceeds of which nothing is known."""
        return min(self.shares.values(), default=0.0)

    def share(self, lexeme: str) -> float:
        return self.shares.get(lexeme, self.rare)

    def begun(self, beginning: str) -> Iterator[tuple[str, float]]:
        """The frequent words that begin so."""
        first = bisect_left(self._words, beginning)
        words = takewhile(lambda word: word.startswith(beginning), islice(self._words, first, None))
        return ((word, self.shares[word]) for word in words)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self.shares)

    def newest(self, share: float) -> datetime:
        """The moment since which this share of all passages was written, where `ages` are known."""
        place = (1 - min(share, 1.0)) * (len(self.ages) - 1)
        before = min(int(place), len(self.ages) - 2)
        step = self.ages[before + 1] - self.ages[before]
        return self.ages[before] + step * (place - before)


# By database, for tests and migrations may use several.
_kept: dict[str, tuple[datetime, Known]] = {}


def known(at: datetime) -> Known:
    """What is known at the moment: a query every few minutes."""
    name = str(connection.settings_dict["NAME"])
    kept = _kept.get(name)
    if kept is None or not timedelta(0) <= at - kept[0] < GOOD_FOR:
        kept = _kept[name] = (at, look())
    return kept[1]


def look() -> Known:
    """What the database has counted."""
    found = row(_KNOWN, [])
    assert found is not None  # three scalars
    passages, shares, ages = found
    return Known(max(passages, 0.0), shares or {}, ages or ())
