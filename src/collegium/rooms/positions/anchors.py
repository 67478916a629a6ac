"""Where a comment's words stand: taken from a block when it is made, looked for in the same block of later wordings."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from collegium.core.entries.text import fold

# Letters kept of what stands before and after the words, to tell apart places with the same words.
AROUND = 40
# So many of the quoted words, one after the other, a changed block still has at least.
KEPT = 0.75
# Comparing takes time as the product of both lengths.
MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a block, with what stood before and after them."""

    quote: str
    prefix: str = ""
    suffix: str = ""


def anchored(quote: str, text: str) -> Anchor | None:
    """The anchor of words that stand in the text exactly once, white space aside; None for any other number."""
    words, whole = _plain(quote), _plain(text)
    at = whole.find(words)
    if at < 0 or whole.find(words, at + 1) >= 0:
        return None
    end = at + len(words)
    return Anchor(words, whole[max(at - AROUND, 0) : at], whole[end : end + AROUND])


def stands_in(anchor: Anchor, text: str) -> bool:
    """Whether the words are still in this wording of their block: as they were, or most of them in their order."""
    words, others = fold(anchor.quote).split(), fold(text).split()
    if not words or fold(_plain(anchor.quote)) in fold(_plain(text)):
        return True
    if len(words) > MOST_WORDS or len(others) > MOST_WORDS:
        return False
    matches = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()[:-1]
    if not matches:
        return False
    same = sum(match.size for match in matches)
    stretch = matches[-1].b + matches[-1].size - matches[0].b
    return same / max(len(words), stretch) >= KEPT


def _plain(text: str) -> str:
    return " ".join(text.split())
