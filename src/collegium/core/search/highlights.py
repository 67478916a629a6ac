"""Showing why something was found: the words one asked for, marked in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from collegium.core.entries import text as texts

LETTERS, BEFORE = 240, 70

# A letter, digit or mark that may fold to another one, or to none.
_FOLDS = re.compile(rf"(?![\x00-\x7f])[\w{texts.WITHIN}]")


def marked(text: str, words: AbstractSet[str], beginning: str = "") -> SafeString:
    """The text, escaped, with each asked word, and each that starts with `beginning`, marked."""
    parts, end = [], 0
    for first, last in _fitting(text, words, beginning):
        parts += [escape(text[end:first]), "<mark>", escape(text[first:last]), "</mark>"]
        end = last
    # Each part is escaped.
    return SafeString("".join([*parts, escape(text[end:])]))


def excerpt(text: str, words: AbstractSet[str], beginning: str = "", *, but: str = "") -> SafeString:
    """The stretch of the text around the first asked word, marked; empty for a text that only repeats `but`."""
    text = " ".join(text.split())
    if text == but.strip():
        return SafeString("")
    first, _last = next(_fitting(text, words, beginning), (0, 0))
    start = _word_start(text, first - BEFORE) if first > BEFORE * 2 else 0
    end = len(text) if len(text) - start <= LETTERS else _word_end(text, start + LETTERS)
    inner = marked(text[start:end].strip(), words, beginning)
    return SafeString(("… " if start else "") + inner + (" …" if end < len(text) else ""))


def _fitting(text: str, words: AbstractSet[str], beginning: str) -> Iterator[tuple[int, int]]:
    """Where the asked words stand in a text. Only where a letter may fold is each of its words looked at."""
    if not text.isascii() and _FOLDS.search(text):
        return (word.span() for word in texts.WORD.finditer(text) if _fits(word[0], words, beginning))
    return (word.span() for word in _any_of(frozenset(words), beginning).finditer(text.lower()))


@lru_cache(maxsize=256)
def _any_of(words: frozenset[str], beginning: str) -> re.Pattern[str]:
    """A pattern of the asked words for a text in small ASCII letters; of none, one that never fits."""
    asked = [_whole(word) for word in sorted(words) if word.isascii()]
    if beginning.isascii() and beginning:
        asked.append(_whole(beginning) + r"[^\W_]*")
    return re.compile(rf"(?:{'|'.join(asked) or '(?!)'})(?![^\W_])", re.ASCII)


def _whole(word: str) -> str:
    """The word where it begins one. That is asked behind it: a pattern that begins with a letter is searched fast."""
    escaped = re.escape(word)
    return rf"{escaped}(?<![^\W_]{escaped})"


def _fits(word: str, words: AbstractSet[str], beginning: str) -> bool:
    folded = word.lower() if word.isascii() else texts.words(word)
    return folded in words or (bool(beginning) and folded.startswith(beginning))


def _word_start(text: str, near: int) -> int:
    """The beginning of the first word at or after a place."""
    space = text.find(" ", near)
    return space + 1 if 0 <= space < near + 40 else near


def _word_end(text: str, near: int) -> int:
    """The end of the last word before a place."""
    space = text.rfind(" ", 0, near)
    return space if space > near - 40 else near
