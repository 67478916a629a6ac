"""The words of two renderings compared: with their emphasis, without the marks they were typed with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.design.text import ENDS_A_LINE
from collegium.design.wordings import COMPARED_AT_MOST, WORDS

MARKS = ("strong", "em", "s", "code")
_SPACES = re.compile(r"\s+")


class Word(NamedTuple):
    """A word, a space or a sign, with what emphasises it."""

    text: str
    marks: tuple[str, ...] = ()


class _Words(HTMLParser):
    """Collects the words of a rendering: one block a line, a sign before each point of a list, cells parted by one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Word] = []
        self.open: list[str] = []
        self.steps: list[int] = []
        self.in_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.open.append(tag)
        elif tag == "br":
            self._end_line()
        elif tag in ("ul", "ol"):
            self._end_line()
            start = dict(attrs).get("start") or "1"
            self.steps.append(int(start) if tag == "ol" and start.isdecimal() else 0 if tag == "ul" else 1)
        elif tag == "li":
            self._end_line()
            self._point()
        elif tag in ("td", "th") and self.found and self.found[-1].text != "\n":
            self._trim()
            self.found.append(Word(" | "))
        self.in_pre = self.in_pre or tag == "pre"

    def _point(self) -> None:
        number = self.steps[-1] if self.steps else 0
        self.found.append(Word(f"{number}. " if number else "• "))
        if number:
            self.steps[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open.remove(tag)
        elif tag in ("ul", "ol") and self.steps:
            self.steps.pop()
        if tag in ENDS_A_LINE:
            self._end_line()
        self.in_pre = self.in_pre and tag != "pre"

    def _end_line(self) -> None:
        self._trim()
        if self.found and self.found[-1].text != "\n":
            self.found.append(Word("\n"))

    def _trim(self) -> None:
        while self.found and self.found[-1].text == " ":
            self.found.pop()

    def handle_data(self, words: str) -> None:
        text = words if self.in_pre else _SPACES.sub(" ", words)
        if not self.found or self.found[-1].text in ("\n", "• "):
            text = text if self.in_pre else text.lstrip()
        marks = tuple(mark for mark in MARKS if mark in self.open)
        self.found += [Word(one, marks) for one in WORDS.findall(text)]


def words_of(html: str) -> list[Word]:
    """The words of a sanitised rendering in their order."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    while reader.found and reader.found[-1].text.isspace():
        reader.found.pop()
    return reader.found


def compared_words(old: Sequence[Word], new: Sequence[Word]) -> SafeString:
    """The later wording as HTML, with what came in `<ins>` and what went in `<del>`, each said aloud as well.

    As a whole where so much changed that comparing would take long.
    """
    before, after = [word.text for word in old], [word.text for word in new]
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(gone) * len(come) > COMPARED_AT_MOST:
        return went(old) + came(new)
    parts = [drawn(new[:head]), *_marked(gone, come), drawn(new[len(new) - tail :])]
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    return next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _marked(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    gone: list[Word] = []
    come: list[Word] = []
    matcher = SequenceMatcher(None, [word.text for word in old], [word.text for word in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" and not "".join(word.text for word in new[c:d]).isspace():
            yield from (went(gone), came(come), drawn(new[c:d]))
            gone, come = [], []
        else:
            # Space between two changes belongs to both: “Thank you” became “Many thanks”, not word by word.
            gone, come = [*gone, *old[a:b]], [*come, *new[c:d]]
    yield from (went(gone), came(come))


def drawn(words: Sequence[Word]) -> SafeString:
    """The words with their emphasis."""
    parts = []
    for marks, run in groupby(words, key=lambda word: word.marks):
        opened = "".join(f"<{mark}>" for mark in marks)
        closed = "".join(f"</{mark}>" for mark in reversed(marks))
        parts.append(opened + escape("".join(word.text for word in run)) + closed)
    return mark_safe("".join(parts))  # noqa: S308 - the words are escaped


def went(words: Sequence[Word]) -> SafeString:
    return _changed("del", _("removed:"), words)


def came(words: Sequence[Word]) -> SafeString:
    return _changed("ins", _("added:"), words)


def _changed(tag: str, hint: str, words: Sequence[Word]) -> SafeString:
    """Not every screen reader says what the element means."""
    if not words:
        return mark_safe("")
    aloud = f'<span class="aloud">{escape(hint)} </span>'
    return mark_safe(f"<{tag}>{aloud}{drawn(words)}</{tag}>")  # noqa: S308 - hint and words are escaped
