"""Folding text for finding, and cutting it into passages."""

import re
import unicodedata
from collections.abc import Iterator

from .models import PASSAGE_BYTES

# What PostgreSQL or UTF-8 cannot hold: NUL and halves of surrogate pairs.
UNSTORABLE = frozenset(["\x00", *map(chr, range(0xD800, 0xE000))])
# Letters and digits; within a word also the marks that may follow them and what is not seen, see `words`.
WITHIN = r"\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
WORD = re.compile(rf"[^\W_\u02bb\u02bc]+(?:[{WITHIN}]+[^\W_\u02bb\u02bc]*)*")


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


class _Between(dict[int, int | str | None]):
    """Of each character by its number: itself, a space, or nothing."""

    def __missing__(self, code: int) -> int | str | None:
        kind = unicodedata.category(chr(code))
        if kind == "Cf" or code in _VARIATIONS:
            found: int | str | None = None  # a soft hyphen, a joiner: what is not seen
        else:
            found = code if kind[0] in "LNM" and code not in _APOSTROPHES else " "
        if len(self) < _MOST_KNOWN:
            self[code] = found
        return found


_VARIATIONS = frozenset([0x34F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_APOSTROPHES = frozenset([0x2BB, 0x2BC])  # letters by their name; many type ' for them
_MOST_KNOWN = 20_000
_BETWEEN = _Between()


def words(text: str) -> str:
    """The folded words alone, with spaces between them: letters and digits, and the marks of scripts that need them.

    The database would take `CFO/COO` for a path and `ends.Then` for a machine's name, in one piece each, and, where its
    language is C, any quote or dash of typography for a letter. What is written and what is asked both pass here.
    """
    return fold(text).translate(_BETWEEN)


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
