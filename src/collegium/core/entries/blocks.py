"""Blocks of a text keep their keys from wording to wording: which block of the new text was which of the old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count

from .text import WORD, fold

# More would be no text that societies can comment on paragraph by paragraph, and each is compared with each.
MOST_BLOCKS = 400
# So much of their words two wordings of one block share at least (Sørensen–Dice, of 1).
ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Keyed:
    """A block as it was typed, under its lasting key."""

    key: int
    raw: str


def keyed(old: Sequence[Keyed], new: Sequence[str], *, unused: int) -> list[Keyed]:
    """The new blocks under the keys of the old ones they come from; what is new gets keys from `unused` on.

    A block that stayed, stayed; one that stands elsewhere word for word was moved; of what is left the most similar
    belong together, the nearest first; what resembles nothing is new.
    """
    found: dict[int, int] = {}
    for pairs in (_same(old, new), _moved(old, new, found), _similar(old, new, found)):
        found.update(pairs)
    fresh = count(unused)
    return [Keyed(found[at] if at in found else next(fresh), raw) for at, raw in enumerate(new)]


def _same(old: Sequence[Keyed], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, [block.raw for block in old], list(new), autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for offset in range(size):
            yield b + offset, old[a + offset].key


def _moved(old: Sequence[Keyed], new: Sequence[str], found: dict[int, int]) -> Iterator[tuple[int, int]]:
    taken = set(found.values())
    waiting: dict[str, list[int]] = {}
    for block in old:
        if block.key not in taken:
            waiting.setdefault(block.raw, []).append(block.key)
    for at, raw in enumerate(new):
        if at not in found and waiting.get(raw):
            yield at, waiting[raw].pop(0)


def _similar(old: Sequence[Keyed], new: Sequence[str], found: dict[int, int]) -> Iterator[tuple[int, int]]:
    taken = set(found.values())
    left = [(place, block.key, _words(block.raw)) for place, block in enumerate(old) if block.key not in taken]
    open_places = [(at, _words(raw)) for at, raw in enumerate(new) if at not in found]
    pairs = sorted(
        (-likeness, abs(at - place), at, key)
        for at, words in open_places
        for place, key, others in left
        if (likeness := _likeness(words, others)) >= ALIKE
    )
    used: set[int] = set()
    kept: set[int] = set()
    for _likeness_of, _distance, at, key in pairs:
        if at not in used and key not in kept:
            used.add(at)
            kept.add(key)
            yield at, key


def _words(raw: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(raw)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of their words two texts share: 2·|A∩B| / (|A|+|B|), 0 where one has none."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if one and other else 0.0
