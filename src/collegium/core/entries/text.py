"""Folding text for finding, and cutting it into passages."""

import re
import unicodedata
from collections.abc import Iterator

from .models import PASSAGE_BYTES

# What PostgreSQL or UTF-8 cannot hold: NUL and halves of surrogate pairs.
UNSTORABLE = frozenset(["\x00", *map(chr, range(0xD800, 0xE000))])
# Letters and digits, with the marks that may follow them.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def storable(text: str) -> str:
    """The text with a space for whatever the database cannot hold."""
    return "".join(" " if c in UNSTORABLE else c for c in text) if not text.isascii() else text.replace("\x00", " ")


def fold(text: str) -> str:
    """NFKD without combining marks, case folded, without NUL: "Ærøskøbing Café" and "CAFE" meet at "cafe".

    Unicode Standard Annex 15 (normalisation form KD), chapter 3.13 (default case folding).
    """
    folded = _without_marks(text).casefold()
    # Folding case may decompose again: İ becomes i with a dot above.
    return _without_marks(folded)


def _without_marks(text: str) -> str:
    if text.isascii():
        return text.replace("\x00", " ")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(" " if c in UNSTORABLE else c for c in decomposed if not unicodedata.combining(c))


def cut(text: str, size: int = PASSAGE_BYTES) -> Iterator[str]:
    """Pieces of at most `size` bytes of UTF-8 (4 or more, the longest character), broken at white space if possible."""
    while len(text) * 4 > size and len(encoded := text.encode()) > size:
        head = encoded[:size].decode(errors="ignore")
        space = max(head.rfind(" "), head.rfind("\n"))
        head = head[: space + 1] if space > len(head) // 2 else head
        yield head
        text = text[len(head) :]
    if text.strip():
        yield text
