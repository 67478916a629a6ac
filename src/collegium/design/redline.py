"""What changed between two wordings of a text: blocks by their keys first, then word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from collegium.design.spoken import Word, came, compared_words, went, words_of
from collegium.design.wordings import WORDS

# Words of the one times words of the other, over all blocks; what comes after is shown as a whole.
COMPARED_AT_MOST = 3_000_000


class Block(Protocol):
    """A paragraph, heading, list or table of a text, under a key both wordings share."""

    @property
    def key(self) -> int: ...
    @property
    def raw(self) -> str: ...
    @property
    def html(self) -> str: ...


class Kind(StrEnum):
    """What became of a block."""

    SAME = "same"
    CHANGED = "changed"
    CAME = "came"
    WENT = "went"
    MOVED = "moved"
    # Its words are the same, and their emphasis or the address of a link is another.
    DRAWN = "drawn"


WORDS_FOR = {
    Kind.CHANGED: _("Changed"),
    Kind.CAME: _("Added"),
    Kind.WENT: _("Removed"),
    Kind.MOVED: _("Moved"),
    Kind.DRAWN: _("Formatted otherwise"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A block in the redline: as it reads where it is the same, else its words with what came and what went marked."""

    kind: Kind
    key: int
    html: SafeString
    was_moved: bool = False

    @property
    def word(self) -> str:
        return str(WORDS_FOR.get(self.kind, ""))


def redline(old: Sequence[Block], new: Sequence[Block]) -> list[Change]:
    """The new text in its order, with the blocks that went where they stood."""
    return list(_Comparison(old, new).changes())


class _Comparison:
    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = {block.key: block for block in old}, {block.key: block for block in new}
        self.spent = 0

    def changes(self) -> Iterator[Change]:
        before, after = list(self.old), list(self.new)
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind == "equal":
                yield from (self._both(key, was_moved=False) for key in after[c:d])
                continue
            gone = (key for key in before[a:b] if key not in self.new)
            yield from (Change(Kind.WENT, key, went(_words(self.old[key]))) for key in gone)
            yield from map(self._come, after[c:d])

    def _come(self, key: int) -> Change:
        if key in self.old:
            return self._both(key, was_moved=True)
        return Change(Kind.CAME, key, came(_words(self.new[key])))

    def _both(self, key: int, *, was_moved: bool) -> Change:
        before, after = self.old[key], self.new[key]
        as_it_reads = mark_safe(after.html)  # noqa: S308 - stored renderings are sanitised
        if before.raw == after.raw:
            return Change(Kind.MOVED if was_moved else Kind.SAME, key, as_it_reads, was_moved)
        old, new = _words(before), _words(after)
        if [word.text for word in old] == [word.text for word in new]:
            return Change(Kind.DRAWN, key, as_it_reads, was_moved)
        return Change(Kind.CHANGED, key, self._compared(old, new), was_moved)

    def _compared(self, before: Sequence[Word], after: Sequence[Word]) -> SafeString:
        self.spent += len(before) * len(after)
        if self.spent > COMPARED_AT_MOST:
            return went(before) + came(after)
        return compared_words(before, after)


def _words(block: Block) -> list[Word]:
    """As it reads; what was never drawn (an address, a subject) as it was typed."""
    return words_of(block.html) if block.html else [Word(text) for text in WORDS.findall(block.raw)]
